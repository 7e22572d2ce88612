"""What an evaluation says: mMP@5 and precision at 1, by domain and over all, with confidence intervals."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from guie_desktop.arrays import Floats
from guie_desktop.learning.data.curation import Ints
from guie_desktop.learning.testing.confidence_interval import (
    ConfidenceInterval,
    bootstrap_means,
    cluster_bootstrap,
    interval_of,
)

_SEED = 42
"""Of the bootstrap."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over queries, with 95 % intervals from drawing classes anew."""

    mmp5: ConfidenceInterval
    p1: ConfidenceInterval
    """Which UnED calls R@1."""


@dataclass(frozen=True, slots=True)
class DomainFigures:
    """What was found for the queries of one domain."""

    domain: str
    classes: int
    """Of the queries that count."""
    queries: int
    unmatched: int
    """Queries without a photo of their class in the index; they do not count."""
    index: int
    """Photos of the domain that are searched."""
    separate: Figures
    """Among the photos of the domain alone."""
    merged: Figures
    """Among those of all domains, as UnED has it."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Of one ranking."""

    domains: tuple[DomainFigures, ...]
    """By name; those without a query that counts have zeros."""
    separate: Figures
    """Means of the domains that have queries, each counting the same (UnED)."""
    merged: Figures
    every_query: Figures
    """In the merged index, each query counting the same, as the challenge (GUIEC) counts."""
    unread: int
    """Held-out photos that have no features, since they could not be read; nobody asks for them or finds them."""


@dataclass(frozen=True, slots=True, eq=False)
class JudgedQueries:
    """The Q queries that count, in the order of the manifest, and what each found in the merged index."""

    places: Ints
    """(Q,): rows of the manifest."""
    classes: Ints
    domains: Ints
    """(Q,): numbers of their domains, by name."""
    mmp5: Floats
    p1: Floats

    def save(self, file: Path) -> None:
        """As an .npz file, in a folder that is there."""
        np.savez_compressed(file, **{field.name: getattr(self, field.name) for field in fields(self)})

    @classmethod
    def load(cls, file: Path) -> "JudgedQueries":
        """What `save` wrote; OSError or ValueError if it is something else or damaged."""
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            return cls(**{field.name: stored[field.name] for field in fields(cls)})


@dataclass(frozen=True, slots=True, eq=False)
class QueryPrecisions:
    """Of Q queries; nan where no photo of the class is in the index."""

    mmp5: Floats
    p1: Floats

    def of(self, rows: Ints) -> "QueryPrecisions":
        """Those of some of the queries."""
        return QueryPrecisions(self.mmp5[rows], self.p1[rows])

    def figures(self, classes: Ints) -> Figures:
        """Their means; all have to count. `classes` (Q,) tell which of them belong together."""
        return Figures(cluster_bootstrap(self.mmp5, classes, _SEED), cluster_bootstrap(self.p1, classes, _SEED))


def mean_of_domains(parts: Sequence[tuple[QueryPrecisions, Ints]]) -> Figures:
    """The unweighted mean over domains, of which each has queries that all count, with the classes of these."""
    return Figures(
        _mean([(precisions.mmp5, classes) for precisions, classes in parts]),
        _mean([(precisions.p1, classes) for precisions, classes in parts]),
    )


def _mean(parts: Sequence[tuple[Floats, Ints]]) -> ConfidenceInterval:
    resampled = [bootstrap_means(values, classes, _SEED + number) for number, (values, classes) in enumerate(parts)]
    mean = float(np.mean([values.mean() for values, _ in parts]))
    return interval_of(mean, np.mean(resampled, axis=0))
