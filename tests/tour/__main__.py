"""Starts a virtual screen, and the program on it with a guide."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from PIL import Image

from tests.tour.lived_in import make_library
from tests.tour.photos import make_photos

_NEEDED = ("Xvfb", "openbox", "xdotool", "import")


_OF_FILM = "900x600"
_BARE = """<openbox_config xmlns="http://openbox.org/3.4/rc">
<theme><name>Onyx</name></theme><applications>
<application class="*" type="normal"><decor>no</decor></application></applications></openbox_config>"""
"""Without a frame around the window, so that a page shows the program and nothing else."""


def main() -> int:
    """Returns the exit status of the tour."""
    arguments = _arguments()
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        print(f"The tour needs {', '.join(missing)}.")
        return 2
    arguments.out.mkdir(parents=True, exist_ok=True)
    if not arguments.pages:
        return _go(arguments, arguments.out)
    status = 0
    for scheme in ("light", "dark"):
        with tempfile.TemporaryDirectory() as taken:
            status = max(status, _go(arguments, Path(taken), "pages", is_dark=scheme == "dark"))
            for path in Path(taken).glob("*.png"):
                with Image.open(path) as opened:
                    opened.convert("RGB").save(arguments.out / f"{path.stem}-{scheme}.webp", quality=82, method=6)
    with tempfile.TemporaryDirectory() as taken:
        status = max(status, _go(arguments, Path(taken), "film", size=_OF_FILM))
        for path in Path(taken).glob("*.webp"):
            shutil.copy(path, arguments.out)
    return status


def _go(arguments: argparse.Namespace, out: Path, purpose: str = "", *, is_dark: bool = False, size: str = "") -> int:
    """One tour, on a screen of its own; the purpose is empty, pages or film."""
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if purpose:  # what is to be read in the pictures bears a name that could be anybody's
            work = Path(tempfile.gettempdir()) / "Anna"
            work.mkdir()
            stack.callback(shutil.rmtree, work)
        photos = work / "Pictures"
        if arguments.photos:
            shutil.copytree(arguments.photos, photos)
        elif purpose:
            make_library(photos)
        else:
            make_photos(photos)
        display = _screen(stack, size or arguments.size)
        environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": str(arguments.scale),
            "XDG_CONFIG_HOME": str(work / "config"),
            "XDG_DATA_HOME": str(work / "data"),
            "TOUR_SCHEME": "dark" if is_dark or arguments.dark else "light",
            "TOUR_LANGUAGE": arguments.language,
            "TOUR_FOR": purpose,
        }
        manager = ["openbox"]
        if purpose:
            (work / "bare.xml").write_text(_BARE, encoding="utf-8")
            manager += ["--config-file", str(work / "bare.xml")]
        openbox = subprocess.Popen(manager, env=environment, stderr=subprocess.DEVNULL)
        stack.callback(openbox.terminate)
        guided = [sys.executable, "-m", "tests.tour.guided", str(out), str(work), arguments.only]
        return subprocess.run(guided, env=environment, check=False, timeout=1800).returncode


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.tour", description="A tour through the program, with pictures.")
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("--size", default="1280x800", help="of the screen, in its own pixels")
    parser.add_argument("--scale", type=float, default=1.0, help="as on a screen of high density")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument(
        "--pages", action="store_true", help="the pictures of the documentation, light and dark, and the film"
    )
    parser.add_argument("--language", default="en", help="in which the program speaks; or pseudo")
    parser.add_argument("--photos", type=Path, help="a folder to be copied; by default photos are made up")
    parser.add_argument(
        "--only",
        default="",
        help="only stops with these words (or these | or these) in their names, after those that prepare",
    )
    return parser.parse_args()


def _screen(stack: ExitStack, size: str) -> str:
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    stack.callback(screen.terminate)
    os.close(writing)
    with os.fdopen(reading) as told:  # it tells when it is ready
        return f":{told.readline().strip()}"


if __name__ == "__main__":
    sys.exit(main())
