"""How many classes and photos of each domain are kept, and which rule left out how many of the others."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guie_desktop.study.curation.candidates import INDEX, QUERY, TRAIN, Candidates
from guie_desktop.study.curation.fates import WHY, Fate

ALL = "all"
"""The name of the last row, which sums up the others."""
_SPLITS = {"train": TRAIN, "query": QUERY, "index": INDEX}


@dataclass(frozen=True, slots=True)
class DomainCounts:
    """Of one domain, or of all."""

    domain: str
    read: int
    """Photos that its data sets list; `photos` and `dropped` add up to them."""
    photos: int
    """That are kept."""
    train_classes: int
    """With nothing held out by chance, these and `splits["train"]` are what the study's table of its data tells."""
    held_out_classes: int
    splits: dict[str, int]
    """Photos by what they are for."""
    dropped: dict[str, int]
    """Photos by the key of their fate; rules that left out none are not in it."""

    def as_json(self) -> dict[str, Any]:
        """For files and answers."""
        return asdict(self)


def count(candidates: Candidates, splits: NDArray[np.int8]) -> list[DomainCounts]:
    """The counts of each domain, in the order of their names, and of all."""
    domain_of = candidates.domain_of[candidates.class_of]
    parts = [domain_of == number for number in range(len(candidates.domains))]
    parts.append(np.ones(len(domain_of), bool))
    return [
        _count(name, candidates, splits, part) for name, part in zip([*candidates.domains, ALL], parts, strict=True)
    ]


def _count(name: str, candidates: Candidates, splits: NDArray[np.int8], part: NDArray[np.bool_]) -> DomainCounts:
    by_fate = np.bincount(candidates.fates[part], minlength=len(Fate))
    kept = part & (candidates.fates == Fate.KEPT)
    classes = candidates.class_of[kept]
    return DomainCounts(
        name,
        int(part.sum()),
        int(kept.sum()),
        len(np.unique(classes[splits[kept] == TRAIN])),
        len(np.unique(classes[splits[kept] != TRAIN])),
        {key: int((splits[kept] == split).sum()) for key, split in _SPLITS.items()},
        {fate.key: int(by_fate[fate]) for fate in WHY if by_fate[fate]},
    )


def count_lines(counts: Sequence[DomainCounts]) -> list[str]:
    """A table for people, of what is trained on and what is held out, and below it why the others were left out."""
    heads = ("domain", "read", "kept", "classes", "photos", "held out", "queries", "index")
    rows = [(one.domain, *(f"{number:,}" for number in _numbers(one))) for one in counts]
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in (heads, *rows)
    ]
    whole = counts[-1].dropped
    return [
        *lines,
        *(f"left out: {whole[fate.key]:,} photos ({why})" for fate, why in WHY.items() if fate.key in whole),
    ]


def _numbers(counts: DomainCounts) -> tuple[int, ...]:
    trained, *tested = counts.splits.values()
    return counts.read, counts.photos, counts.train_classes, trained, counts.held_out_classes, *tested
