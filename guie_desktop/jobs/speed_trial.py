"""How fast backbones would be on this machine: a short trial with one transformer block."""

import time

from guie_desktop.embedding.devices import Device, choose_device

_TOKENS, _WIDTH, _HEADS = 196, 768, 12  # ViT-B/16 at 224 pixels
_LONG_ENOUGH = 0.4  # seconds


def giga_multiply_adds_per_second(device: Device | None = None) -> float:
    """How many multiply-adds, in 10^9, this machine does in a second inside a vision transformer; takes about a second.

    Decoding and resizing are not in it; on two cores they cost some 20 ms a photo.
    """
    import torch

    place = torch.device(device or choose_device("auto"))
    batch = 1 if place.type == "cpu" else 32
    numbers = torch.float32 if place.type == "cpu" else torch.float16
    block = torch.nn.TransformerEncoderLayer(_WIDTH, _HEADS, 4 * _WIDTH, batch_first=True, norm_first=True)
    block = block.eval().to(place, numbers)
    tokens = torch.zeros(batch, _TOKENS, _WIDTH, device=place, dtype=numbers)
    weights = 12 * _WIDTH * _WIDTH * _TOKENS
    attention = 2 * _TOKENS * _TOKENS * _WIDTH
    with torch.inference_mode():
        block(tokens)
        rounds, started = 0, time.perf_counter()
        while time.perf_counter() - started < _LONG_ENOUGH:
            float(block(tokens).sum())  # waits for the GPU
            rounds += 1
        seconds = time.perf_counter() - started
    return rounds * batch * (weights + attention) / seconds / 1e9
