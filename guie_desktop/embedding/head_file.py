"""The file that a head is carried in: what it says of itself, its numbers, and a checksum over both.

A magic line, SHA-256 of the rest, one line of JSON, then the numbers. Reading it runs nothing that it contains.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from guie_desktop.errors import UserError
from guie_desktop.learned import Quality

_DIGEST_BYTES = 32
_LONGEST_LINE = 1 << 22
"""Of the JSON; objects made of it take some fifty times its length."""
_MOST = 1 << 31
_LARGEST = 1e4


def packed(magic: bytes, facts: Mapping[str, Any], numbers: bytes) -> bytes:
    """The file; `facts` must be writable as JSON."""
    content = json.dumps(facts).encode() + b"\n" + numbers
    return magic + hashlib.sha256(content).digest() + content


def unpacked(magic: bytes, stored: bytes) -> tuple[dict[str, Any], bytes]:
    """Facts and numbers of what `packed` wrote; ValueError if it is something else or damaged."""
    start = len(magic) + _DIGEST_BYTES
    content = stored[start:]
    if not stored.startswith(magic) or stored[len(magic) : start] != hashlib.sha256(content).digest():
        raise ValueError("not a head, or damaged")
    line, _, numbers = content.partition(b"\n")
    if len(line) > _LONGEST_LINE:
        raise ValueError("a head says less of itself")
    try:
        facts = json.loads(line)
    except RecursionError as error:  # brackets within brackets
        raise ValueError("not a head") from error
    if not isinstance(facts, dict):
        raise ValueError("not a head")  # noqa: TRY004  # of the file, not of the program
    return facts, numbers


def unreadable_head() -> UserError:
    """What to say of a file that is no head."""
    return UserError(
        "This file holds nothing that was learned, or it is damaged.", "Export it again, or train a new one."
    )


# What a file says of itself is believed only where it is what `packed` was given; ValueError or TypeError otherwise.


def count_in(value: Any) -> int:
    """A number of things of which there is at least one."""
    if type(value) is not int or not 1 <= value <= _MOST:
        raise ValueError("not a number of things")
    return value


def number_in(value: Any) -> float:
    """A number of everyday size."""
    if type(value) not in (int, float) or not abs(value) <= _LARGEST:  # nan is not below anything
        raise ValueError("a number is missing or out of bounds")
    return float(value)


def text_in(value: Any) -> str:
    """A text."""
    if not isinstance(value, str):
        raise TypeError("a text is missing")
    return value


def plain_in(value: Any) -> str | int | float:
    """A text or a number of everyday size."""
    return value if isinstance(value, str) or type(value) is int else number_in(value)


def quality_in(value: Any) -> Quality | None:
    """How a head did in a test, or None where none is told."""
    if value is None:
        return None
    mmp5, p1, low, high = (number_in(value[name]) for name in ("mmp5", "p1", "low", "high"))
    unlabelled = value["unlabelled"]
    return Quality(mmp5, p1, low, high, None if unlabelled is None else number_in(unlabelled))
