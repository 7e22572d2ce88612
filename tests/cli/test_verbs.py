"""Commands whose verbs have a file each: what is said where their engines are not installed."""

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from guie_desktop.__main__ import main


@pytest.mark.parametrize("lacking", ["ray", "lance", "pyarrow"])
@pytest.mark.parametrize("command", [("study", "table", "STUDY"), ("shared", "status", "/archive.lance")])
def test_without_the_extra_it_is_said_how_to_get_it(
    lacking: str,
    command: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    find = importlib.util.find_spec

    def found(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == lacking else find(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", found)
    assert main(["--library", str(tmp_path), *command]) == 1
    told = capsys.readouterr().err
    assert "Ray and Lance, which are not installed" in told
    assert '".[cluster]"' in told
