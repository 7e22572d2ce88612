"""What the trained layer is given: unit features, standardised as in the study or whitened within classes."""

from dataclasses import dataclass

import numpy as np

from guie_desktop.arrays import Floats
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.learning.ablation.baselines import MIN_STD
from guie_desktop.learning.training.feature_statistics import FeatureStatistics
from guie_desktop.learning.training.within_class import WithinClassSpace
from guie_desktop.study.training.labelled_rows import LabelledRows
from guie_desktop.study.training.recipe import HeadRecipe

_SAMPLE = 32_768
"""Photos from which the distribution of features is known well enough; with 1,152 numbers each they and what is made of
them take 0.6 GB."""
_SHRINKAGE = 0.3
"""As for personal heads (learning/README.md)."""
_MOST_OF_A_CLASS = 100
"""Photos of it in the sample."""


@dataclass(frozen=True, slots=True, eq=False)
class InputSpace:
    """`(unit(feature) - mean) @ matrix`, or `* matrix` where it is only a factor for each number."""

    mean: Floats
    """(D,)"""
    matrix: Floats
    """(D, D), or (D,)"""
    start: Floats | None
    """(D, d), the layer's columns before it is trained; None: random ones."""

    def followed_by(self, layer: Floats) -> Floats:
        """(D, d): what the matrix and then a layer (D, d) do."""
        followed: Floats = self.matrix @ layer if self.matrix.ndim == 2 else self.matrix[:, np.newaxis] * layer
        return followed


def input_space(rows: LabelledRows, recipe: HeadRecipe) -> InputSpace:
    """The space that the recipe wants, from a sample of the rows in which classes are whole (up to 100 photos each)."""
    chosen, sizes = _sample(rows, recipe.seed)
    features = unit_rows(rows.take(chosen).astype(np.float32))
    if recipe.inputs == "standardised":
        deviation = np.maximum(features.std(axis=0), MIN_STD)
        return InputSpace(features.mean(axis=0), (1 / deviation).astype(np.float32), None)
    ends = np.cumsum(sizes)
    space = WithinClassSpace.of(
        features,
        tuple(np.arange(end - size, end) for end, size in zip(ends, sizes, strict=True)),
        FeatureStatistics.of(features),
        max_directions=recipe.dimension,
        shrinkage=_SHRINKAGE,
    )
    whitening = space.whitening.matrix
    assert whitening is not None
    return InputSpace(space.whitening.mean, whitening, space.leading_directions)


def _sample(rows: LabelledRows, seed: int) -> tuple[np.typing.NDArray[np.int64], np.typing.NDArray[np.int64]]:
    """Some rows, class by class, and how many each of these classes has."""
    rng = np.random.default_rng(seed)
    shuffled = rng.permutation(len(rows.labels))
    by_class = shuffled[np.argsort(rows.labels[shuffled], kind="stable")]
    sizes = np.bincount(rows.labels)
    starts = np.cumsum(sizes) - sizes
    chosen: list[np.typing.NDArray[np.int64]] = []
    left = _SAMPLE
    for label in rng.permutation(len(sizes)):
        taken = min(int(sizes[label]), _MOST_OF_A_CLASS, left)
        chosen.append(by_class[starts[label] : starts[label] + taken])
        left -= taken
        if not left:
            break
    return np.concatenate(chosen), np.array([len(part) for part in chosen])
