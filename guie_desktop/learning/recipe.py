"""The numbers by which a head is learned; how they were chosen is in learning/README.md."""

from dataclasses import asdict, dataclass

from guie_desktop.learning.losses import DEFAULT_LOSS


@dataclass(frozen=True, slots=True)
class Recipe:
    """What can differ between two trainings on the same albums."""

    loss: str = DEFAULT_LOSS
    dimension: int = 192
    """Length of the personal embedding."""
    width: int = 256
    """Directions that are kept for the training, before the embedding is cut to its dimension."""
    shrinkage: float = 0.4
    """How far the spread within albums is pulled towards being the same in all directions, in average spreads."""
    blend: float = 0.4
    """Share of the trained projection; the rest is the one that training starts from (Wortsman et al., 2022)."""
    epochs: int = 10
    most_steps: int = 1200
    batch: int = 128
    learning_rate: float = 8e-3
    dropout: float = 0.4
    seed: int = 42

    def facts(self) -> dict[str, str | int | float]:
        """By name, as a head file has them."""
        return asdict(self)
