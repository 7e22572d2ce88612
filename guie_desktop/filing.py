"""How copies of photos are made and how files are named: the values that window, command line and worker share."""

import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence

WhereTaken = Literal["both", "replace", "skip"]
"""What becomes of a copy whose name another file has: both are kept, the other one goes, or it is left out."""
WHERE_TAKEN: tuple[WhereTaken, ...] = ("both", "replace", "skip")

ORIGINAL_NAME = "{name}"
SMALLEST_COPY, LARGEST_COPY = 16, 20_000
"""Pixels of the longest side that can be asked for."""
DEFAULT_QUALITY = 90

_PART = re.compile(r"\{([^{}]*)\}")
_PARTS = ("name", "date", "time", "year", "month", "day", "number", "title")
# What some file system of a stick or a server refuses; those of Windows refuse most.
_REFUSED = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
_LONGEST = 200
"""Bytes of a name without its end, so that a number can still be added."""


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """How photos are copied to a folder."""

    folder: Path
    size: int | None = None
    """Pixels of the longest side of JPEGs that are made of the photos; None copies the files as they are."""
    quality: int = DEFAULT_QUALITY
    """Of these JPEGs, from 1 to 100."""
    names: str = ORIGINAL_NAME
    """A template; see `name_by`."""
    title: str = ""
    """Of the album or search that the photos come from."""
    where_taken: WhereTaken = "both"
    with_companions: bool = True
    """Whether the files that belong to an original go along."""
    with_notes: bool = False
    """Whether a file of notes (XMP) is written beside each copy: its albums, its rating, when it was taken."""


@dataclass(frozen=True, slots=True)
class FileMove:
    """The file of a photo is to be elsewhere, or to have another name."""

    photo: int
    source: Path
    target: Path


def check_template(template: str) -> None:
    """UserError where the template asks for something that there is not, or would call all copies nothing."""
    unknown = [part for part in _PART.findall(template) if part not in _PARTS]
    if unknown:
        raise UserError(
            Sentence("There is no {part} in a name.", part=f"{{{unknown[0]}}}"),
            Sentence("What can stand there: {parts}.", parts=", ".join(f"{{{part}}}" for part in _PARTS)),
        )
    if not template.strip(" ."):
        raise UserError(
            "The photos need names.",
            Sentence("Write one, or {name} for that of the file.", name=ORIGINAL_NAME),
        )


def name_by(template: str, path: Path, taken: float, *, number: int, of: int, title: str = "") -> str:
    """The name of a photo without its end, such as ".jpg".

    In the template {name} stands for the name of its file, {date}, {time}, {year}, {month} and {day} for when it was
    `taken` (seconds since the epoch), {number} for its place among so many, {title} for where the photos come from.
    """
    if template == ORIGINAL_NAME:
        return path.stem
    when = datetime.fromtimestamp(taken)
    values = {
        "name": path.stem,
        "date": f"{when:%Y-%m-%d}",
        "time": f"{when:%H.%M.%S}",
        "year": f"{when:%Y}",
        "month": f"{when:%m}",
        "day": f"{when:%d}",
        "number": str(number).zfill(len(str(of))),
        "title": title,
    }
    return safe_name(_PART.sub(lambda found: values.get(found[1], found[0]), template)) or path.stem


def safe_name(text: str) -> str:
    """The text as a file's name that all usual systems take, without its end; perhaps empty."""
    name = _REFUSED.sub("-", text).strip().rstrip(" .")
    while len(os.fsencode(name)) > _LONGEST:
        name = name[:-1].rstrip(" .")
    return name


def numbered(stem: str, number: int) -> str:
    """The same name for another file."""
    return stem if number < 2 else f"{stem} ({number})"


def in_free_order(moves: list[FileMove]) -> list[FileMove]:
    """The same moves, so ordered that each finds its place left by then, as far as one of them waits for another.

    Where several wait for each other in a circle, one of them steps aside and moves twice.
    """
    waiting = {move.source: move for move in moves if move.source != move.target}
    ordered: list[FileMove] = []
    while waiting:
        free = [move for move in waiting.values() if move.target not in waiting]
        for move in free:
            ordered.append(move)
            del waiting[move.source]
        if not free:
            first = next(iter(waiting.values()))
            aside = first.target.with_name(f"{first.source.stem} (moving {first.photo}){first.source.suffix}")
            ordered.append(FileMove(first.photo, first.source, aside))
            del waiting[first.source]
            waiting[aside] = FileMove(first.photo, aside, first.target)
    return ordered
