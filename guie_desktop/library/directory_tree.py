"""The directories in which photos lie, as a tree with counts."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Directories:
    """What lies in the folders of a library; directories without photos, also deeper, are left out."""

    photos: Mapping[str, int] = field(default_factory=dict)
    """Directory to how many photos lie in it and deeper; as text, since thousands are read and few looked at."""
    inside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Directory to those that lie directly in it, by name."""


def tree_of(counts: Mapping[str, int], roots: Iterable[Path]) -> Directories:
    """The tree of directories at and below the roots, by how many photos lie in each itself."""
    tops = {str(root) for root in roots}
    total: dict[str, int] = {}
    inside: dict[str, set[str]] = {}
    for directory, count in counts.items():
        way = [directory]
        while way[-1] not in tops and len(parent := os.path.dirname(way[-1])) < len(way[-1]):  # noqa: PTH120 - fast
            way.append(parent)
        if way[-1] not in tops:
            continue
        for step, below in zip(way, (None, *way), strict=False):
            total[step] = total.get(step, 0) + count
            if below is not None:
                inside.setdefault(step, set()).add(below)
    return Directories(total, {one: tuple(sorted(below, key=_order)) for one, below in inside.items()})


def _order(directory: str) -> tuple[str, str]:
    return directory.casefold(), directory
