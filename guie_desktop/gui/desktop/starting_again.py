"""Starting the program once more, as it was started, when this one has ended."""

import sys

from PySide6.QtCore import QProcess


def start_again() -> None:
    """To be called last: the new one wants the library to itself."""
    QProcess.startDetached(sys.executable, sys.orig_argv[1:])
