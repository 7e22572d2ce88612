"""What the variants of an ablation reached, and by how much each is ahead of the first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from guie_desktop.arrays import Floats
from guie_desktop.learning.data.curation import Ints
from guie_desktop.learning.testing.confidence_interval import ConfidenceInterval
from guie_desktop.study.evaluation.figures import Figures, JudgedQueries, QueryPrecisions, mean_of_domains


@dataclass(frozen=True, slots=True)
class VariantResult:
    """Of one variant; of several seeds, the mean for each query."""

    name: str
    backbone: str
    method: str
    """`raw` or `trained`."""
    loss: str
    """Empty where nothing is trained."""
    dimension: int
    classes: int
    """That were trained on."""
    photos: int
    """That were trained on."""
    seeds: int
    """Trainings that were averaged; 0 where nothing is trained."""
    mean: Figures
    """Of the domains, in the merged index."""
    domains: Mapping[str, Figures]
    seed_std: float
    """Standard deviation of the mean's mMP@5 from seed to seed; 0 for fewer than two."""
    ahead: ConfidenceInterval | None
    """In mMP@5, query by query, from the first variant of the same method; None for that one."""


@dataclass(frozen=True, slots=True, eq=False)
class QueriesOfSeeds:
    """What one variant found for each query, by seed."""

    queries: Sequence[JudgedQueries]

    def average(self) -> JudgedQueries:
        """Of all seeds, which have the same queries."""
        first = self.queries[0]
        mmp5, p1 = (
            np.stack([getattr(one, name) for one in self.queries]).mean(axis=0, dtype=np.float32)
            for name in ("mmp5", "p1")
        )
        return JudgedQueries(first.places, first.classes, first.domains, mmp5, p1)

    def spread(self) -> float:
        """The standard deviation of the means over domains."""
        means = [np.mean([one.mmp5[part].mean() for part in parts_of(one)]) for one in self.queries]
        return float(np.std(means, ddof=1)) if len(means) > 1 else 0.0


def parts_of(queries: JudgedQueries) -> list[Ints]:
    """The queries of each domain that has any, in the order of their numbers."""
    return [np.flatnonzero(queries.domains == number) for number in np.unique(queries.domains)]


def mean_figures(queries: JudgedQueries) -> Figures:
    """The mean of the domains."""
    precisions = QueryPrecisions(queries.mmp5, queries.p1)
    return mean_of_domains([(precisions.of(part), queries.classes[part]) for part in parts_of(queries)])


def domain_figures(queries: JudgedQueries, names: Sequence[str]) -> dict[str, Figures]:
    """By the name of the domain; `names` are in the order of their numbers."""
    precisions = QueryPrecisions(queries.mmp5, queries.p1)
    return {
        names[int(queries.domains[part[0]])]: precisions.of(part).figures(queries.classes[part])
        for part in parts_of(queries)
    }


def ahead_of(queries: JudgedQueries, reference: JudgedQueries) -> ConfidenceInterval:
    """The mean over domains of how much better the queries that both have are answered."""
    _, own, other = np.intersect1d(queries.places, reference.places, return_indices=True)
    difference: Floats = queries.mmp5[own] - reference.mmp5[other]
    both = JudgedQueries(queries.places[own], queries.classes[own], queries.domains[own], difference, difference)
    return mean_figures(both).mmp5
