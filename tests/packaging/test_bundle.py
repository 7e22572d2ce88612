"""What goes into the frozen program: versions that are pinned, modules that exist, and nothing that it needs is cut."""

import ast
import re
import runpy
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
LOCKED = re.compile(r"^([\w.-]+)==(\S+) \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", re.MULTILINE)


def test_the_lock_has_all_that_the_program_needs_in_versions_that_it_takes() -> None:
    text = (ROOT / "packaging" / "linux" / "requirements.txt").read_text()
    locked = {canonicalize_name(name): version for name, version in LOCKED.findall(text)}
    assert LOCKED.sub("", text).replace("\n", "") == ""  # a line without a hash would be left
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    own = (ROOT / "packaging" / "linux" / "requirements.in").read_text().splitlines()
    for line in (*wanted, *(one.partition("#")[0] for one in own if not one.startswith("#"))):
        requirement = Requirement(line.strip())
        if requirement.marker is None or requirement.marker.evaluate():
            assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), line


def test_the_tools_are_pinned() -> None:
    text = (ROOT / "packaging" / "linux" / "tools.txt").read_text()
    assert LOCKED.findall(text)
    assert LOCKED.sub("", text).replace("\n", "") == ""


def imported(source: Path) -> Iterator[str]:
    """All modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_no_module_is_left_out_that_the_program_imports() -> None:
    excluded = runpy.run_path(str(ROOT / "packaging" / "pared.py"))["EXCLUDED_MODULES"]
    files = set((ROOT / "guie_desktop").rglob("*.py"))
    # The lock is without the extra, and nothing of a study runs without it.
    files -= set((ROOT / "guie_desktop" / "study").rglob("*.py"))
    ours = {name for file in files for name in imported(file)}
    assert ours
    assert not [name for name in ours if any(f"{name}.".startswith(f"{one}.") for one in excluded)]


def test_modules_that_are_named_exist() -> None:
    spec = ast.parse((ROOT / "packaging" / "guie-desktop.spec").read_text())
    (hidden,) = (one.value for one in ast.walk(spec) if isinstance(one, ast.keyword) and one.arg == "hiddenimports")
    named = {one.value for one in ast.walk(hidden) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    assert "pyvips" in named
    assert not [name for name in named if find_spec(name) is None]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("babel/locale-data/de_AT.dat", True),
        ("babel/locale-data/fr.dat", False),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6\\plugins\\sqldrivers\\qsqlite.dll", False),
        ("openvino/libs/libopenvino_intel_cpu_plugin.so", True),
        ("openvino/libs/libopenvino_intel_gpu_plugin.so", False),
        ("torch/lib/libtorch_cpu.so", True),
        ("torch/include/ATen/ATen.h", False),
        ("libstdc++.so.6", False),
        ("guie_desktop/resources/guie-desktop.svg", True),
    ],
)
def test_what_is_kept(name: str, kept: bool) -> None:
    assert runpy.run_path(str(ROOT / "packaging" / "pared.py"))["is_kept"](name) is kept
