"""Where networks run: torch is asked only where there may be a GPU, and what is not there is never chosen."""

import importlib.util
import platform
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from guie_desktop.embedding import devices
from guie_desktop.embedding.devices import available_devices, choose_device, likely_devices, may_have_gpu


def machine(monkeypatch: pytest.MonkeyPatch, *, cuda: bool = False, mps: bool = False) -> None:
    """Let torch say what it would on such a machine."""
    backends = SimpleNamespace(mps=SimpleNamespace(is_available=lambda: mps))
    torch = SimpleNamespace(cuda=SimpleNamespace(is_available=lambda: cuda), backends=backends)
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setattr(devices, "may_have_gpu", lambda: True)


def test_the_fastest_comes_first_and_the_processor_is_always_there(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, cuda=True)
    assert available_devices() == ("cuda", "cpu")
    machine(monkeypatch, mps=True)
    assert available_devices() == ("mps", "cpu")
    machine(monkeypatch)
    assert available_devices() == ("cpu",)


def test_what_is_wanted_is_chosen_where_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, cuda=True)
    assert [choose_device(wanted) for wanted in ("auto", "cpu", "cuda", "mps")] == ["cuda", "cpu", "cuda", "cpu"]
    machine(monkeypatch)
    assert [choose_device(wanted) for wanted in ("auto", "cpu", "cuda", "mps")] == ["cpu"] * 4


def test_torch_is_not_loaded_where_no_gpu_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)  # importing it fails
    monkeypatch.setattr(devices, "may_have_gpu", lambda: False)
    assert available_devices() == ("cpu",)
    assert choose_device("cuda") == "cpu"
    assert choose_device("cpu") == "cpu"


def test_what_is_likely_is_told_without_loading_torch_unless_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch)
    assert likely_devices() == ("cpu",)
    monkeypatch.delitem(sys.modules, "torch")
    for system, devices_there in (("linux", ("cuda", "cpu")), ("darwin", ("mps", "cpu"))):
        monkeypatch.setattr(sys, "platform", system)
        assert likely_devices() == devices_there
    assert "torch" not in sys.modules


@pytest.mark.parametrize(("library", "expected"), [("libtorch_cuda.so", True), ("libtorch_cpu.so", False), ("", False)])
def test_a_build_of_torch_that_reaches_no_gpu_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, *, expected: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(devices, "_has_driver", lambda: True)
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / (library or "none")).touch()
    found = SimpleNamespace(submodule_search_locations=[str(tmp_path)]) if library else None
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: found)
    assert may_have_gpu() == expected


@pytest.mark.parametrize(("processor", "expected"), [("arm64", True), ("x86_64", False)])
def test_of_macs_those_of_apple_silicon_have_one(
    monkeypatch: pytest.MonkeyPatch, processor: str, *, expected: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(platform, "machine", lambda: processor)
    assert may_have_gpu() == expected
