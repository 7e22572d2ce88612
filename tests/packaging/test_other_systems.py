"""What Windows and macOS are told of the program, and what the sdist carries."""

import ast
import plistlib
import re
import runpy
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from setuptools._distutils.filelist import FileList

from guie_desktop import __version__
from guie_desktop.cli.arguments import parse
from guie_desktop.file_kinds import PHOTO_SUFFIXES

ROOT = Path(__file__).parent.parent.parent
PACKAGING = ROOT / "packaging"
INSTALLER = (PACKAGING / "windows" / "guie-desktop.iss").read_text(encoding="utf-8")
SPEC = (PACKAGING / "guie-desktop.spec").read_text(encoding="utf-8")


def property_list(name: str) -> dict[str, Any]:
    told: dict[str, Any] = plistlib.loads((PACKAGING / "macos" / name).read_bytes())
    return told


def test_macos_offers_the_program_for_pictures_and_makes_it_the_default_of_none() -> None:
    told = property_list("Info.plist")
    (kind,) = told["CFBundleDocumentTypes"]
    assert kind["LSItemContentTypes"] == ["public.image"]
    assert (kind["CFBundleTypeRole"], kind["LSHandlerRank"]) == ("Viewer", "Alternate")
    assert all(told[key] for key in told if key.endswith("UsageDescription"))
    assert not [key for key in told if "Version" in key and key != "LSMinimumSystemVersion"]  # the spec gives it


def test_what_is_signed_may_make_machine_code_and_no_more() -> None:
    assert property_list("entitlements.plist") == {
        "com.apple.security.cs.allow-jit": True,
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
    }


def sections(text: str) -> dict[str, list[str]]:
    """Of an Inno Setup script: its lines by the name of their section, without comments."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line):
            lines = found.setdefault(match[1], [])
        elif line and not line.startswith(";"):
            lines.append(line)
    return found


def test_the_installer_names_only_what_there_is() -> None:
    setup = dict(line.split("=", 1) for line in sections(INSTALLER)["Setup"])
    assert (PACKAGING / "windows" / setup["LicenseFile"].replace("\\", "/")).is_file()
    assert setup["AppVersion"] == "{#Version}"
    assert __version__ not in INSTALLER
    programs = set(re.findall(r"\{app\}\\([\w-]+)\.exe", INSTALLER))
    assert programs == {"guie-desktopw"}
    assert all(f'name="{program}"' in SPEC for program in programs)
    build = (PACKAGING / "windows" / "build.sh").read_text(encoding="utf-8")
    assert set(re.findall(r"/D(\w+)=", build)) == {"Version", "Build"}
    assert setup["OutputBaseFilename"].replace("{#Version}", "$version") in build


def test_windows_opens_photos_with_a_command_that_the_program_knows() -> None:
    (command,) = re.findall(r"guie-desktopw\.exe\"\" (\w+) \"\"%1\"\"", INSTALLER)
    assert parse([command, "a.jpg"]).images == [Path("a.jpg")]
    suffixes = re.findall(r'#emit Opens\("(\.\w+)"\)', INSTALLER)
    assert len(suffixes) == len(set(suffixes))
    assert {".jpg", ".heic", ".dng"} <= set(suffixes) <= PHOTO_SUFFIXES


@pytest.mark.parametrize(
    ("version", "numbers"), [("0.2.0", (0, 2, 0, 0)), ("1.12", (1, 12, 0, 0)), ("0.3.0rc1", (0, 3, 0, 0))]
)
def test_windows_is_told_the_version(version: str, numbers: tuple[int, ...]) -> None:
    version_resource = runpy.run_path(str(PACKAGING / "windows" / "version_resource.py"))["version_resource"]
    calls = [node for node in ast.walk(ast.parse(version_resource(version))) if isinstance(node, ast.Call)]
    (fixed,) = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "FixedFileInfo")
    assert [ast.literal_eval(keyword.value) for keyword in fixed.keywords] == [numbers, numbers]
    strings = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "StringStruct")
    told = {ast.literal_eval(name): ast.literal_eval(text) for name, text in (call.args for call in strings)}
    assert told["FileVersion"] == told["ProductVersion"] == version


def test_windows_is_not_told_what_is_no_version() -> None:
    version_resource = runpy.run_path(str(PACKAGING / "windows" / "version_resource.py"))["version_resource"]
    with pytest.raises(ValueError, match="does not begin with a number"):
        version_resource("next")


def test_the_icon_is_drawn_with_nothing_around_it(tmp_path: Path) -> None:
    drawn = runpy.run_path(str(PACKAGING / "drawn_icon.py"))
    drawn["draw_icon"](256, tmp_path / "icon.png")
    icon = QImage(str(tmp_path / "icon.png"))
    assert (icon.width(), icon.height()) == (256, 256)
    assert icon.pixelColor(0, 0).alpha() == 0
    assert icon.pixelColor(128, 128).alpha() == 255
    with pytest.raises(OSError, match="cannot be written"):
        drawn["draw_icon"](16, tmp_path / "no such folder" / "icon.png")


@pytest.mark.skipif(
    shutil.which("git") is None or not (ROOT / ".git").exists(), reason="only a checkout can be compared"
)
def test_the_sdist_is_the_checkout() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    tracked = listed.rstrip("\0").split("\0")
    carried = FileList()
    carried.allfiles = list(tracked)
    for line in (ROOT / "MANIFEST.in").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            carried.process_template_line(line)
    by_itself = {"LICENSE", "pyproject.toml", "setup.py", "MANIFEST.in"}
    assert set(tracked) - set(carried.files) <= by_itself
