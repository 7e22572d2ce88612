"""What can be said on the command line; light, because the window's start goes through here too."""

import argparse
from collections.abc import Sequence
from typing import NoReturn

from guie_desktop import __version__
from guie_desktop.cli import shared, study
from guie_desktop.cli.argument_types import (
    copy_name,
    copy_size,
    path,
    positive,
    quality,
)
from guie_desktop.cli.bench_arguments import add_bench
from guie_desktop.cli.learning_arguments import add_ablate, add_head, add_train
from guie_desktop.cli.note_arguments import add_note_arguments
from guie_desktop.cli.output import end_of_help, shown
from guie_desktop.cli.search_arguments import add_duplicates, add_parts, add_search_arguments
from guie_desktop.cli.setting_arguments import add_settings
from guie_desktop.cli.verbs import add_verbs
from guie_desktop.domain import DEVICE_CHOICES, MOST_STARS, RAW_BESIDE_JPEG
from guie_desktop.filing import DEFAULT_QUALITY, ORIGINAL_NAME, WHERE_TAKEN


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command and its options; wrong usage ends the program with status 2.

    `command` is None for the bare program, which opens the window.
    """
    return make_parser().parse_args(arguments)


class _Parser(argparse.ArgumentParser):
    """Says what it says as the commands do."""

    def error(self, message: str) -> NoReturn:
        """Wrong usage; what is named in it may hold anything."""
        super().error(shown(message))

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """After help and version as well, which may not have been taken."""
        super().exit(end_of_help(status), message)


def make_parser() -> argparse.ArgumentParser:
    """The parser itself, of which the documentation is made."""
    parser = _Parser(
        prog="guie-desktop",
        description="Search your own photos by example. Without a command, the window opens.",
        epilog="Exit status: 0 done, 1 something outside the program is wrong, 2 wrong usage.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument(
        "--library",
        type=path,
        metavar="DIR",
        help="folder that holds everything the program stores (default: GUIE_LIBRARY, or the user's data folder)",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    find = commands.add_parser("find", help="open the window on the look-alikes of these photos")
    # None where the desktop's menu starts the program, whose entry stands for both.
    find.add_argument("images", type=path, nargs="*", metavar="IMAGE", help="photos, of the library or from elsewhere")

    index = commands.add_parser("index", help="add folders and bring the library up to date with the disk")
    index.add_argument(
        "folders", type=path, nargs="*", metavar="FOLDER", help="are added (default: those of the library)"
    )
    index.add_argument(
        "--verify", action="store_true", help="read every file again, and say what is missing or is not what it was"
    )
    index.add_argument("--retry", action="store_true", help="read again what could not be read before")
    index.add_argument(
        "--raw-beside-jpeg",
        choices=RAW_BESIDE_JPEG,
        help="show a RAW and the JPEG of its name as one photo, the JPEG, or as both (remembered; one at first)",
    )

    _add_search(commands)

    commands.add_parser("searches", help="say which searches were saved in the window; search --saved asks them")

    _add_export(commands)
    add_parts(commands)

    add_duplicates(commands)

    evaluate = commands.add_parser("evaluate", help="judge the search on labelled photos (folder = label)")
    evaluate.add_argument("index_folder", type=path, metavar="INDEX_DIR", help="is searched")
    evaluate.add_argument(
        "query_folder",
        type=path,
        nargs="?",
        metavar="QUERY_DIR",
        help="is asked for (default: each photo of INDEX_DIR)",
    )

    commands.add_parser("status", help="say how the library stands")

    _add_doctor(commands)

    report = commands.add_parser(
        "report", help="print what to send when something went wrong; nothing is sent by itself"
    )
    report.add_argument(
        "--with-paths", action="store_true", help="with the names of folders and files, and what errors say"
    )

    _add_marks(commands)

    add_settings(commands)

    add_train(commands)
    add_ablate(commands)
    add_bench(commands)

    for name, command in commands.choices.items():
        if name != "find":
            _add_json(command)
    _add_folder(commands)
    _add_skip(commands)
    notes = commands.add_parser("notes", help="say what photos say of themselves in words, and find them by it")
    for action in add_note_arguments(notes):
        _add_json(action)
    _add_album(commands)
    _add_model(commands)
    for action in (
        *add_head(commands),
        *add_verbs(commands, "shared", shared.HELP, shared.VERBS),
        *add_verbs(commands, "study", study.HELP, study.VERBS),
    ):
        _add_json(action)
    return parser


def _add_doctor(commands: "argparse._SubParsersAction[_Parser]") -> None:
    doctor = commands.add_parser("doctor", help="check that the library is whole")
    deeds = doctor.add_mutually_exclusive_group()
    deeds.add_argument("--repair", action="store_true", help="rebuild what is damaged and can be rebuilt")
    deeds.add_argument("--copies", action="store_true", help="say which copies of the catalog there are")
    deeds.add_argument(
        "--restore",
        type=copy_name,
        nargs="?",
        const="",
        metavar="COPY",
        help="put the newest copy of the catalog back, or that of a day such as 2026-11-27, or of before an update",
    )


def _add_marks(commands: "argparse._SubParsersAction[_Parser]") -> None:
    rate = commands.add_parser("rate", help="give photos of the library stars; their files are not touched")
    rate.add_argument("stars", type=int, choices=range(MOST_STARS + 1), metavar="N", help="0 to 5; 0 for no rating")
    flag = commands.add_parser("flag", help="flag photos of the library, to come back to them")
    flag.add_argument("--off", action="store_true", help="take the flags away")
    for command in (rate, flag):
        command.add_argument("paths", type=path, nargs="+", metavar="PATH", help="a photo, or a folder of photos")


def _add_json(command: _Parser) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON object and nothing else")


def _add_folder(commands: "argparse._SubParsersAction[_Parser]") -> None:
    folder = commands.add_parser("folder", help="list, relocate, watch and forget the folders of the library")
    a_folder = "a folder of the library"
    actions = folder.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="say which there are, and which are not connected")
    relocate = actions.add_parser("relocate", help="say where a folder is now; its photos are not read again")
    relocate.add_argument("path", type=path, metavar="OLD", help="where the library has it")
    relocate.add_argument("new", type=path, metavar="NEW", help="where it is now")
    forget = actions.add_parser("forget", help="take a folder out of the library; its files are not touched")
    forget.add_argument("path", type=path, metavar="PATH", help=a_folder)
    watch = actions.add_parser("watch", help="notice at once what happens in a folder, while the window is open")
    watch.add_argument("path", type=path, metavar="PATH", help=a_folder)
    watch.add_argument("--off", action="store_true", help="look at it only at the start, and when it is asked for")
    for action in actions.choices.values():
        _add_json(action)


def _add_skip(commands: "argparse._SubParsersAction[_Parser]") -> None:
    skip = commands.add_parser("skip", help="leave folders and photos out of the library by their names")
    actions = skip.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="say which patterns there are")
    add = actions.add_parser("add", help="leave out what has such a name; its albums and decisions are kept")
    remove = actions.add_parser("remove", help="take such photos in again")
    for action in (add, remove):
        action.add_argument(
            "pattern", metavar="PATTERN", help="as in a .gitignore: *_edited*, Exports/, 2019/raw; in quotation marks"
        )
    for action in actions.choices.values():
        _add_json(action)


def _add_album(commands: "argparse._SubParsersAction[_Parser]") -> None:
    album = commands.add_parser("album", help="sort photos into albums, and find what belongs to them")
    actions = album.add_subparsers(dest="action", metavar="ACTION", required=True)
    importing = actions.add_parser("import", help="add a folder, and make each folder in it an album of its name")
    importing.add_argument("folder", type=path, metavar="FOLDER", help="holds folders of photos")
    actions.add_parser("list", help="say which there are")
    add = actions.add_parser("add", help="put photos of the library into an album, which is made if need be")
    remove = actions.add_parser("remove", help="take photos out of an album; their files are not touched")
    delete = actions.add_parser("delete", help="take an album away; its photos are not touched")
    rename = actions.add_parser("rename", help="give an album another name")
    suggest = actions.add_parser("suggest", help="find photos that belong to an album and are not in it")
    for action in (add, remove, delete, rename, suggest):
        action.add_argument("name", metavar="NAME", help="of the album")
    for action in (add, remove):
        action.add_argument("paths", type=path, nargs="+", metavar="PATH", help="a photo, or a folder of photos")
    rename.add_argument("new", metavar="NEW", help="what it is to be called")
    suggest.add_argument("--most", type=positive, default=60, metavar="N", help="how many photos (default: 60)")
    for action in actions.choices.values():
        _add_json(action)


def _add_model(commands: "argparse._SubParsersAction[_Parser]") -> None:
    model = commands.add_parser("model", help="list, fetch, add and choose the backbone that looks at the photos")
    actions = model.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="say which there are")
    listing.add_argument("--measure", action="store_true", help="try how fast they would be on this machine")
    download = actions.add_parser("download", help="fetch a model's weights; a broken download goes on where it was")
    download.add_argument("name", metavar="NAME", help="as in: model list")
    use = actions.add_parser("use", help="embed the library with a model, then search with it")
    use.add_argument("name", metavar="NAME", help="as in: model list")
    use.add_argument("--device", choices=DEVICE_CHOICES, help="where networks run (default: what is fastest here)")
    add = actions.add_parser("add", help="take weights from a file, or from a folder that holds one")
    add.add_argument("path", type=path, metavar="FILE", help="of weights, such as model.safetensors; or its folder")
    add.add_argument("--model", metavar="NAME", help="whose weights these are (default: told by their shape)")
    for action in actions.choices.values():
        _add_json(action)


def _add_export(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parts = "{name} {date} {time} {year} {month} {day} {number} {title}"
    export = commands.add_parser(
        "export", help="copy photos of the library to a folder", epilog=f"What can stand in a name: {parts}."
    )
    export.add_argument("folder", type=path, metavar="FOLDER", help="where the copies go; made if need be")
    export.add_argument("paths", type=path, nargs="*", metavar="PATH", help="a photo, or a folder of photos")
    export.add_argument("--album", metavar="ALBUM", help="copy all photos of this album")
    export.add_argument("--size", type=copy_size, metavar="N", help="as JPEGs of N pixels on their longest side")
    export.add_argument(
        "--quality", type=quality, default=DEFAULT_QUALITY, metavar="Q", help=f"of these (default: {DEFAULT_QUALITY})"
    )
    export.add_argument(
        "--names", default=ORIGINAL_NAME, metavar="TEMPLATE", help=f"of the copies (default: {ORIGINAL_NAME})"
    )
    export.add_argument(
        "--if-taken", choices=WHERE_TAKEN, default="both", help="where a file has the name already (default: both)"
    )
    export.add_argument("--alone", action="store_true", help="leave behind what belongs to a photo: its RAW, film, XMP")
    export.add_argument("--notes", action="store_true", help="write an XMP file with albums and date beside each copy")


def _add_search(commands: "argparse._SubParsersAction[_Parser]") -> None:
    search = commands.add_parser(
        "search",
        help="find the look-alikes of photos",
        epilog="Each line has a hit's score, its path and, where the albums were learned, the share of such hits that "
        "are in an album with what is looked for.",
    )
    add_search_arguments(search)
