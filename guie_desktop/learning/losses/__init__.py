"""The losses that a head can be trained with, by their names on the command line.

To add a loss: write a file here with a class that derives from `MarginSoftmax`, says in its docstring what its formula
is and where it is published, and has defaults for what is its own; name it in LOSSES; hold it in tests/learning/losses
to values that were worked out by hand. Files do not know each other: what two losses share is in margin_softmax.py.
"""

import importlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from guie_desktop.domain import ALBUMS_TO_LEARN

if TYPE_CHECKING:
    import torch

    from guie_desktop.learning.margin_softmax import MarginSoftmax

LOSSES = {
    "sub-center-arcface": "sub_center_arcface:SubCenterArcFace",
    "arcface": "arcface:ArcFace",
    "class-margin-arcface": "class_margin_arcface:ClassMarginArcFace",
    "li-arcface": "li_arcface:LiArcFace",
    "curricularface": "curricularface:CurricularFace",
    "adaface": "adaface:AdaFace",
    "adacos": "adacos:AdaCos",
    "adacos-fixed": "adacos:FixedAdaCos",
}
"""File and class of each loss; only text, so that the names can be listed without loading torch."""

DEFAULT_LOSS = "sub-center-arcface"

_FEWEST_CLASSES = {"adacos": 3, "adacos-fixed": 3}


def fewest_classes(name: str) -> int:
    """How many classes the loss of that name needs."""
    return _FEWEST_CLASSES.get(name, ALBUMS_TO_LEARN)


def make_loss(
    name: str,
    dimension: int,
    classes: int,
    class_sizes: Sequence[int] | None = None,
    *,
    generator: "torch.Generator | None" = None,
    **options: float,
) -> "MarginSoftmax":
    """The loss of that name for embeddings of length `dimension`, with random class centres drawn by `generator`.

    `class_sizes` (C,) are the numbers of photos in the classes; class-margin-arcface cannot do without. `options` are
    hyper-parameters that shall differ from the defaults in the loss's file. KeyError for a name that LOSSES lacks.
    """
    file, _, class_name = LOSSES[name].partition(":")
    module = importlib.import_module(f"guie_desktop.learning.losses.{file}")
    loss = cast("Callable[..., MarginSoftmax]", getattr(module, class_name))
    return loss(dimension, classes, class_sizes, generator=generator, **options)
