"""Running a frozen network on the CPU: shipped, or converted once, then compiled by OpenVINO."""

import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from guie_desktop.arrays import Floats, ViewPixels
from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.backbone import network_key
from guie_desktop.embedding.checksummed_file import is_intact, note_checksum, remove_with_checksum, write_with_checksum
from guie_desktop.embedding.devices import Device
from guie_desktop.embedding.torch_at_hand import need_torch
from guie_desktop.embedding.weights import checked_file, comes_with_the_program, weights_hash
from guie_desktop.errors import UserError, not_written
from guie_desktop.paths import is_text
from guie_desktop.sentences import Sentence

DEFAULT_PRECISION = "f32"
"""bf16 and f16 are faster on some processors, but give other features: they are chosen, never assumed."""
_CAPABILITIES = {"f32": "FP32", "bf16": "BF16", "f16": "FP16"}
"""OpenVINO would silently compute in f32 where the processor lacks a precision, under the wrong key."""


def computable_precision(precision: str, device: Device) -> str:
    """In what to compute features of a precision on a device; where it is not at hand, the more exact f32.

    More exact numbers find the same neighbours, so a library that was embedded on a GPU can be searched without one.
    """
    if device == "cpu" and precision != DEFAULT_PRECISION:
        return precision if _CAPABILITIES[precision] in cpu_capabilities() else DEFAULT_PRECISION
    return precision


def cpu_capabilities() -> tuple[str, ...]:
    """What OpenVINO says of the processor, such as FP32 and BF16."""
    return tuple(load_openvino().Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"))


def processor_name() -> str:
    """What the processor calls itself, as OpenVINO reads it."""
    return str(load_openvino().Core().get_property("CPU", "FULL_DEVICE_NAME"))


class Runtime(Protocol):
    """Runs one network on the views of photos.

    A feature never depends on its neighbours in a batch, and larger batches are not faster on CPUs
    (model_assets/README.md); on a GPU they are.
    """

    photos_at_once: int
    """How many photos a call should have; it may have any number."""

    def run(self, photos: ViewPixels) -> Floats:
        """Views (N, V, S, S, 3), RGB, to pooled, un-normalised features (N, V, D)."""


class OpenVinoRuntime:
    """A network on the CPU, read from a file: OpenVINO's own (with its weights beside it), or ONNX."""

    photos_at_once = 4  # so that a step of indexing is short; the network sees one after the other

    def __init__(self, network: Path, compiled: Path, threads: int, precision: str = DEFAULT_PRECISION) -> None:
        """Compile the network, or take its compiled form from the folder `compiled`, where it is kept."""
        core = load_openvino().Core()
        if _CAPABILITIES.get(precision) not in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
            raise UserError(
                Sentence("This processor cannot compute in {precision}.", precision=precision),
                Sentence("Choose {precision}.", precision=DEFAULT_PRECISION),
            )
        compiled_forms = compiled / precision
        damaged = [compiled for compiled in compiled_forms.glob("*.blob") if not is_intact(compiled)]
        _remove(damaged)
        at_hand = set(compiled_forms.glob("*.blob"))
        stuck = at_hand.intersection(damaged)
        settings = {
            # What is damaged must not be computed with.
            "CACHE_DIR": str(compiled_forms) if is_text(compiled_forms) and not stuck else "",
            "ENABLE_CPU_PINNING": False,  # other programs and our own decoders share the cores
            "INFERENCE_NUM_THREADS": threads,
            "INFERENCE_PRECISION_HINT": precision,
            "NUM_STREAMS": 1,
            "PERFORMANCE_HINT": "LATENCY",
        }
        # OpenVINO knows a compiled form by the path of the network, among other things: links must not make another.
        real = network.resolve()
        model = str(real) if is_text(real) else _read_for(core, real)
        try:
            compiled_network = core.compile_model(model, "CPU", settings)
        except RuntimeError:
            if not settings["CACHE_DIR"]:
                raise
            # The disk does not take the compiled form, which is a cache.
            compiled_network = core.compile_model(model, "CPU", settings | {"CACHE_DIR": ""})
        self._request: Any = compiled_network.create_infer_request()
        written = [form for form in compiled_forms.glob("*.blob") if form not in stuck and not is_intact(form)]
        with suppress(OSError):  # without its checksum it is made again at the next start
            for form in written:
                note_checksum(form)
        if written:  # others are of another release, or of before the library was moved
            _remove(at_hand.difference(written))

    def run(self, photos: ViewPixels) -> Floats:
        """See Runtime."""
        # Copied, because the request writes its next answer to the same memory.
        return np.stack([self._request.infer({0: views}, share_inputs=True)[0].copy() for views in photos])


def open_runtime(card: ModelCard, networks: Path, weights: Path, threads: int, precision: str) -> OpenVinoRuntime:
    """The card's network, ready on the CPU; UserError where its weights are missing or damaged.

    `networks` is the folder where what is converted and compiled is kept, `weights` that of fetched weights.
    """
    kept = networks / network_key(card, weights_hash(card, weights))
    if comes_with_the_program(card):
        network = checked_file(card, weights)
        _forget_conversion(kept)
    else:
        network = prepared_network(card, kept, weights)
    return OpenVinoRuntime(network, kept / "compiled", threads, precision)


def prepared_network(card: ModelCard, kept: Path, weights: Path) -> Path:
    """The card's ONNX file in the folder `kept`, made once, and again if it is missing or damaged.

    UserError where the disk does not take it.

    `weights` is the folder of fetched weights.
    """
    network = kept / "network.onnx"
    if not is_intact(network):
        need_torch()
        from guie_desktop.embedding.frozen_network import load_network, write_onnx

        frozen = load_network(card, weights)
        try:
            write_with_checksum(network, lambda file: write_onnx(card, frozen, file))
        except OSError as error:
            raise not_written(Sentence("The network {network}", network=network), error) from error
    return network


def load_openvino() -> Any:
    """OpenVINO without its telemetry: nothing may leave the user's computer."""
    # With None in its place the import fails, and OpenVINO takes its own empty stand-in.
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    import openvino

    return openvino


def _read_for(core: Any, network: Path) -> Any:
    """The network from a folder whose name OpenVINO could not read."""
    weights = network.with_suffix(".bin")
    return core.read_model(network.read_bytes(), *([weights.read_bytes()] if weights.is_file() else []))


def _forget_conversion(kept: Path) -> None:
    """Remove what versions before 0.2 made of the weights that came with them: some 25 MB that nobody reads."""
    for name in ("network.onnx", "classifier.npy"):
        with suppress(OSError):
            remove_with_checksum(kept / name)


def _remove(compiled_forms: Iterable[Path]) -> None:
    for compiled in compiled_forms:
        with suppress(OSError):  # Windows keeps what another process has open
            compiled.chmod(0o600)  # OpenVINO leaves it read-only, which Windows does not delete
            remove_with_checksum(compiled)
