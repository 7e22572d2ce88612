"""The desktop's programs for a kind of file, as freedesktop's files list them; other systems have their own dialog.

See the Desktop Entry, the MIME Applications and the Shared MIME Info specifications of freedesktop.org.
"""

import configparser
import mimetypes
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guie_desktop.errors import UserError, reason_of
from guie_desktop.gui.desktop.file_names import url_of
from guie_desktop.sentences import Sentence

_ENTRY = "Desktop Entry"
_FILE_CODES = ("%f", "%F", "%u", "%U")


@dataclass(frozen=True, slots=True)
class Program:
    """A program that opens such files."""

    id: str
    """The name of its desktop entry; that of an application where the user chose one."""
    name: str
    command: str
    """As the entry has it, with codes such as %f."""


def programs_for(path: Path) -> list[Program]:
    """The programs for such a file, the user's default first; none where the system does not list them."""
    if sys.platform in ("win32", "darwin"):
        return []
    kind = mime_type_of(path)
    found: dict[str, Program] = {}
    for entry in (*_chosen_by_user(kind), *_listed(kind)):
        if entry not in found and (program := _read_entry(entry)) is not None:
            found[entry] = program
    hidden = set(_in_lists("Removed Associations", kind))
    by_name = {program.name: program for program in reversed(found.values()) if program.id not in hidden}
    return sorted(by_name.values(), key=list(found.values()).index)


def mime_type_of(path: Path) -> str:
    """The kind of a file by the end of its name, as the desktop calls it."""
    suffix = path.suffix.lower()
    best, kind = -1, mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    for folder in _data_folders():
        for line in _lines(folder / "mime" / "globs2"):
            parts = line.split(":")
            if len(parts) >= 3 and parts[2] == f"*{suffix}" and parts[0].isdecimal() and int(parts[0]) > best:
                best, kind = int(parts[0]), parts[1]
    return kind


def start(program: Program, path: Path) -> None:
    """Open a file with a program; UserError where it cannot be started."""
    arguments = arguments_for(program, path)
    try:
        subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        title = Sentence("{name} could not be started ({reason}).", name=program.name, reason=reason_of(error))
        raise UserError(title, "Choose another program.") from error


def arguments_for(program: Program, path: Path) -> list[str]:
    """What is run to open a file; each code of the entry stands alone, so that a name may hold anything."""
    arguments: list[str] = []
    for part in shlex.split(program.command):
        if part in _FILE_CODES:
            arguments.append(url_of(path).toEncoded().toStdString() if part.lower() == "%u" else str(path))
        elif part == "%c":
            arguments.append(program.name)
        elif part not in ("%i", "%k", "%d", "%D", "%n", "%N", "%v", "%m"):
            arguments.append(part.replace("%%", "%"))
    return arguments if any(code in program.command for code in _FILE_CODES) else [*arguments, str(path)]


def chosen_program(application: Path) -> Program:
    """An application that the user chose by its file."""
    quoted = shlex.quote(str(application))
    return Program(
        str(application), application.stem, f"open -a {quoted} %f" if sys.platform == "darwin" else f"{quoted} %f"
    )


def dialog_of_system() -> Program | None:
    """The dialog in which the system lets its user choose a program; None where it has none that can be asked for."""
    return Program("", "The dialog", "rundll32.exe shell32.dll,OpenAs_RunDLL %f") if sys.platform == "win32" else None


def _chosen_by_user(kind: str) -> Iterator[str]:
    for group in ("Default Applications", "Added Associations"):
        yield from _in_lists(group, kind)


def _in_lists(group: str, kind: str) -> Iterator[str]:
    folders = [Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")]
    folders += [Path(one) for one in (os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":") if one]
    for folder in (*folders, *(one / "applications" for one in _data_folders())):
        yield from _entries(folder / "mimeapps.list", group, kind)


def _listed(kind: str) -> Iterator[str]:
    for folder in _data_folders():
        yield from _entries(folder / "applications" / "mimeinfo.cache", "MIME Cache", kind)


def _entries(path: Path, group: str, kind: str) -> list[str]:
    value = _parsed(path).get(group, kind, fallback="")
    return [entry for entry in value.split(";") if entry]


def _read_entry(entry: str) -> Program | None:
    """The program of a desktop entry; None where there is none that can be shown and started."""
    for folder in _data_folders():
        # A dash in its name may stand for a folder.
        for name in (entry, entry.replace("-", "/", 1)):
            read = _parsed(folder / "applications" / name)
            if not read.has_section(_ENTRY):
                continue
            said = read[_ENTRY]
            hidden = any(said.get(key, "false") == "true" for key in ("Hidden", "NoDisplay", "Terminal"))
            command, needs = said.get("Exec", ""), said.get("TryExec", "")
            try:
                first = shlex.split(command)[:1]
            except ValueError:
                return None
            if hidden or not first or not shutil.which(needs or first[0]):
                return None
            return Program(entry, said.get("Name", entry), command)
    return None


def _data_folders() -> list[Path]:
    own = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return [Path(one) for one in (own, *shared.split(":")) if one]


def _parsed(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), strict=False, comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read(path, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError, OSError):
        parser.clear()
    return parser


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
