"""How fast backbones would be on this machine: a short trial with one block of each kind of network."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.devices import Device, choose_device
from guie_desktop.embedding.runtime import DEFAULT_PRECISION, cpu_capabilities, load_openvino
from guie_desktop.workspace.machine import worker_threads

_TOKENS, _WIDTH, _HEADS = 196, 768, 12  # ViT-B/16 at 224 pixels
_SIDE, _CHANNELS, _EXPANDED = 33, 48, 288  # the third stage of EfficientNet-Lite2 at 260 pixels
_TRANSFORMER_COST = (12 * _WIDTH * _WIDTH * _TOKENS + 2 * _TOKENS * _TOKENS * _WIDTH) / 1e9
_CONVOLUTION_COST = _SIDE * _SIDE * (2 * _CHANNELS * _EXPANDED + 9 * _EXPANDED) / 1e9
_REPEATED = 12
"""Convolution blocks behind each other; a single one would measure the start of a call."""
_LEVELS = 256
"""That an integer of 8 bits tells apart; of weights one less, which lie as far below zero as above it.

Where zero is no level of the weights, OpenVINO computes in float32 all the same.
"""
_LONG_ENOUGH = 0.3  # seconds
_TELLING = 0.09
"""Seconds of work from which on it can be timed: in Windows that clock has steps of 16 ms."""
_PATIENCE = 2.0
"""Seconds until what was timed so far has to do, where others leave us little of the processor."""
_GPU_BATCH = 32
_DECODING = 0.02
"""Seconds that reading a photo takes beside the network, on a machine like those that we measured."""
_CONVOLUTIONAL = ("efficientnet_lite",)
"""Families whose networks are convolutions; all others are transformers, or mostly."""


@dataclass(frozen=True, slots=True)
class Power:
    """Multiply-adds, in 10^9 a second, that this machine does in networks of each kind."""

    transformers: float
    convolutions: float
    """On the processor, where all of these run."""
    quantised: float
    """Convolutions as well, in integers of 8 bits."""


def measure_power(device: Device | None = None) -> Power:
    """Try this machine, as the program would run networks on it; takes about a second, under load some more.

    Decoding and resizing are not in it; on two cores they cost some 20 ms a photo. On the processor it is what the
    machine does when it has nothing else to do, whatever it has to do now.
    """
    place = device or choose_device("auto")
    convolutions, quantised = (
        _REPEATED * _CONVOLUTION_COST / _undisturbed_time(_compiled(_convolution_blocks(levels), DEFAULT_PRECISION))
        for levels in (None, _LEVELS)
    )
    return Power(_transformers_on(place), convolutions, quantised)


def photos_per_second(card: ModelCard, power: Power | None) -> float:
    """Expected speed of indexing; 0 where the machine's power is not known."""
    if power is None:
        return 0.0
    return 1 / (_DECODING + card.gflops * len(card.views) / _of_its_kind(card, power))


def _of_its_kind(card: ModelCard, power: Power) -> float:
    if card.quantised:
        return power.quantised
    return power.convolutions if card.family in _CONVOLUTIONAL else power.transformers


def _transformers_on(place: Device) -> float:
    if place != "cpu":
        return _transformers_on_gpu(place)
    # A fetched backbone is computed in bf16 where that is faster (precision_choice.py).
    precisions = [DEFAULT_PRECISION, *(["bf16"] if "BF16" in cpu_capabilities() else [])]
    return _TRANSFORMER_COST / min(_undisturbed_time(_compiled(_transformer_block(), one)) for one in precisions)


def _undisturbed_time(run: Callable[[], object]) -> float:
    """Seconds that a call would take if no other program wanted the processor.

    The clock on the wall also counts how long we wait for others: with 15 programs on two cores it said a tenth of what
    the machine can do. So we ask how long processors worked for us, and share that among those that work at once.
    """
    run()
    best, calls, begun, before = float("inf"), 0, time.perf_counter(), time.process_time()
    enough = before + _LONG_ENOUGH
    while True:
        run()
        calls += 1
        if (now := time.process_time()) - before < _TELLING:
            continue
        best = min(best, (now - before) / calls)
        if now >= enough or time.perf_counter() - begun > _PATIENCE:
            return best / worker_threads()
        before, calls = now, 0


