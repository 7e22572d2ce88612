"""`shared search`: the photos of a shared library that look like a picture, by one's own heads."""

import argparse
import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day

from guie_desktop.cli.argument_types import any_day, path, positive
from guie_desktop.cli.output import CommandResult
from guie_desktop.paths import LibraryPaths

HELP = "find the look-alikes of a picture in a shared library, with what was learned from your own albums"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where, what like, and among which photos."""
    parser.add_argument("known", metavar="LIBRARY", help="its name, as `shared list` says it, or any address")
    parser.add_argument("image", type=path, metavar="IMAGE", help="a picture file, in the library or not")
    parser.add_argument("--at", metavar="NAME", help="as it was when it was given this name (shared tag)")
    parser.add_argument("--head", choices=("current", "general"), default="current", help="without what was learned")
    parser.add_argument(
        "--folder", default="", metavar="PATH", help="only photos below this folder, as the table has it"
    )
    parser.add_argument("--from", dest="since", type=any_day, metavar="DATE", help="only photos of this day or later")
    parser.add_argument("--to", dest="until", type=any_day, metavar="DATE", help="only photos of this day or earlier")
    parser.add_argument("--top", type=positive, default=10, metavar="N", help="how many to show (default: 10)")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """The hits, best first; UserError where the library cannot be read, or has no features by the model in use."""
    from guie_desktop.cli.shared.naming import table_of
    from guie_desktop.embedding.paired_head import PairedHead
    from guie_desktop.shared_library.photo_filter import PhotoFilter
    from guie_desktop.workspace.open_library import OpenLibrary

    which = PhotoFilter(
        since=_begin(arguments.since),
        until=None if arguments.until is None else _begin(arguments.until + timedelta(days=1)),
        folder=arguments.folder,
    )
    table = table_of(paths, arguments.known, arguments.at)
    with OpenLibrary(paths) as library:
        backbone = library.backbone
        table.feature_column(backbone.key)  # before the network is loaded
        feature = backbone.embed_file(arguments.image)
        head = backbone.general if arguments.head == "general" else backbone.head
        started = time.perf_counter()
        hits = table.search(feature, head, backbone.key, arguments.top, which)
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
            {"rank": rank, "path": photo.path, "score": round(score, 4), "taken": photo.taken}
            for rank, (score, photo) in enumerate(found, start=1)
        ],
    }
    lines = [f"{score:.3f}  {photo.path}" for score, photo in found]
    return answer, lines or ["Nothing in the shared library passes."], 0


def _begin(day: date | None) -> float | None:
    """Of a day, where the computer is."""
    return None if day is None else datetime.combine(day, time_of_day()).timestamp()
