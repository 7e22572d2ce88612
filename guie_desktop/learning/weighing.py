"""How fast a personal head gets its say, chosen on held-out photos: of its own albums and of those it has not seen.

Nearness to what was sorted means different things in different libraries. Where only some of the photos of each thing
are sorted, few sorted neighbours speak for the personal head; where two albums are complete and a third thing looks
like both, they do not. What becomes of things that look like none of the albums cannot be tested, as nobody has said
what they are; so no curve is taken that rises much sooner than the albums' own photos need.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from guie_desktop.embedding.head import Floats
from guie_desktop.embedding.weight_curve import CURVES, WeightCurve
from guie_desktop.learning.curation import Ints

_LOSS_COUNTS = 3.0
"""A loss of what was not learned, against a gain of what was: what search does already must not get worse."""
_SOONEST = 0.4
"""Of the share that the albums' own photos commonly have: where a curve may be full."""
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """Gains in mMP@5 of Q queries under each of the K `CURVES`."""

    gains: Floats
    """(K, Q); nan where nothing could be found."""
    groups: Ints
    """(Q,) near-duplicates have the same number: they tell one thing several times."""
    shares: Floats
    """(Q,) of their neighbours that were taught."""

    @classmethod
    def joined(cls, parts: "Sequence[Gains]") -> "Gains":
        """The queries of all parts."""
        return cls(
            np.concatenate([part.gains for part in parts], axis=1),
            np.concatenate([part.groups for part in parts]),
            np.concatenate([part.shares for part in parts]),
        )

    def judged(self) -> "Gains":
        """Without those for which nothing could be found."""
        known = ~np.isnan(self.gains).any(axis=0)
        return Gains(self.gains[:, known], self.groups[known], self.shares[known])

    def means(self) -> Floats:
        """(K,); 0 where there are no queries."""
        means: Floats = self.gains.sum(axis=1) / max(self.gains.shape[1], 1)
        return means

    def weighed(self, factors: Floats) -> "Gains":
        """With a factor for each curve (K,)."""
        return replace(self, gains=self.gains * factors[:, np.newaxis])

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
    if len(known.shares):
        soonest = _SOONEST * float(np.median(known.shares)) - _ROUNDING
        worth[[curve.full < soonest for curve in CURVES]] = -np.inf
    best = int(worth.argmax())
    error = np.sqrt(known.variances(best) + strange.variances(best))
    return CURVES[int(np.flatnonzero(worth >= worth[best] - error)[0])]
