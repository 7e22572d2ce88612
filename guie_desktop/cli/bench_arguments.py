"""What can be said to measure the program; light, as the other arguments are."""

import argparse
from typing import TypeVar

from guie_desktop.cli.argument_types import path, positive

Parser = TypeVar("Parser", bound=argparse.ArgumentParser)


def add_bench(commands: "argparse._SubParsersAction[Parser]") -> None:
    """The program's own figures."""
    bench = commands.add_parser(
        "bench",
        help="measure the program on this computer and on your photos, in a library of its own that is removed again",
        epilog="Below each figure stands what it is compared with, measured in the same minutes. Of the photos, "
        "copies are measured. Other programs that are at work take their share of all figures.",
    )
    bench.add_argument(
        "folder",
        type=path,
        nargs="?",
        metavar="FOLDER",
        help="of photos to measure with (default: those of the library)",
    )
    bench.add_argument("--photos", type=positive, default=200, metavar="N", help="so many of them (default: 200)")
    bench.add_argument(
        "--quick", action="store_true", help="without the start, learning, and the largest of the searches"
    )
    bench.add_argument("--out", type=path, metavar="DIR", help="where a picture of the figures goes (default: nowhere)")
