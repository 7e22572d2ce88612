"""Shows a file in the desktop's file manager, chosen where the desktop can do that."""

import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QDesktopServices

from guie_desktop.errors import UserError
from guie_desktop.gui.desktop.file_names import readable_path, url_of
from guie_desktop.sentences import Sentence

_SERVICE = "org.freedesktop.FileManager1"
_OBJECT = "/org/freedesktop/FileManager1"
_PATIENCE = 5.0


def show_in_file_manager(path: Path) -> bool:
    """Open the file manager with this file chosen; False where only its folder can be opened. For a thread."""
    if not path.exists():
        raise UserError(
            Sentence("{path} is not there.", path=readable_path(path)), "Connect its drive, or look for changes (F5)."
        )
    return any(_ran(command) for command in _commands(path))


def open_folder_of(path: Path) -> None:
    """Open the file's folder; UserError where the desktop has no program for it."""
    open_with_default_program(path.parent)


def open_with_default_program(path: Path) -> None:
    """Open a file or folder as a double click in the file manager does."""
    if not path.exists():
        raise UserError(
            Sentence("{path} is not there.", path=readable_path(path)), "Connect its drive, or look for changes (F5)."
        )
    if not QDesktopServices.openUrl(url_of(path)):
        title = Sentence("No program could be started for {path}.", path=readable_path(path))
        raise UserError(title, "Choose one in the desktop's settings.")


def _commands(path: Path) -> list[list[str]]:
    if sys.platform == "win32":
        return [["explorer", f"/select,{path}"]]
    if sys.platform == "darwin":
        return [["open", "-R", str(path)]]
    # Commas and quotes would end the item early in the programs' own notation.
    address = url_of(path).toEncoded().toStdString().replace(",", "%2C").replace("'", "%27")
    method = f"{_SERVICE}.ShowItems"
    to_gdbus = f"call --session --dest {_SERVICE} --object-path {_OBJECT} --method {method}".split()
    to_dbus_send = f"--session --dest={_SERVICE} --type=method_call --print-reply {_OBJECT} {method}".split()
    return [
        ["gdbus", *to_gdbus, f"['{address}']", ""],
        ["dbus-send", *to_dbus_send, f"array:string:{address}", "string:"],
    ]


def _ran(command: list[str]) -> bool:
    program = shutil.which(command[0])
    if program is None:
        return False
    try:
        done = subprocess.run([program, *command[1:]], capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    # Explorer answers 1 even when all went well.
    return done.returncode == 0 or sys.platform == "win32"
