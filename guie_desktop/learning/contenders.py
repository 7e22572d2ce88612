"""What the two ablations compare, and the figures that come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from guie_desktop.learning.interval import Interval
from guie_desktop.learning.losses import DEFAULT_LOSS

Method = Literal["raw", "pooled", "general", "plain", "ours"]
"""The features themselves, the study's zero-shot pooling, the general head; trained as the study does, as we do."""
ZERO_SHOT: tuple[Method, ...] = ("raw", "pooled", "general")
TRAINED: tuple[Method, ...] = ("plain", "ours")


@dataclass(frozen=True, slots=True)
class Contender:
    """One way of ranking."""

    backbone: str
    method: Method
    loss: str = ""
    """Empty where nothing is trained."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How one contender fared; of several seeds, the mean for each query."""

    contender: Contender
    dimension: int
    seeds: int
    """Trainings that were averaged; 0 where nothing is trained."""
    mmp5: Interval
    p1: Interval
    spread: float
    """Standard deviation of mMP@5 from seed to seed; 0 for fewer than two."""
    ahead: Interval | None
    """In mMP@5, query by query, of the first contender with the same method; None for that one."""


def backbone_contenders(backbones: Sequence[str]) -> list[Contender]:
    """The first study: each backbone without training, and trained with the default loss."""
    contenders: list[Contender] = []
    for backbone in backbones:
        contenders += [Contender(backbone, method) for method in ZERO_SHOT]
        contenders.append(Contender(backbone, "ours", DEFAULT_LOSS))
    return contenders


def loss_contenders(backbone: str, losses: Sequence[str]) -> list[Contender]:
    """The second study: each loss, trained both ways."""
    return [Contender(backbone, method, loss) for loss in losses for method in TRAINED]
