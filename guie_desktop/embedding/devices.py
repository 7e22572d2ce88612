"""Where networks can run on this machine."""

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
    """The devices of this machine, fastest first."""
    if not may_have_gpu():
        return ("cpu",)
    import torch

    gpus: list[Device] = []
    if torch.cuda.is_available():
        gpus.append("cuda")
    if torch.backends.mps.is_available():
        gpus.append("mps")
    return (*gpus, "cpu")


def may_have_gpu() -> bool:
    """Whether asking torch is worth the seconds of its import."""
    if sys.platform == "darwin":
        return platform.machine() == "arm64"
    if sys.platform == "win32":
        return Path("C:/Windows/System32/nvcuda.dll").exists()
    return Path("/dev/nvidiactl").exists() or Path("/dev/kfd").exists() or Path("/dev/dxg").exists()
