"""Starts a virtual screen, and the program on it with a guide."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.tour.photos import make_photos

_NEEDED = ("Xvfb", "openbox", "xdotool", "import")


def main() -> int:
    """Returns the exit status of the tour."""
    arguments = _arguments()
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        print(f"The tour needs {', '.join(missing)}.")
        return 2
    arguments.out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        photos = work / "Pictures"
        if arguments.photos:
            shutil.copytree(arguments.photos, photos)
        else:
            make_photos(photos)
        display = _screen(stack, arguments.size)
        environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": str(arguments.scale),
            "XDG_CONFIG_HOME": str(work / "config"),
            "XDG_DATA_HOME": str(work / "data"),
            "TOUR_SCHEME": "dark" if arguments.dark else "light",
            "TOUR_LANGUAGE": arguments.language,
        }
        openbox = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
        stack.callback(openbox.terminate)
        guided = [sys.executable, "-m", "tests.tour.guided", str(arguments.out), str(work), arguments.only]
        return subprocess.run(guided, env=environment, check=False, timeout=1800).returncode


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.tour", description="A tour through the program, with pictures.")
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("--size", default="1280x800", help="of the screen, in its own pixels")
    parser.add_argument("--scale", type=float, default=1.0, help="as on a screen of high density")
    parser.add_argument("--dark", action="store_true")
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
