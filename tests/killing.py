"""What becomes of a library when the program ends at once, before any of the changes that it makes to its files.

The random kills of tests/benchmarks/kills hardly ever meet the moment between two of them.
"""

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from guie_desktop.library.backups import make_copy
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.restoring import restore
from guie_desktop.paths import LibraryPaths

ACTS: dict[str, Callable[[LibraryPaths], object]] = {
    "copy": make_copy,
    "restore": restore,
    "open": lambda paths: CatalogWriter.open(paths.catalog).close(),
}
_CHANGES = frozenset({"os.rename", "os.remove"})
_ENDED_AT_ONCE = 77


def ended_before_each_change(act: str, paths: LibraryPaths) -> Iterator[LibraryPaths]:
    """The library after an act that ended before its first change of a file, its second, and so on to the last one."""
    aside = paths.root.with_name("as it was")
    shutil.copytree(paths.root, aside, symlinks=True)
    for change in itertools.count(1):
        shutil.rmtree(paths.root)
        shutil.copytree(aside, paths.root, symlinks=True)
        command = [sys.executable, "-m", "tests.killing", act, str(change), str(paths.root)]
        status = subprocess.run(command, check=False).returncode
        assert status in (0, _ENDED_AT_ONCE)
        yield paths
        if status == 0:
            assert change > 1
            return


def main() -> None:
    """Do the act, and end before this change."""
    act, last, root = sys.argv[1:]
    changes = itertools.count(1)

    def end(event: str, _arguments: tuple[object, ...]) -> None:
        if event in _CHANGES and next(changes) == int(last):
            os._exit(_ENDED_AT_ONCE)

    sys.addaudithook(end)
    ACTS[act](LibraryPaths(Path(root)))


if __name__ == "__main__":
    main()
