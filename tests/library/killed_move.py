"""A move of the user's library that ends at once, before one of its changes: python -m tests.library.killed_move."""

import itertools
import os
import sys
from pathlib import Path

from guie_desktop.library.new_place import move_library
from guie_desktop.paths import library_paths

_CHANGES = frozenset({"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.utime", "ctypes.dlopen"})


def main() -> None:
    target, last = sys.argv[1:]
    changes = itertools.count(1)

    def end(event: str, _arguments: tuple[object, ...]) -> None:
        if event in _CHANGES and next(changes) == int(last):
            os._exit(77)

    paths = library_paths()
    sys.addaudithook(end)
    move_library(paths, Path(target))
    os._exit(0)


if __name__ == "__main__":
    main()
