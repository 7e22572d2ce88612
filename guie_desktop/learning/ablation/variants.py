"""What the two ablations compare, and the figures that come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from guie_desktop.learning.losses import DEFAULT_LOSS
from guie_desktop.learning.testing.confidence_interval import ConfidenceInterval

Method = Literal["raw", "pooled", "general", "plain", "ours"]
"""The features themselves, the study's zero-shot pooling, the general head; trained as the study does, as we do."""
ZERO_SHOT: tuple[Method, ...] = ("raw", "pooled", "general")
TRAINED: tuple[Method, ...] = ("plain", "ours")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of ranking."""

    backbone: str
    method: Method
    loss: str = ""
    """Empty where nothing is trained."""


@dataclass(frozen=True, slots=True)
class VariantResult:
    """What one variant reached; of several seeds, the mean for each query."""

    variant: Variant
    dimension: int
    seeds: int
    """Trainings that were averaged; 0 where nothing is trained."""
    mmp5: ConfidenceInterval
    p1: ConfidenceInterval
    seed_std: float
    """Standard deviation of mMP@5 from seed to seed; 0 for fewer than two."""
    paired_difference: ConfidenceInterval | None
    """In mMP@5, query by query, from the first variant with the same method; None for that one."""


def backbone_variants(backbones: Sequence[str]) -> list[Variant]:
    """The first ablation: each backbone without training, and trained with the default loss."""
    variants: list[Variant] = []
    for backbone in backbones:
        variants += [Variant(backbone, method) for method in ZERO_SHOT]
        variants.append(Variant(backbone, "ours", DEFAULT_LOSS))
    return variants


def loss_variants(backbone: str, losses: Sequence[str]) -> list[Variant]:
    """The second ablation: each loss, trained both ways."""
    return [Variant(backbone, method, loss) for loss in losses for method in TRAINED]
