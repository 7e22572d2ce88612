"""Files and folders that may not be opened, also where the tests run as root, who may open all."""

import contextlib
import ctypes
import sys
from collections.abc import Iterator
from pathlib import Path

_VERSION = 0x20080522
_OVERRIDING = (1 << 1) | (1 << 2)  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
_GET_SECUREBITS, _SET_SECUREBITS, _NO_ROOT = 27, 28, 1  # of prctl: a program that root starts gets no privileges


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


@contextlib.contextmanager
def mode(folder: Path, bits: int) -> Iterator[None]:
    """Give a folder these permissions for a while, in which this thread is bound by them."""
    before = folder.stat().st_mode
    folder.chmod(bits)
    try:
        with bound_by_permissions():
            yield
    finally:
        folder.chmod(before)


@contextlib.contextmanager
def bound_by_permissions() -> Iterator[None]:
    """Bind this thread, and the threads and programs that it starts meanwhile, to what permissions allow."""
    if not sys.platform.startswith("linux"):
        yield
        return
    system = ctypes.CDLL(None, use_errno=True)
    header, sets = _Header(_VERSION, 0), (_Sets * 2)()
    assert system.capget(ctypes.byref(header), sets) == 0
    before = sets[0].effective
    bits = system.prctl(_GET_SECUREBITS, 0, 0, 0, 0)
    if before:
        assert system.prctl(_SET_SECUREBITS, bits | _NO_ROOT, 0, 0, 0) == 0
    sets[0].effective &= ~_OVERRIDING
    assert system.capset(ctypes.byref(header), sets) == 0
    try:
        yield
    finally:
        sets[0].effective = before
        assert system.capset(ctypes.byref(header), sets) == 0
        if before:
            assert system.prctl(_SET_SECUREBITS, bits, 0, 0, 0) == 0
