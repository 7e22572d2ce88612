"""What can be said on the command line of how a library is read and kept; light, as arguments.py is."""

import argparse
from typing import Any

from guie_desktop.cli.argument_types import file_size, path
from guie_desktop.computing import PROCESSOR_SHARES
from guie_desktop.domain import POLL_CHOICES


def add_settings(commands: "argparse._SubParsersAction[Any]") -> None:
    """Those that are one choice each."""
    poll = commands.add_parser("poll", help="say or choose which folders are looked at every so often")
    poll.add_argument("choice", nargs="?", choices=POLL_CHOICES, help="those that need it, all, or none")

    smallest = commands.add_parser("smallest", help="say or choose how large a file must be to be read")
    smallest.add_argument(
        "bytes", nargs="?", type=file_size, help="what is smaller, such as icons, is left out; 0: nothing"
    )

    videos = commands.add_parser("videos", help="say or choose whether videos are read")
    videos.add_argument("choice", nargs="?", choices=("on", "off"), help="read them, or leave them out")

    library = commands.add_parser("library", help="say where the library lies, or move it")
    library.add_argument("--move", type=path, metavar="FOLDER", help="an empty folder that it is moved to")

    processor = commands.add_parser("processor", help="say or choose how much of the processor may read photos")
    processor.add_argument("share", nargs="?", choices=PROCESSOR_SHARES, help="of its cores")

    battery = commands.add_parser("battery", help="say or choose whether the window's reading waits while on battery")
    battery.add_argument("choice", nargs="?", choices=("pause", "go-on"), help="wait, or read all the same")

    cache = commands.add_parser("cache", help="say how much of the disk the library takes")
    cache.add_argument(
        "--clear", action="store_true", help="let go of the thumbnails, which are made again when they are seen"
    )
