"""How Lance is told which photos of a shared library are meant."""

import math
from collections.abc import Iterator

from guie_desktop.asking import SharedFilter
from guie_desktop.shared_library.schema import PATH, TAKEN


def predicate(which: SharedFilter) -> str:
    """A filter as a predicate of SQL; empty where nothing is asked for. ValueError where a number is not finite."""
    return " AND ".join(_conditions(which))


def _conditions(which: SharedFilter) -> Iterator[str]:
    if which.since is not None:
        yield f"{TAKEN} >= {number(which.since)}"
    if which.until is not None:
        yield f"{TAKEN} < {number(which.until)}"
    if which.folder:
        # A range, which an index of the paths answers: "0" is the character that follows "/".
        below = which.folder.rstrip("/")
        yield f"{PATH} >= {quoted(below + '/')} AND {PATH} < {quoted(below + '0')}"
    if which.text:
        yield f"strpos(lower({PATH}), {quoted(which.text.lower())}) > 0"


def quoted(text: str) -> str:
    """A text as a literal of SQL, in which nothing but a quote means anything."""
    return "'" + text.replace("'", "''") + "'"


def number(value: float) -> str:
    """A number as a literal of SQL, neither rounded nor taken for an integer; ValueError where it is not finite."""
    if not math.isfinite(value):
        raise ValueError("a filter has finite numbers")
    return f"CAST({float(value)!r} AS DOUBLE)"
