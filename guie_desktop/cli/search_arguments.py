"""What can be said to `guie-desktop search`; light, as the other arguments are."""

import argparse
from typing import Any

from guie_desktop.asking import COLOURS, PHOTO_KINDS, SHAPES, SOURCES
from guie_desktop.cli.argument_types import any_day, kind, path, positive, region, stars


def add_search_arguments(search: argparse.ArgumentParser) -> None:
    """What to look for, and among which photos; all of the latter has to hold."""
    search.add_argument(
        "images", type=path, nargs="*", metavar="IMAGE", help="photos, of the library or from elsewhere"
    )
    search.add_argument("--text", metavar="TEXT", help="describe what to look for")
    where = "in what words are looked for; may be repeated (default: all)"
    search.add_argument("--in", action="append", default=[], choices=SOURCES, dest="sources", help=where)
    unlike = "a photo that hits shall not be like; may be repeated"
    search.add_argument("--not", type=path, action="append", default=[], dest="unlike", metavar="IMAGE", help=unlike)
    search.add_argument("--not-text", metavar="TEXT", help="describe what hits shall not show")
    search.add_argument("--saved", metavar="NAME", help="what was saved under this name, in place of photos and words")
    search.add_argument("--region", type=region, metavar="X,Y,W,H", help="search by this part of the photo only")
    search.add_argument("--parts", action="store_true", help="also by parts of photos that were looked into")
    search.add_argument("--top", type=positive, default=10, metavar="N", help="how many hits (default: 10)")
    heads = "rank by what was learned, or as it looks to anyone (default: current)"
    search.add_argument("--head", choices=("current", "general"), default="current", help=heads)
    which = search.add_argument_group("among which photos (all of it has to hold)")
    which.add_argument("--folder", type=path, metavar="FOLDER", help="in this folder or deeper")
    which.add_argument("--album", action="append", default=[], metavar="ALBUM", help="in this album; may be repeated")
    which.add_argument("--not-album", action="append", default=[], metavar="ALBUM", help="not in this album, as above")
    which.add_argument("--unsorted", action="store_true", help="in no album")
    which.add_argument("--from", type=any_day, dest="since", metavar="DATE", help="taken on this day or later")
    which.add_argument("--to", type=any_day, dest="until", metavar="DATE", help="taken on this day or earlier")
    which.add_argument("--camera", metavar="CAMERA", help="with a camera that has this in its name")
    which.add_argument("--lens", metavar="LENS", help="with a lens that has this in its name")
    which.add_argument("--place", metavar="PLACE", help="at a place that has this in its name")
    kinds = f"{', '.join(PHOTO_KINDS)}, or the end of a file's name such as png; may be repeated"
    which.add_argument("--kind", type=kind, action="append", default=[], metavar="KIND", help=kinds)
    which.add_argument("--shape", action="append", default=[], choices=SHAPES, help="may be repeated")
    coloured = "which it shows in a good part; may be repeated, and one of them is enough"
    which.add_argument(
        "--colour", action="append", default=[], choices=COLOURS, dest="colours", metavar="COLOUR", help=coloured
    )
    which.add_argument("--rating", type=stars, default=0, metavar="N", help="with so many stars at least")
    which.add_argument("--flagged", action="store_true", help="with a flag")
    which.add_argument("--no-copies", action="store_true", help="without those that duplicates found out about")


def add_parts(commands: "argparse._SubParsersAction[Any]") -> None:
    """Looking into photos."""
    parts = commands.add_parser(
        "parts",
        help="look into photos, so that search --parts finds what is small in them",
        epilog="What is chosen is remembered, and photos that come into it later are looked into by index. "
        "Without any of this, what is left is done.",
    )
    parts.add_argument("folders", type=path, nargs="*", metavar="FOLDER", help="look into the photos of this folder")
    parts.add_argument("--album", action="append", default=[], metavar="ALBUM", help="look into those of this album")
    parts.add_argument("--all", action="store_true", help="look into all photos of the library")
    deeds = parts.add_mutually_exclusive_group()
    deeds.add_argument("--cost", action="store_true", help="only say what it would take, in time and on the disk")
    deeds.add_argument("--forget", action="store_true", help="let go of the parts of all photos, and of the choice")


def add_duplicates(commands: "argparse._SubParsersAction[Any]") -> None:
    """Looking for copies."""
    duplicates = commands.add_parser("duplicates", help="list copies of one content; files are not touched")
    duplicates.add_argument(
        "--near", action="store_true", help="also the same picture in another size, format, turn or crop, and bursts"
    )
    duplicates.add_argument("--folder", type=path, metavar="FOLDER", help="look below this folder only")
