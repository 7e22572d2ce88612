"""What a training of a general head is told; light, so that the presets can be named without loading torch."""

import hashlib
import json
import math
from dataclasses import asdict, dataclass
from typing import Any, Literal

from guie_desktop.learning.training import study_hyperparameters as study

Preset = Literal["study", "ours"]
Inputs = Literal["standardised", "within-class"]

_MOST_BYTES = 4 << 30
"""That a step may take for the classes it is trained against."""
_NUMBER = 4
"""Bytes of a float32."""
_LOGIT_COPIES = 4
"""Of the logits (B, C) and of the cosines (B, C, k), which the loss and its gradient keep at once."""
_CENTRES = {"sub-center-arcface": 3}
"""Of a class, where a loss has several by default."""
_SHARE = 0.1
"""Of the classes, where they do not fit; with it Partial FC trains as well as with all."""


@dataclass(frozen=True, slots=True)
class HeadRecipe:
    """What can differ between two trainings on the same features; the defaults are the study's."""

    preset: str = "study"
    loss: str = study.LOSS
    loss_options: tuple[tuple[str, float], ...] = ()
    """Hyper-parameters of the loss that are not the defaults of its file."""
    dimension: int = study.DIMENSION
    """Length of the embeddings; not more than that of the features comes of it."""
    epochs: int = study.EPOCHS
    least_steps: int = 0
    """There are more epochs where they would be fewer steps."""
    batch_size: int = study.BATCH_SIZE
    learning_rate: float = study.LEARNING_RATE
    final_rate: float = study.FINAL_RATE
    """Of the learning rate, at the end."""
    weight_decay: float = study.WEIGHT_DECAY
    dropout: float = study.DROPOUT
    inputs: Inputs = "standardised"
    """What the layer is given: unit features with the mean 0 and the deviation 1 in each number, or whitened within
    classes, from whose leading directions the layer then starts (input_space.py)."""
    wise_ft_alpha: float = 1.0
    """Weight of the trained layer in weight space beside what it started from (WiSE-FT, Wortsman et al., 2022)."""
    class_balance: float = 0.0
    """0: a class is seen as often as it has photos; 1: all classes as often as one another."""
    domain_balance: float = 0.0
    """0: a domain is seen as often as its classes are; 1: all domains as often as one another."""
    classes_at_once: int | None = None
    """Against how many classes a step is trained; None: all, or a tenth where their bytes would be too many."""
    seed: int = study.SEED

    def sampled_classes(self, classes: int) -> int | None:
        """Against how many of so many classes each step is trained; None: all.

        With 64 dimensions, 3 centres and batches of 128 it is all up to some 380,000 classes.
        """
        if self.classes_at_once is not None:
            return None if self.classes_at_once >= classes else self.classes_at_once
        centres = dict(self.loss_options).get("sub_centres", _CENTRES.get(self.loss, 1))
        centre = self.dimension * _NUMBER * 4  # itself, its gradient, and two moments
        logits = self.batch_size * _NUMBER * _LOGIT_COPIES
        most = int(_MOST_BYTES // (centres * (centre + logits) + logits))
        return None if classes <= most else min(most, math.ceil(_SHARE * classes))

    def epochs_of(self, rows: int) -> int:
        """How often so many photos are gone through."""
        return max(self.epochs, math.ceil(self.least_steps / self.steps_per_epoch(rows)))

    def steps_per_epoch(self, rows: int) -> int:
        """The last batch of an epoch may be a smaller one."""
        return math.ceil(rows / self.batch_size)

    def as_json(self) -> dict[str, Any]:
        """By name."""
        return asdict(self) | {"loss_options": dict(self.loss_options)}

    @property
    def fingerprint(self) -> str:
        """Equal for equal recipes."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()


def recipe_of(preset: Preset, loss: str | None = None) -> HeadRecipe:
    """The recipe of a preset, with its own loss or another one."""
    if preset == "study":
        name = loss or study.LOSS
        return HeadRecipe(loss=name, loss_options=_sorted(study.LOSS_OPTIONS.get(name, {})))
    name = loss or _OUR_LOSS
    return HeadRecipe(
        preset="ours",
        loss=name,
        loss_options=_sorted(_OUR_OPTIONS if loss is None else study.LOSS_OPTIONS.get(name, {})),
        least_steps=800,
        learning_rate=6e-3,
        weight_decay=0.0,
        dropout=0.4,
        inputs="within-class",
        wise_ft_alpha=0.2,
    )


_OUR_LOSS = "arcface"
_OUR_OPTIONS = {"margin": 0.0, "scale": 16.0}
"""That is NormFace (Wang, Xiang, Cheng, Yuille: NormFace, ACM Multimedia 2017, arXiv 1704.06369) with the scale that
UnED and ILIAS have, too."""


def _sorted(options: dict[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(options.items()))