def _best_time(run: Callable[[], object]) -> float:
    """Seconds of the fastest call on a GPU, whose work no clock of ours tells from that of others."""
    run()
    best, started = float("inf"), time.perf_counter()
    while (now := time.perf_counter()) - started < _LONG_ENOUGH:
        run()
        best = min(best, time.perf_counter() - now)
    return best


def _compiled(model: Any, precision: str) -> Callable[[], object]:
    settings = {
        "INFERENCE_NUM_THREADS": worker_threads(),
        "INFERENCE_PRECISION_HINT": precision,
        "PERFORMANCE_HINT": "LATENCY",
    }
    request = load_openvino().Core().compile_model(model, "CPU", settings).create_infer_request()
    run: Callable[[], object] = request.infer
    return run


def _transformer_block() -> Any:
    openvino = load_openvino()
    ops = openvino.opset13
    start = ops.parameter([1, _TOKENS, _WIDTH], np.float32)

    def linear(rows: Any, inputs: int, outputs: int) -> Any:
        return ops.matmul(rows, _weights(inputs, outputs), False, False)

    def normalised(rows: Any) -> Any:
        return ops.mvn(rows, np.array([2]), True, 1e-6, "inside_sqrt")

    def heads(rows: Any) -> Any:
        split = ops.reshape(linear(rows, _WIDTH, _WIDTH), np.array([1, _TOKENS, _HEADS, _WIDTH // _HEADS]), False)
        return ops.transpose(split, np.array([0, 2, 1, 3]))

    rows = normalised(start)
    seen = ops.scaled_dot_product_attention(heads(rows), heads(rows), heads(rows))
    merged = ops.reshape(ops.transpose(seen, np.array([0, 2, 1, 3])), np.array([1, _TOKENS, _WIDTH]), False)
    attended = ops.add(start, linear(merged, _WIDTH, _WIDTH))
    hidden = ops.gelu(linear(normalised(attended), _WIDTH, 4 * _WIDTH), "erf")
    end = ops.add(attended, linear(hidden, 4 * _WIDTH, _WIDTH))
    return openvino.Model([end], [start])


def _convolution_blocks(levels: int | None) -> Any:
    """In float32, or with numbers of so many levels before and in each convolution."""
    openvino = load_openvino()
    ops = openvino.opset13
    start = maps = ops.parameter([1, _CHANNELS, _SIDE, _SIDE], np.float32)
    once, edge, none = [1, 1], [1, 1], [0, 0]

    def stepped(numbers: Any, least: float, most: float, fewer: int = 0) -> Any:
        ends = np.float32(least), np.float32(most)
        return numbers if levels is None else ops.fake_quantize(numbers, *ends, *ends, levels - fewer)

    def kernel(inputs: int, outputs: int, shape: tuple[int, ...]) -> Any:
        return stepped(ops.constant(_weights(inputs, outputs).T.reshape(shape)), -1.0, 1.0, fewer=1)

    for _ in range(_REPEATED):
        maps = stepped(maps, -4.0, 4.0)
        widened = kernel(_CHANNELS, _EXPANDED, (_EXPANDED, _CHANNELS, 1, 1))
        wide = ops.clamp(ops.convolution(maps, widened, once, none, none, once), 0.0, 6.0)
        depthwise = kernel(9, _EXPANDED, (_EXPANDED, 1, 1, 3, 3))
        wide = ops.clamp(ops.group_convolution(stepped(wide, 0.0, 6.0), depthwise, once, edge, edge, once), 0.0, 6.0)
        narrowed = kernel(_EXPANDED, _CHANNELS, (_CHANNELS, _EXPANDED, 1, 1))
        maps = ops.add(maps, ops.convolution(stepped(wide, 0.0, 6.0), narrowed, once, none, none, once))
    return openvino.Model([maps], [start])


def _weights(inputs: int, outputs: int) -> Any:
    drawn = np.random.default_rng(0).standard_normal((inputs, outputs), np.float32)
    return drawn / np.float32(inputs**0.5)


def _transformers_on_gpu(device: Device) -> float:
    import torch
    from torch import nn

    layer = nn.TransformerEncoderLayer(_WIDTH, _HEADS, 4 * _WIDTH, batch_first=True, norm_first=True)
    block = layer.eval().to(device, torch.float16)
    batch = torch.zeros(_GPU_BATCH, _TOKENS, _WIDTH, device=device, dtype=torch.float16)
    with torch.inference_mode():
        return (
            _GPU_BATCH * _TRANSFORMER_COST / _best_time(lambda: float(block(batch).sum()))
        )  # the sum waits for the GPU
