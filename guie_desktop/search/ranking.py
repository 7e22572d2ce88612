"""What a query is compared with, and what its scores mean: a space, or scores that are known for every photo."""

from collections.abc import Callable
from dataclasses import dataclass

from guie_desktop.arrays import Embedding
from guie_desktop.search.indexed_rows import StoredRows
from guie_desktop.search.likeness import Scale
from guie_desktop.search.nearness import Nearness
from guie_desktop.search.part_space import PartSpace


@dataclass(frozen=True, slots=True)
class Ranking:
    """How a query ranks the photos of a library."""

    near: Nearness
    """The keys of the photos, by their scores."""
    features: StoredRows
    """What these keys stand for."""
    cutoff: float | None
    """The score from which on hits count as similar."""
    probability: Callable[[float], float | None]
    """How likely a hit with this score is right, where that is known."""
    head: str
    """What made the scores."""
    vector: Embedding | None = None
    """What the rows were compared with; None where the scores come from elsewhere."""
    scale: Scale | None = None
    """How alike its hits are; None where the scores are no likeness."""
    personal: float = 0.0
    """How much of it was learned from the albums, between 0 and 1."""
    known: tuple[str, ...] = ()
    """The words of the query that the classifier knows, where it was asked."""
    unknown: tuple[str, ...] = ()
    """Those that it does not know."""
    knows: int = 0
    """How many things it knows by name; 0 where it was not asked."""
    is_recognition: bool = False
    """Whether the scores are a classifier's probabilities."""
    parts: PartSpace | None = None
    """The parts of photos that the keys stand for; None where they stand for all of a photo."""
