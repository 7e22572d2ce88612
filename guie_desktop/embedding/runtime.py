"""The ways to run a frozen network: OpenVINO on CPUs, torch as the reference and for GPUs."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.backbone import network_key
from guie_desktop.embedding.sealed_file import is_intact, seal, write_sealed
from guie_desktop.errors import UserError

DEFAULT_PRECISION = "f32"
"""bf16 and int8 are faster on some processors, but give other features: they are chosen, never assumed."""
_CAPABILITIES = {"f32": "FP32", "bf16": "BF16", "f16": "FP16"}
"""OpenVINO would silently compute in f32 where the processor lacks a precision, under the wrong key."""


class Runtime(Protocol):
    """Runs one network on the views of one photo at a time.

    One photo is the unit because a feature then never depends on its neighbours in a batch, and because larger batches
    are not faster on CPUs (model_assets/README.md).
    """

    def run(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Views (V, S, S, 3), RGB, to pooled, un-normalised features (V, D)."""


class OpenVinoRuntime:
    """A network on the CPU, read from a file; torch is imported only when that file must be made."""

    def __init__(self, network: Path, threads: int, precision: str = DEFAULT_PRECISION) -> None:
        """Compile the ONNX file `network`, or take the compiled form that lies beside it."""
        core = _openvino().Core()
        if _CAPABILITIES.get(precision) not in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
            raise UserError(f"This processor cannot compute in {precision}.", f"Choose {DEFAULT_PRECISION}.")
        compiled_forms = network.parent / "compiled"
        _remove_damaged(compiled_forms)
        settings = {
            "CACHE_DIR": str(compiled_forms),
            "ENABLE_CPU_PINNING": False,  # other programs and our own decoders share the cores
            "INFERENCE_NUM_THREADS": threads,
            "INFERENCE_PRECISION_HINT": precision,
            "NUM_STREAMS": 1,
            "PERFORMANCE_HINT": "LATENCY",
        }
        self._request: Any = core.compile_model(str(network), "CPU", settings).create_infer_request()
        for compiled in compiled_forms.glob("*.blob"):
            if not is_intact(compiled):
                seal(compiled)

    def run(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """See Runtime."""
        features: NDArray[np.float32] = self._request.infer({0: pixels}, share_inputs=True)[0]
        return features.copy()  # the request writes its next answer to the same memory


class TorchRuntime:
    """The reference implementation: the same network through torch, on any of its devices."""

    def __init__(self, card: ModelCard, device: str = "cpu") -> None:
        import torch

        from guie_desktop.embedding.frozen_network import FrozenNetwork

        self._device = torch.device(device)
        self._network = FrozenNetwork(card).to(self._device)

    def run(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """See Runtime."""
        import torch

        with torch.inference_mode():
            features: NDArray[np.float32] = self._network(torch.from_numpy(pixels).to(self._device)).cpu().numpy()
        return features


def prepared_network(card: ModelCard, models: Path, on_preparing: Callable[[str], None] | None = None) -> Path:
    """The card's ONNX file in the folder `models`, made once, and again if it is missing or damaged.

    `on_preparing` gets a sentence for the user before the seconds that this takes.
    """
    network = models / network_key(card) / "network.onnx"
    if not is_intact(network):
        if on_preparing is not None:
            on_preparing(f"Preparing the model {card.title} for this computer, once.")
        from guie_desktop.embedding.frozen_network import write_onnx

        write_sealed(network, lambda file: write_onnx(card, file))
    return network


def _openvino() -> Any:
    """OpenVINO without its telemetry: nothing may leave the user's computer."""
    # With None in its place the import fails, and OpenVINO takes its own empty stand-in.
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    import openvino

    return openvino


def _remove_damaged(compiled_forms: Path) -> None:
    for compiled in compiled_forms.glob("*.blob"):
        if not is_intact(compiled):
            compiled.unlink(missing_ok=True)
