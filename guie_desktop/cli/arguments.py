"""What can be said on the command line; light, because the window's start goes through here too."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from guie_desktop import __version__
from guie_desktop.domain import DEVICE_CHOICES, Region


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command and its options; wrong usage ends the program with status 2.

    `command` is None for the bare program, which opens the window.
    """
    return _parser().parse_args(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guie-desktop",
        description="Search your own photos by example. Without a command, the window opens.",
        epilog="Exit status: 0 done, 1 something outside the program is wrong, 2 wrong usage.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument(
        "--library",
        type=Path,
        metavar="DIR",
        help="folder that holds everything the program stores (default: GUIE_LIBRARY, or the user's data folder)",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    find = commands.add_parser("find", help="open the window on the look-alikes of these photos")
    find.add_argument("images", type=Path, nargs="+", metavar="IMAGE")

    index = commands.add_parser("index", help="add folders and bring the library up to date with the disk")
    index.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    index.add_argument("--retry", action="store_true", help="read again what could not be read before")

    _add_search(commands)

    evaluate = commands.add_parser("evaluate", help="judge the search on labelled photos (leaf folder = label)")
    evaluate.add_argument("index_folder", type=Path, metavar="INDEX_DIR")
    evaluate.add_argument("query_folder", type=Path, nargs="?", metavar="QUERY_DIR")

    commands.add_parser("status", help="say how the library stands")

    doctor = commands.add_parser("doctor", help="check that the library is whole")
    doctor.add_argument("--repair", action="store_true", help="rebuild what is damaged and can be rebuilt")

    for name, command in commands.choices.items():
        if name not in ("find", "model"):
            _add_json(command)
    _add_model(commands)
    return parser


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON object and nothing else")


def _add_model(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    model = commands.add_parser("model", help="list, fetch, add and choose the backbone that looks at the photos")
    actions = model.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="say which there are")
    listing.add_argument("--measure", action="store_true", help="try how fast they would be on this machine")
    download = actions.add_parser("download", help="fetch a model's weights; a broken download goes on where it was")
    download.add_argument("name", metavar="NAME")
    use = actions.add_parser("use", help="embed the library with a model, then search with it")
    use.add_argument("name", metavar="NAME")
    use.add_argument("--device", choices=DEVICE_CHOICES, help="where networks run (default: what is fastest here)")
    add = actions.add_parser("add", help="take weights from a file, or from a folder that holds one")
    add.add_argument("path", type=Path, metavar="FILE")
    add.add_argument("--model", metavar="NAME", help="whose weights these are (default: told by their shape)")
    for action in actions.choices.values():
        _add_json(action)


def _add_search(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    search = commands.add_parser("search", help="find the look-alikes of photos")
    search.add_argument("images", type=Path, nargs="*", metavar="IMAGE")
    search.add_argument("--text", metavar="TEXT", help="describe what to look for")
    search.add_argument("--not", type=Path, action="append", default=[], dest="unlike", metavar="IMAGE")
    search.add_argument("--not-text", metavar="TEXT")
    search.add_argument("--region", type=_region, metavar="X,Y,W,H", help="search by this part of the photo only")
    search.add_argument("--album", metavar="ALBUM", help="search in this album only")
    search.add_argument("--folder", type=Path, metavar="FOLDER", help="search below this folder only")
    search.add_argument("--top", type=_positive, default=10, metavar="N", help="how many hits (default: 10)")
    search.add_argument("--head", choices=("current", "general"), default="current")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _region(text: str) -> Region:
    try:
        x, y, width, height = (float(part) for part in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError("must be four numbers, such as 0.25,0.25,0.5,0.5") from error
    inside = 0 <= x < 1 and 0 <= y < 1 and 0 < width <= 1 - x + 1e-6 and 0 < height <= 1 - y + 1e-6
    if not inside:
        raise argparse.ArgumentTypeError("must lie inside the photo: fractions between 0 and 1")
    return x, y, width, height
