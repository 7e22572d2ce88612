"""Where networks run: torch is asked only where there may be a GPU, and what is not there is never chosen."""

import platform
import sys
from types import SimpleNamespace

import pytest

from guie_desktop.embedding import devices
from guie_desktop.embedding.devices import available_devices, choose_device, may_have_gpu


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


@pytest.mark.parametrize(("processor", "expected"), [("arm64", True), ("x86_64", False)])
def test_of_macs_those_of_apple_silicon_have_one(
    monkeypatch: pytest.MonkeyPatch, processor: str, *, expected: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(platform, "machine", lambda: processor)
    assert may_have_gpu() == expected
