"""Where networks can run on this machine."""

import importlib.util
import platform
import sys
from pathlib import Path
from typing import Literal

from guie_desktop.domain import DeviceChoice

Device = Literal["cpu", "cuda", "mps"]


def choose_device(wanted: DeviceChoice) -> Device:
    """The wanted device, or the best one for `auto`; the CPU where the wanted one is not there."""
    if wanted == "cpu":
        return "cpu"
    return next((device for device in available_devices() if wanted in ("auto", device)), "cpu")


def available_devices() -> tuple[Device, ...]:
    """The devices of this machine, fastest first; torch is asked, which takes seconds, where there may be a GPU."""
    if not may_have_gpu():
        return ("cpu",)
    import torch

    gpus: list[Device] = []
    if torch.cuda.is_available():
        gpus.append("cuda")
    if torch.backends.mps.is_available():
        gpus.append("mps")
    return (*gpus, "cpu")


def likely_devices() -> tuple[Device, ...]:
    """The devices that this machine seems to have, fastest first, without loading torch for it."""
    if "torch" in sys.modules or not may_have_gpu():
        return available_devices()
    return ("mps" if sys.platform == "darwin" else "cuda", "cpu")


def may_have_gpu() -> bool:
    """Whether asking torch is worth the seconds of its import: there is a driver, and torch is a build for it."""
    return _has_driver() and _torch_reaches_gpus()


def _torch_reaches_gpus() -> bool:
    found = importlib.util.find_spec("torch")
    if found is None or found.submodule_search_locations is None:
        return False
    libraries = Path(found.submodule_search_locations[0]) / "lib"
    return sys.platform == "darwin" or any(
        (libraries / name).exists() for name in ("libtorch_cuda.so", "libtorch_hip.so", "torch_cuda.dll")
    )


def _has_driver() -> bool:
    if sys.platform == "darwin":
        return platform.machine() == "arm64"
    if sys.platform == "win32":
        return Path("C:/Windows/System32/nvcuda.dll").exists()
    return Path("/dev/nvidiactl").exists() or Path("/dev/kfd").exists() or Path("/dev/dxg").exists()
