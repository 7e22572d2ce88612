"""Where networks can run on this machine."""

import platform
import sys
from pathlib import Path
from typing import Literal

from guie_desktop.domain import DeviceChoice

Device = Literal["cpu", "cuda", "mps"]


def choose_device(wanted: DeviceChoice) -> Device:
    """The wanted device, or the best one for `auto`; the CPU where the wanted one is not there."""
    if wanted == "cpu" or not _may_have_gpu():
        return "cpu"
    import torch

    if wanted in ("auto", "cuda") and torch.cuda.is_available():
        return "cuda"
    if wanted in ("auto", "mps") and torch.backends.mps.is_available():
        return "mps"
    return "cpu"


def _may_have_gpu() -> bool:
    """Whether asking torch is worth the seconds of its import."""
    if sys.platform == "darwin":
        return platform.machine() == "arm64"
    if sys.platform == "win32":
        return Path("C:/Windows/System32/nvcuda.dll").exists()
    return Path("/dev/nvidiactl").exists() or Path("/dev/kfd").exists() or Path("/dev/dxg").exists()
