"""Names of files as people read them, as URLs made and read byte by byte, and as file dialogs want them."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from PySide6.QtCore import QByteArray, QUrl


def readable(text: str) -> str:
    """The name for display: line breaks become spaces, what is not text becomes a replacement sign."""
    return text if text.isprintable() else "".join(_shown(sign) for sign in text)


def readable_path(path: Path) -> str:
    """The path for display, with the home folder as ~."""
    home = Path.home()
    short = Path("~") / path.relative_to(home) if path.is_relative_to(home) else path
    return readable(str(short))


def url_of(path: Path) -> QUrl:
    """The file's URL, made of the bytes of its name, so that names that are not UTF-8 survive."""
    if sys.platform == "win32":
        return QUrl.fromLocalFile(str(path))
    return QUrl.fromEncoded(QByteArray(b"file://" + quote(os.fsencode(path)).encode()))


def path_of(url: QUrl) -> Path | None:
    """The file that a URL names, or None where it is not on this computer."""
    if not url.isLocalFile():
        return None
    if sys.platform == "win32":
        return Path(url.toLocalFile())
    after_scheme = bytes(url.toEncoded().data()).removeprefix(b"file://")
    return Path(os.fsdecode(unquote_to_bytes(b"/" + after_scheme.partition(b"/")[2])))


def file_filter(what: str, suffixes: Iterable[str]) -> str:
    """What a file dialog offers: the files with these suffixes, as some desktops tell upper from lower case."""
    both = sorted({f"*{suffix}" for one in suffixes for suffix in (one.lower(), one.upper())})
    return f"{what} ({' '.join(both)})"


def _shown(sign: str) -> str:
    if "\ud800" <= sign <= "\udfff":
        return "\ufffd"
    joins_emoji = sign == "\u200d"
    return sign if sign.isprintable() or joins_emoji else " "
