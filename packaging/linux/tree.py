"""Lays out what a Linux desktop finds of the program: menu entry, icons, manual page, description, licences.

Usage: python tree.py PREFIX VERSION, where PREFIX is what becomes /usr, with the Python that the program is built of.
"""

import gzip
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from drawn_icon import DRAWING, draw_icon  # noqa: E402 -- lies one folder up

ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Pixels, as the icon theme specification of freedesktop.org recommends, with two for high resolutions."""


def lay_out(prefix: Path, version: str) -> None:
    """Make the tree below `prefix`."""
    share = prefix / "share"
    day = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    put(share / "applications" / "guie-desktop.desktop", (HERE / "guie-desktop.desktop").read_text())
    (description,) = HERE.glob("*.metainfo.xml")
    told = description.read_text().replace("@VERSION@", version).replace("@DATE@", f"{day:%Y-%m-%d}")
    put(share / "metainfo" / description.name, told)
    pages = share / "man" / "man1" / "guie-desktop.1.gz"
    pages.parent.mkdir(parents=True)
    pages.write_bytes(gzip.compress(manual(version, f"{day:%Y-%m-%d}").encode(), mtime=0))
    icons = share / "icons" / "hicolor"
    (icons / "scalable" / "apps").mkdir(parents=True)
    copyfile(DRAWING, icons / "scalable" / "apps" / "guie-desktop.svg")
    for size in ICON_SIZES:
        folder = icons / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True)
        draw_icon(size, folder / "guie-desktop.png")


def put(path: Path, text: str) -> None:
    """Write a text file, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def manual(version: str, day: str) -> str:
    """The manual page, made from the parser of the command line."""
    command = ["argparse-manpage", "--module", "guie_desktop.cli.arguments", "--function", "make_parser"]
    command += ["--project-name", "guie-desktop", "--version", version, "--prog", "guie-desktop"]
    command += ["--description", "search your own photos by example", "--manual-title", "guie-desktop"]
    command += ["--author", "The authors of guie-desktop", "--format", "pretty"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]), sys.argv[2])
