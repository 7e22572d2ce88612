"""Classes of different data sets that bear the same name, or the same files: they may be one thing."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from guie_desktop.library.plain_words import words_in

Why = Literal["name", "look"]


@dataclass(frozen=True, slots=True, order=True)
class SameThing:
    """Two classes that seem to be one thing; that they are is for people to say, so both stay as they are."""

    one: str
    """Its label in the manifest."""
    other: str
    why: Why
    likeness: float = 1.0
    """Cosine of their mean features; 1 where the names tell."""

    def as_json(self) -> dict[str, Any]:
        """For answers."""
        return asdict(self)


def same_names(labels: Iterable[str]) -> list[SameThing]:
    """Pairs of classes ("dataset/class") of different data sets whose names are the same words; numbers are no names.

    Case, accents, and what stands between the words do not matter, nor does the order of the words.
    """
    by_name: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for label in labels:
        words = tuple(sorted(words_in(label.split("/", 1)[1])))
        if any(word.isalpha() for word in words):
            by_name[words].append(label)
    pairs = (pair for known in by_name.values() for pair in combinations(sorted(known), 2))
    return sorted(SameThing(one, other, "name") for one, other in pairs if data_set_of(one) != data_set_of(other))


def data_set_of(label: str) -> str:
    """The data set that a class is from."""
    return label.split("/", 1)[0]


def write_same_things(path: Path, found: Sequence[SameThing]) -> None:
    """As a table of comma-separated values, with a line of heads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([field.name for field in fields(SameThing)])
        rows.writerows(astuple(one) for one in found)
