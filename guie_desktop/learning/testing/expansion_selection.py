"""Whether queries are expanded by what is most like them, chosen on held-out photos once the weight curve is.

It draws forward what lies deeper, which the first five ranks hardly show; so it is judged by average precision.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guie_desktop.arrays import Floats
from guie_desktop.learning.data.curation import Ints
from guie_desktop.learning.testing.confidence_interval import cluster_bootstrap


@dataclass(frozen=True, slots=True, eq=False)
class ExpansionGains:
    """What Q queries gain in average precision when they are expanded."""

    gains: Floats
    """(Q,); nan where nothing could be found."""
    groups: Ints
    """(Q,) near-duplicates have the same number."""

    @classmethod
    def joined(cls, parts: "Sequence[ExpansionGains]") -> "ExpansionGains":
        """The queries of all parts that could find something."""
        gains, groups = (np.concatenate([getattr(part, of) for part in parts]) for of in ("gains", "groups"))
        return cls(gains[~np.isnan(gains)], groups[~np.isnan(gains)])


def select_expansion(seen: ExpansionGains, unseen: ExpansionGains, seed: int) -> bool:
    """Whether photos of the albums that were trained on surely gain, and those of others do not surely lose.

    Sure is what lies on one side of 0 with its 95 % interval.
    """
    gained, kept = (cluster_bootstrap(part.gains, part.groups, seed) for part in (seen, unseen))
    return gained.low > 0 and kept.high >= 0
