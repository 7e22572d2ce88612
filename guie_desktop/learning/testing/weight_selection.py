"""How fast the weight of a personal head rises, selected on held-out photos of its own albums and of unseen ones.

Nearness to what was sorted means different things in different libraries. Where only some of the photos of each thing
are sorted, few sorted neighbours speak for the personal head; where two albums are complete and a third thing looks
like both, they do not. What becomes of things that look like none of the albums cannot be tested, as nobody has said
what they are; so no curve is taken that rises much sooner than the albums' own photos need.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from guie_desktop.arrays import Floats
from guie_desktop.embedding.weight_curve import CURVES, WeightCurve
from guie_desktop.learning.data.curation import Ints

_LOSS_WEIGHT = 3.0
"""Of a loss of unseen classes, against a gain of those trained on: what search does already must not get worse."""
_MIN_FULL = 0.4
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
    """(Q,) of their neighbours that were trained on."""

    @classmethod
    def joined(cls, parts: "Sequence[Gains]") -> "Gains":
        """The queries of all parts."""
        return cls(
            np.concatenate([part.gains for part in parts], axis=1),
            np.concatenate([part.groups for part in parts]),
            np.concatenate([part.shares for part in parts]),
        )

    def matched(self) -> "Gains":
        """Without those for which nothing could be found."""
        is_matched = ~np.isnan(self.gains).any(axis=0)
        return Gains(self.gains[:, is_matched], self.groups[is_matched], self.shares[is_matched])

    def means(self) -> Floats:
        """(K,); 0 where there are no queries."""
        means: Floats = self.gains.sum(axis=1) / max(self.gains.shape[1], 1)
        return means

    def weighted(self, weights: Floats) -> "Gains":
        """With a weight for each curve (K,)."""
        return replace(self, gains=self.gains * weights[:, np.newaxis])

    def variances(self, best: int) -> Floats:
        """(K,) of the mean difference between this curve and each, clustered by group."""
        count = self.gains.shape[1]
        differences = self.gains[best] - self.gains
        differences = differences - differences.sum(axis=1, keepdims=True) / max(count, 1)
        _, group = np.unique(self.groups, return_inverse=True)
        sums = np.stack([np.bincount(group, row, 1) for row in differences])
        variances: Floats = np.square(sums).sum(axis=1) / max(count, 1) ** 2
        return variances


def select_curve(seen: Gains, unseen: Gains) -> WeightCurve:
    """The most careful curve that does as much good as any.

    `seen` are of photos whose albums were trained on, `unseen` of others. As much good is what is less than one
    standard error below the best: the one-standard-error rule (Breiman, Friedman, Olshen, Stone: Classification and
    Regression Trees, 1984).
    """
    seen, unseen = seen.matched(), unseen.matched()
    unseen = unseen.weighted(np.where(unseen.means() < 0, _LOSS_WEIGHT, 1.0))
    utility = seen.means() + unseen.means()
    if len(seen.shares):
        min_full = _MIN_FULL * float(np.median(seen.shares)) - _ROUNDING
        utility[[curve.full < min_full for curve in CURVES]] = -np.inf
    best = int(utility.argmax())
    error = np.sqrt(seen.variances(best) + unseen.variances(best))
    return CURVES[int(np.flatnonzero(utility >= utility[best] - error)[0])]
