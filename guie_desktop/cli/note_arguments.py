"""What can be said to `guie-desktop notes`; light, as the other arguments are."""

import argparse
from collections.abc import Iterable
from typing import TypeVar

from guie_desktop.cli.argument_types import path, positive

Parser = TypeVar("Parser", bound=argparse.ArgumentParser)


def add_note_arguments(notes: Parser) -> Iterable[Parser]:
    """What is to be done; the parsers of each."""
    actions = notes.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=type(notes))
    show = actions.add_parser("show", help="say title, description, keywords, people, camera and place")
    show.add_argument("paths", type=path, nargs="+", metavar="PATH", help="a photo, or a folder of photos")
    find = actions.add_parser("find", help="find photos by words in names, folders, albums and notes, and by dates")
    find.add_argument("words", nargs="+", metavar="WORD", help="such as: rome july 2019")
    find.add_argument("--top", type=positive, default=50, metavar="N", help="how many photos (default: 50)")
    listing = actions.add_parser("list", help="say which cameras, lenses or places there are, the most frequent first")
    listing.add_argument("what", choices=("cameras", "lenses", "places"), help="of what")
    return actions.choices.values()
