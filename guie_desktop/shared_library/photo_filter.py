"""Which photos of a shared library are meant, and how Lance is told so."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from guie_desktop.shared_library.schema import PATH, TAKEN


@dataclass(frozen=True, slots=True)
class PhotoFilter:
    """What a photo must be like; what is left out is not asked for."""

    since: float | None = None
    """Taken then or later, in seconds since the epoch; photos whose date is not known do not pass."""
    until: float | None = None
    """Taken before then."""
    folder: str = ""
    """Where it lies, directly or below: the beginning of its path up to a slash."""
    text: str = ""
    """Somewhere in its path, whatever the case."""
    suffixes: tuple[str, ...] = ()
    """By which its name ends, as ".jpg", whatever the case; any of them."""

    def sql(self) -> str:
        """As a predicate of SQL; empty where nothing is asked for."""
        return " AND ".join(self._conditions())

    def _conditions(self) -> Iterator[str]:
        if self.since is not None:
            yield f"{TAKEN} >= {number(self.since)}"
        if self.until is not None:
            yield f"{TAKEN} < {number(self.until)}"
        if self.folder:
            # A range, which an index of the paths answers: "0" is the character that follows "/".
            below = self.folder.rstrip("/")
            yield f"{PATH} >= {quoted(below + '/')} AND {PATH} < {quoted(below + '0')}"
        if self.text:
            yield f"strpos(lower({PATH}), {quoted(self.text.lower())}) > 0"
        if self.suffixes:
            yield f"({' OR '.join(self._ends(suffix) for suffix in self.suffixes)})"

    @staticmethod
    def _ends(suffix: str) -> str:
        return f"ends_with(lower({PATH}), {quoted(suffix.lower())})"


EVERYTHING = PhotoFilter()


def quoted(text: str) -> str:
    """A text as a literal of SQL, in which nothing but a quote means anything."""
    return "'" + text.replace("'", "''") + "'"


def number(value: float) -> str:
    """A number as a literal of SQL, neither rounded nor taken for an integer; ValueError where it is not finite."""
    if not math.isfinite(value):
        raise ValueError("a filter has finite numbers")
    return f"CAST({float(value)!r} AS DOUBLE)"
