"""The names of albums: made of what people and folders call them, compared whatever their case, told apart by path."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

_SEPARATOR = " / "
_NAMELESS = "untitled"


def album_name(text: str) -> str:
    """The text as the name of an album: on one line, without space around it; it may be empty.

    Folders' names may hold bytes that are not text; a replacement sign stands for them.
    """
    return " ".join("".join(map(_plain, unicodedata.normalize("NFC", text))).split())


def name_key(text: str) -> str:
    """What two names have in common that are the same to people."""
    return album_name(text).casefold()


def names_of_folders(folders: Iterable[Path]) -> dict[Path, str]:
    """Each folder's own name, with as many of the folders above it as set it apart from the others.

    Folders that differ in nothing but case get names that differ in nothing else.
    """
    keys = {folder: tuple(map(name_key, folder.parts)) for folder in folders}
    bearers = Counter(key[-length:] for key in set(keys.values()) for length in range(1, len(key) + 1))
    names = {}
    for folder, key in keys.items():
        length = next(length for length in range(1, len(key) + 1) if bearers[key[-length:]] == 1)
        names[folder] = _SEPARATOR.join(album_name(part) or _NAMELESS for part in folder.parts[-length:])
    return names


def _plain(sign: str) -> str:
    match unicodedata.category(sign):
        case "Cc":
            return " "
        case "Cs":
            return "\ufffd"
        case _:
            return sign
