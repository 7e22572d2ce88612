"""Collects the licences of all that the frozen program is made with into one file.

Usage: python licences.py FROZEN_FOLDER PIP_LICENSES OUTPUT, with the Python that the program is built of.
"""

import os
import subprocess
import sys
from pathlib import Path

OPENING = """\
guie-desktop is under the licence Apache-2.0, which is at the end of this text. It comes together with the following
programs and libraries, each under its own licence.

FFmpeg's libraries (in av.libs) are built with x264 and x265, and the reader of JPEG XL (pillow_jxl) is under the GPL,
too. So what opens photos and videos, which is a process of its own, is distributed here under the GNU General Public
License, version 3 or later. The sources of these parts are what their projects publish under the versions named here;
whoever distributes this bundle has to offer them along with it.

"""


def collect(frozen: Path, pip_licenses: str, output: Path) -> None:
    """Python packages first, then Python, then what was taken from the system, then the program itself."""
    command = [pip_licenses, f"--python={sys.executable}", "--with-license-file", "--with-notice-file"]
    command += ["--no-license-path", "--format=plain-vertical", "--with-urls", "--ignore-packages", "guie-desktop"]
    told = [OPENING, subprocess.run(command, check=True, capture_output=True, text=True).stdout]
    told.append(f"Python {sys.version.split()[0]}\n\n{_of_python()}")
    for package in sorted(_system_packages(frozen)):
        copyright_file = Path("/usr/share/doc") / package / "copyright"
        if copyright_file.exists():
            told.append(f"{package} (from the system)\n\n{copyright_file.read_text(errors='replace')}")
    told.append(f"guie-desktop\n\n{(Path(__file__).parent.parent.parent / 'LICENSE').read_text()}")
    output.write_text(f"\n{'=' * 120}\n".join(told))


def _of_python() -> str:
    places = (
        Path(os.__file__).parent / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path("/usr/share/doc/python3/copyright"),
    )
    return next(place.read_text() for place in places if place.exists())


def _system_packages(frozen: Path) -> set[str]:
    """Of Debian, whose libraries PyInstaller has taken along; these lie beside each other, and packages' in folders."""
    if sys.platform != "linux":
        return set()
    names = [f"*/{path.name}" for path in (frozen / "_internal").glob("lib*.so*") if not path.is_symlink()]
    found = subprocess.run(["dpkg", "-S", *names], check=False, capture_output=True, text=True).stdout
    return {line.split(":")[0] for line in found.splitlines()}


if __name__ == "__main__":
    collect(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
