"""How what takes a while grows with a library: scan, index, search, learning, doctor, and the start of the program.

    python -m tests.benchmarks.jobs_at_scale LIBRARY [--json FILE] [--screen FILE]

LIBRARY is one of made_library.py, of 10^3 to 10^6 photos; a copy of it is worked on. Milliseconds are of all processors
that the program used, children too. A scan is given lists of files that do not exist, and an index from features has
these already. New photos are real files, decoded as always, and the network alone is a stub; a photo of a first index
takes as much. Albums are cut to a few tens of photos before they are learned. With --screen, which is the memory of an
X server as start.py has it, the start is measured as well.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from guie_desktop.asking import Query
from guie_desktop.disk.scan import FileOnDisk, Lister, Listing
from guie_desktop.disk.skipping import SkipRules
from guie_desktop.disk.volumes import mounted_volumes
from guie_desktop.jobs.doctor import examine
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.learning import learn
from guie_desktop.jobs.scanning import Scanner, Tally
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.library.database import reading, writing
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.benchmarks.start import CHECKOUT, Screen, prepare
from tests.benchmarks.start import measure as measure_start
from tests.benchmarks.stubbed_network import stubbed_network, write_photos
from tests.running import finish

_IN_A_DIRECTORY = 2_000
_SEARCHES, _HITS = 30, 200
_IN_AN_ALBUM = 30
_STARTS = 3
_NEW = 2_000


class Told(dict[str, float]):
    """What was measured, by name, which is told at once: the largest libraries take half an hour."""

    def __setitem__(self, name: str, value: float) -> None:
        super().__setitem__(name, value)
        print(f"{name:24} {value:12,.1f}", flush=True)


def cost(work: Callable[[], object]) -> float:
    """Milliseconds of all processors."""
    before = _spent()
    work()
    return (_spent() - before) * 1000


def _spent() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


def measure(told: Told, library: Path) -> None:
    """What is done with this library, which is changed."""
    with WritableLibrary(LibraryPaths(library)) as opened:
        with reading(opened.catalog.database) as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM photos").scalar_one()
        told["photos"] = count
        told["index, from features"] = cost(lambda: finish(index_library(opened)))
        told["index, nothing new"] = cost(lambda: finish(index_library(opened)))
        asked = list(opened.catalog.photo_ids())[:: max(1, count // _SEARCHES)][:_SEARCHES]
        told["search"] = statistics.median(cost(partial(_search, opened, one)) for one in (*asked[:3], *asked))
        told["doctor"] = cost(lambda: finish(examine(opened, repair=False)))
        with writing(opened.catalog.database) as connection:
            connection.exec_driver_sql(
                "DELETE FROM album_photos WHERE rowid IN (SELECT rowid FROM (SELECT rowid, row_number() OVER "
                f"(PARTITION BY album_id ORDER BY photo_id) AS place FROM album_photos) WHERE place > {_IN_AN_ALBUM})"
            )
        told["learn"] = cost(lambda: finish(learn(opened, Recipe(), dry_run=True)))


def new_photos(told: Told, library: Path, work: Path) -> None:
    """What one takes until it can be searched, beside what opening the library and looking for new ones take."""
    write_photos(work / "new", _NEW)
    with stubbed_network():
        _index(library, ())  # the day's copy of the catalog, and what else is done once
        nothing = cost(partial(_index, library, ()))
        told["index, a new photo"] = (cost(partial(_index, library, (work / "new",))) - nothing) / _NEW


def _index(library: Path, folders: Sequence[Path]) -> None:
    with WritableLibrary(LibraryPaths(library)) as opened:
        for folder in folders:
            opened.catalog.add_folder(folder)
        report = finish(index_library(opened))
    if report.added != len(folders) * _NEW:
        raise SystemExit(f"{report.added} photos were added")


def _search(library: WritableLibrary, photo: int) -> None:
    library.search_engine.answer(Query(photos=(photo,), top=_HITS))


def scans(told: Told, work: Path, count: int) -> None:
    """Of an empty library: once with all that there is, and once more with nothing new."""
    root = work / "photos"
    root.mkdir()
    with WritableLibrary(LibraryPaths(work / "scanned")) as library:
        library.catalog.add_folder(root)
        lister = _made_up(root, count)

        def scan() -> None:
            finish(Scanner(library, mounted_volumes(), Tally(), lister=lister).scan_all())

        for name in ("scan, all new", "scan, nothing new"):
            told[name] = cost(scan)


def _made_up(root: Path, count: int) -> Lister:
    directories = tuple(root / f"{place:05}" for place in range(-(-count // _IN_A_DIRECTORY)))

    def listing(directory: Path, _: SkipRules) -> Listing:
        if directory == root:
            return Listing(directory, subdirectories=directories)
        first = int(directory.name) * _IN_A_DIRECTORY
        numbers = range(first, min(first + _IN_A_DIRECTORY, count))
        return Listing(directory, tuple(FileOnDisk(f"IMG_{n:07}.jpg", 1_000_000 + n, n, n, n, 1) for n in numbers))

    return listing


def starts(told: Told, library: Path, screen: Screen) -> None:
    """The least that the window's process takes until photos are seen."""
    prepare(CHECKOUT, library, screen, [])
    seen = [measure_start(CHECKOUT, library, screen, []) for _ in range(_STARTS)]
    for name, what in (("start, window seen", "window"), ("start, photos seen", "first photo")):
        told[name] = 1000 * min(figures[what][1] for figures in seen)


def main() -> None:
    """As the user says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--screen", type=Path, metavar="FILE")
    asked = parser.parse_args()
    told = Told()
    with tempfile.TemporaryDirectory() as work:
        copy = Path(work) / "library"
        shutil.copytree(asked.library, copy)
        measure(told, copy)
        new_photos(told, copy, Path(work))
        scans(told, Path(work), round(told["photos"]))
        if asked.screen is not None:
            os.environ |= {f"XDG_{kind}_HOME": work for kind in ("CONFIG", "DATA", "CACHE")}
            starts(told, copy, Screen(asked.screen))
    if asked.json is not None:
        asked.json.write_text(json.dumps(told))


if __name__ == "__main__":
    main()
