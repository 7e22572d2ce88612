"""What can be said to learn albums and of what was learned; light, as the other arguments are."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from guie_desktop.cli.argument_types import head_id, listed, losses, path, positive, seed
from guie_desktop.learning.losses import DEFAULT_LOSS, LOSSES

Parser = TypeVar("Parser", bound=argparse.ArgumentParser)


def add_train(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Learning the albums."""
    train = commands.add_parser("train", help="learn the albums; taken into use if it is better on held-out photos")
    train.add_argument(
        "--loss", choices=tuple(LOSSES), default=DEFAULT_LOSS, help=f"what is trained by (default: {DEFAULT_LOSS})"
    )
    train.add_argument("--seed", type=seed, default=42, metavar="N", help="of all that is left to chance (default: 42)")
    train.add_argument("--dry-run", action="store_true", help="test it, but keep nothing")


def add_ablate(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Comparing backbones and losses."""
    ablate = commands.add_parser("ablate", help="compare backbones and losses on labelled photos (folder = label)")
    ablate.add_argument("folder", type=path, metavar="DIR", help="is learned from and searched")
    ablate.add_argument(
        "--queries", type=path, metavar="QUERY_DIR", help="is asked for (default: photos that are held out from DIR)"
    )
    ablate.add_argument(
        "--backbones", type=listed, default=(), metavar="A,B", help="names as in: model list (default: the one in use)"
    )
    ablate.add_argument(
        "--losses", type=losses, default="all", metavar="A,B", help=f"all, or some of {', '.join(LOSSES)}"
    )
    ablate.add_argument(
        "--seeds", type=positive, default=3, metavar="N", help="trainings that are averaged (default: 3)"
    )
    ablate.add_argument(
        "--out",
        type=path,
        default=Path(),
        metavar="FOLDER",
        help="where ablation.csv and ablation.png go (default: here)",
    )


def add_head(commands: "argparse._SubParsersAction[Parser]") -> Iterable[Parser]:
    """What was learned; the parsers of what is done with it."""
    head = commands.add_parser("head", help="list, choose, export and import what was learned")
    actions = head.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="say which versions there are")
    use = actions.add_parser(
        "use",
        help="search with a version; general goes back to the general ranking, which is itself fitted to the photos "
        "here (fitted) or was taken in (general-2)",
    )
    export = actions.add_parser("export", help="write a version to a file, without any photos")
    for action in (use, export):
        action.add_argument("id", type=head_id, metavar="ID", help="as in: head list")
    export.add_argument("file", type=path, metavar="FILE", help="is written")
    export.add_argument("--names", action="store_true", help="let the names of the albums go along")
    importing = actions.add_parser(
        "import",
        help="bring a version in from a file; a general head is tested on the photos here first, and then in use",
    )
    importing.add_argument("file", type=path, metavar="FILE", help="was written by head export or study train")
    return actions.choices.values()
