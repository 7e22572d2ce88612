"""The numbers by which a head is learned; how they were chosen is in learning/README.md."""

from dataclasses import asdict, dataclass

from guie_desktop.learning.losses import DEFAULT_LOSS


@dataclass(frozen=True, slots=True)
class Recipe:
    """What can differ between two trainings on the same albums."""

    loss: str = DEFAULT_LOSS
    dimension: int = 256
    """Length of the personal embedding."""
    shrinkage: float = 0.3
    """How far the spread within albums is pulled towards being the same in all directions, in average spreads."""
    blend: float = 0.4
    """Share of the trained layer; the rest is the one that training starts from (Wortsman et al., 2022)."""
    epochs: int = 8
    most_steps: int = 1200
    batch: int = 128
    learning_rate: float = 6e-3
    dropout: float = 0.4
    seed: int = 42

    def facts(self) -> dict[str, str | int | float]:
        """By name, as a head file has them."""
        return asdict(self)
