"""How fast a personal head gets its say, chosen on held-out photos: of its own albums and of those it has not seen.

Nearness to what was sorted means different things in different libraries. Where only some of the photos of each thing
are sorted, few sorted neighbours speak for the personal head; where two albums are complete and a third thing looks
like both, they do not.
"""

from dataclasses import dataclass

import numpy as np

from guie_desktop.embedding.head import Floats
from guie_desktop.embedding.weight_curve import CURVES, WeightCurve
from guie_desktop.learning.curation import Ints

_LOSS_COUNTS = 3.0
"""A loss of what was not learned, against a gain of what was: what search does already must not get worse."""


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """Gains in mMP@5 of Q queries under each of the K `CURVES`."""

    gains: Floats
    """(K, Q); nan where nothing could be found."""
    groups: Ints
    """(Q,) near-duplicates have the same number: they tell one thing several times."""

    def judged(self) -> "Gains":
        """Without those for which nothing could be found."""
        known = ~np.isnan(self.gains).any(axis=0)
        return Gains(self.gains[:, known], self.groups[known])

    def means(self) -> Floats:
        """(K,); 0 where there are no queries."""
        means: Floats = self.gains.sum(axis=1) / max(self.gains.shape[1], 1)
        return means

    def weighed(self, factors: Floats) -> "Gains":
        """With a factor for each curve (K,)."""
        return Gains(self.gains * factors[:, np.newaxis], self.groups)

    def variances(self, best: int) -> Floats:
        """(K,) of the mean difference between this curve and each, groups being drawn, not queries."""
        count = self.gains.shape[1]
        differences = self.gains[best] - self.gains
        differences = differences - differences.sum(axis=1, keepdims=True) / max(count, 1)
        _, group = np.unique(self.groups, return_inverse=True)
        sums = np.stack([np.bincount(group, row, 1) for row in differences])
        variances: Floats = np.square(sums).sum(axis=1) / max(count, 1) ** 2
        return variances


def best_curve(known: Gains, strange: Gains) -> WeightCurve:
    """The most careful curve that does as much good as any.

    `known` are of photos whose albums were learned, `strange` of others. As much good is what is less than one standard
    error below the best (Breiman et al.: Classification and Regression Trees, 1984).
    """
    known, strange = known.judged(), strange.judged()
    strange = strange.weighed(np.where(strange.means() < 0, _LOSS_COUNTS, 1.0))
    worth = known.means() + strange.means()
    best = int(worth.argmax())
    error = np.sqrt(known.variances(best) + strange.variances(best))
    return CURVES[int(np.flatnonzero(worth >= worth[best] - error)[0])]
