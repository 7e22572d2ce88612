"""An export that ends at once, before one of the changes that it makes to files: python -m tests.jobs.killed_export."""

import itertools
import os
import sys
from pathlib import Path

from guie_desktop.filing import ExportChoices
from guie_desktop.jobs.exporting import Export
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary
from tests.running import finish

_CHANGES = frozenset({"os.rename", "os.remove", "os.utime", "os.link", "ctypes.dlopen"})


def main() -> None:
    root, out, last = sys.argv[1:]
    with OpenLibrary(LibraryPaths(Path(root))) as library:
        export = Export(library, list(library.catalog.photo_ids()), ExportChoices(Path(out)))
        changes = itertools.count(1)

        def end(event: str, _arguments: tuple[object, ...]) -> None:
            if event in _CHANGES and next(changes) == int(last):
                os._exit(77)

        sys.addaudithook(end)
        finish(export.run())
        os._exit(0)


if __name__ == "__main__":
    main()
