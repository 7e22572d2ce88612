"""`shared search`: the photos of a shared library that look like a picture, by one's own heads."""

import argparse
import time

from guie_desktop.cli.argument_types import path, positive
from guie_desktop.cli.given_files import check_there
from guie_desktop.cli.output import CommandResult
from guie_desktop.cli.shared.narrowing import add_filter, filter_of
from guie_desktop.paths import LibraryPaths

HELP = "find the look-alikes of a picture in a shared library, with what was learned from your own albums"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where, what like, and among which photos."""
    parser.add_argument("known", metavar="LIBRARY", help="its name, as `shared list` says it, or any address")
    parser.add_argument("image", type=path, metavar="IMAGE", help="a picture file, in the library or not")
    parser.add_argument("--at", metavar="NAME", help="as it was when it was given this name (shared tag)")
    parser.add_argument(
        "--head",
        choices=("current", "general"),
        default="current",
        help="general: your own, without what was learned or chosen",
    )
    add_filter(parser)
    parser.add_argument("--top", type=positive, default=10, metavar="N", help="how many to show (default: 10)")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """The hits, best first; UserError where the library cannot be read, or has no features by the model in use."""
    from guie_desktop.cli.shared.naming import table_of
    from guie_desktop.embedding.paired_head import PairedHead
    from guie_desktop.workspace.open_library import OpenLibrary

    check_there(arguments.image)
    table = table_of(paths, arguments.known, arguments.at)
    with OpenLibrary(paths) as library:
        backbone = library.backbone
        table.feature_column(backbone.key)  # before the network is loaded
        feature = backbone.embed_file(arguments.image)
        head = backbone.general if arguments.head == "general" else table.head_for(backbone.head, backbone.key)
        started = time.perf_counter()
        hits = table.search(feature, head, backbone.key, arguments.top, filter_of(arguments))
        seconds = time.perf_counter() - started
        name = head.general.name if isinstance(head, PairedHead) and not hits.personal else head.name
    photos = table.facts(hits.rows)
    found = [(float(score), photos[int(row)]) for row, score in zip(hits.rows, hits.scores, strict=True)]
    answer = {
        "library": str(table.address),
        "version": table.version,
        "model": backbone.name,
        "head": name,
        "personal": round(hits.personal, 4),
        "seconds": seconds,
        "hits": [
            {
                "rank": rank,
                "path": photo.path,
                "score": round(score, 4),
                "similar": hits.cutoff is None or score >= hits.cutoff,
                "taken": photo.taken,
            }
            for rank, (score, photo) in enumerate(found, start=1)
        ],
    }
    lines = [f"{score:.3f}  {photo.path}" for score, photo in found]
    if found and hits.cutoff is not None and found[0][0] < hits.cutoff:
        lines.insert(0, "Nothing in the shared library looks like this; nearest:")
    return answer, lines or ["Nothing in the shared library passes."], 0
