"""The hyper-parameters of a training; how they were chosen is in learning/README.md."""

from dataclasses import asdict, dataclass

from guie_desktop.learning.losses import DEFAULT_LOSS

_STORED_NAMES = {"wise_ft_alpha": "blend", "batch_size": "batch"}
"""Where head files have another name, which earlier versions gave."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What can differ between two trainings on the same albums."""

    loss: str = DEFAULT_LOSS
    dimension: int = 256
    """Length of the personal embedding."""
    shrinkage: float = 0.3
    """Weight of the identity that is added to the within-class covariance, in multiples of its mean eigenvalue."""
    wise_ft_alpha: float = 0.4
    """Weight of the trained layer in weight space; the rest is the layer that training starts from (WiSE-FT, Wortsman
    et al., 2022)."""
    epochs: int = 8
    batch_size: int = 128
    learning_rate: float = 6e-3
    dropout: float = 0.4
    seed: int = 42

    def as_stored(self) -> dict[str, str | int | float]:
        """By name, as a head file has them."""
        return {_STORED_NAMES.get(name, name): value for name, value in asdict(self).items()}
