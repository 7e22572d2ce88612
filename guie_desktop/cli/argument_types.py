"""The values that options take; each is told in words what it must be where it is not."""

import argparse
import os
from datetime import date
from pathlib import Path

from guie_desktop.domain import FITTED_HEAD, GENERAL_HEAD, MOST_STARS, Region
from guie_desktop.filing import LARGEST_COPY, SMALLEST_COPY
from guie_desktop.learning.losses import LOSSES

_LONGEST_PATH = 4095
_LONGEST_NUMBER = 18
"""Digits of a number in the catalog."""
_GENERAL = "general-"


def day(text: str) -> date | str:
    """A day, or nothing for the newest copy."""
    try:
        return date.fromisoformat(text) if text else ""
    except ValueError as error:
        raise argparse.ArgumentTypeError("must be a day such as 2026-11-27") from error


def copy_name(text: str) -> date | int | str:
    """A day, the number of `before-N`, or nothing for the newest copy."""
    number = text.removeprefix("before-")
    if number != text and number.isdecimal():
        return int(number)
    try:
        return day(text)
    except argparse.ArgumentTypeError as error:
        raise argparse.ArgumentTypeError(
            "must be a day such as 2026-11-27, or a name as in: doctor --copies"
        ) from error


def any_day(text: str) -> date:
    """A day."""
    found = day(text)
    if not isinstance(found, date):
        raise argparse.ArgumentTypeError("must be a day such as 2026-11-27")
    return found


def kind(text: str) -> str:
    """What a photo is, or the end of a file's name."""
    return text.lower().lstrip(".")


def listed(text: str) -> tuple[str, ...]:
    """Names with commas between, each once."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise argparse.ArgumentTypeError("must be one name or more, with commas between")
    return names


def losses(text: str) -> tuple[str, ...]:
    """Names of losses, or all."""
    names = tuple(LOSSES) if text == "all" else listed(text)
    unknown = [name for name in names if name not in LOSSES]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no loss {unknown[0]}; there are {', '.join(LOSSES)}")
    return names


def head_id(text: str) -> int:
    """The id of a head from its name; see `head_name`."""
    if text == "general":
        return GENERAL_HEAD
    if text == "fitted":
        return FITTED_HEAD
    number = text.removeprefix(_GENERAL)
    if not number.isdecimal() or len(number) > _LONGEST_NUMBER:
        raise argparse.ArgumentTypeError("must be the number of a head, general, fitted, or such as general-2")
    return int(number) if number == text else FITTED_HEAD - int(number)


def head_name(head: int) -> str:
    """What the head with this id is called on the command line."""
    if head == GENERAL_HEAD:
        return "general"
    if head == FITTED_HEAD:
        return "fitted"
    return str(head) if head > GENERAL_HEAD else f"{_GENERAL}{FITTED_HEAD - head}"


def path(text: str) -> Path:
    """A path that a system can take."""
    if not text:
        raise argparse.ArgumentTypeError("must not be empty")
    if len(os.fsencode(text)) > _LONGEST_PATH:
        raise argparse.ArgumentTypeError(
            f"is longer than the {_LONGEST_PATH:,} bytes that systems take; change to a folder on its way first"
        )
    return Path(text)


def positive(text: str) -> int:
    """A number from 1 on."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def stars(text: str) -> int:
    """A rating."""
    number = int(text)
    if not 1 <= number <= MOST_STARS:
        raise argparse.ArgumentTypeError(f"must be between 1 and {MOST_STARS}")
    return number


def copy_size(text: str) -> int:
    """Pixels of the longest side of a copy."""
    number = int(text)
    if not SMALLEST_COPY <= number <= LARGEST_COPY:
        raise argparse.ArgumentTypeError(f"must be between {SMALLEST_COPY} and {LARGEST_COPY:,} pixels")
    return number


def file_size(text: str) -> int:
    """Bytes of a file."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def quality(text: str) -> int:
    """Of a JPEG."""
    number = int(text)
    if not 1 <= number <= 100:
        raise argparse.ArgumentTypeError("must be between 1 and 100")
    return number


def held_out_share(text: str) -> float:
    """The share of the classes that a study is not trained on."""
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 0.5:
        raise argparse.ArgumentTypeError("must be a number between 0 and 0.5")
    return share


def run_name(text: str) -> str:
    """The name of a training, whose folder lies directly in the study's folder of trainings."""
    if not text or text in {".", ".."} or "/" in text or "\\" in text:
        raise argparse.ArgumentTypeError("must be the name of one folder, without slashes")
    return text


def seed(text: str) -> int:
    """A number that chance may begin with."""
    number = int(text)
    if not 0 <= number < 2**63:
        raise argparse.ArgumentTypeError("must be 0 or more, and below 2 to the 63")
    return number


def region(text: str) -> Region:
    """A part of a photo: left, top, width and height as fractions."""
    try:
        x, y, width, height = (float(part) for part in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError("must be four numbers, such as 0.25,0.25,0.5,0.5") from error
    inside = 0 <= x < 1 and 0 <= y < 1 and 0 < width <= 1 - x + 1e-6 and 0 < height <= 1 - y + 1e-6
    if not inside:
        raise argparse.ArgumentTypeError("must lie inside the photo: fractions between 0 and 1")
    return x, y, width, height
