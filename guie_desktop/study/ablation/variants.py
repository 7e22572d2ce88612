"""What each ablation compares; light, so that it can be named without loading torch."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import pyarrow as pa

from guie_desktop.arrays import Mask
from guie_desktop.errors import UserError
from guie_desktop.learning.data.curation import Ints
from guie_desktop.learning.losses import LOSSES
from guie_desktop.study.embedded_backbones import model_of
from guie_desktop.study.training.recipe import HeadRecipe, Preset, recipe_of

AblationKind = Literal["backbones", "losses", "curation", "dimension", "caps"]
KINDS: tuple[AblationKind, ...] = get_args(AblationKind)
DIMENSIONS = (16, 32, 64, 128, 256)
CAPS = (100, 50, 25, 10, 5)
"""Photos of a class."""
_SEED = 42
"""Of which photos of a class are kept; all caps begin with the same ones."""


@dataclass(frozen=True, slots=True)
class StudyVariant:
    """One way of ranking."""

    name: str
    backbone: str
    """The key of the features."""
    recipe: HeadRecipe | None
    """None: the features as they are."""
    left_out: str | None = None
    """A domain that is not trained on; it is asked for all the same."""
    cap: int | None = None
    """Photos of a class that are trained on, at most."""

    def with_seed(self, seed: int) -> "StudyVariant":
        """The same with other chances, where anything is left to chance."""
        return self if self.recipe is None else replace(self, recipe=replace(self.recipe, seed=seed))


def backbone_variants(backbones: Sequence[str], preset: Preset) -> list[StudyVariant]:
    """Each backbone as it is, and with a head.

    Which one is best as it is says little of which is best with one (ILIAS, CVPR 2025, arXiv 2502.11748).
    """
    models = [model_of(key) for key in backbones]
    names = [key if models.count(model) > 1 else model for key, model in zip(backbones, models, strict=True)]
    return [
        StudyVariant(name, key, recipe)
        for name, key in zip(names, backbones, strict=True)
        for recipe in (None, recipe_of(preset))
    ]


def loss_variants(backbone: str, preset: Preset) -> list[StudyVariant]:
    """Each loss with the options that the study has for it; first the preset's own, where that has others."""
    own = recipe_of(preset)
    by_name = {loss: recipe_of(preset, loss) for loss in LOSSES}
    named = by_name if own in by_name.values() else {"the preset's own": own, **by_name}
    return [StudyVariant(name, backbone, recipe) for name, recipe in named.items()]


def curation_variants(backbone: str, preset: Preset, domains: Sequence[str]) -> list[StudyVariant]:
    """All domains, and each left out; UserError where there is one alone."""
    if len(domains) < 2:
        raise UserError(
            "There is one domain alone, so none can be left out.", "Add data sets of other domains.", "study curate"
        )
    recipe = recipe_of(preset)
    left_out = [StudyVariant(f"without {domain}", backbone, recipe, left_out=domain) for domain in domains]
    return [StudyVariant("all domains", backbone, recipe), *left_out]


def dimension_variants(backbone: str, preset: Preset, feature_dimension: int) -> list[StudyVariant]:
    """Embeddings of 16 to 256 numbers, none longer than the features; those of the preset's own length come first."""
    recipe = recipe_of(preset)
    own = min(recipe.dimension, feature_dimension)
    recipes = {own: recipe}  # which keeps the fingerprint that it has elsewhere
    recipes |= {length: replace(recipe, dimension=length) for length in DIMENSIONS if length <= feature_dimension}
    recipes[own] = recipe
    return [StudyVariant(f"{length} numbers", backbone, of_length) for length, of_length in recipes.items()]


def cap_variants(backbone: str, preset: Preset, largest_class: int) -> list[StudyVariant]:
    """All photos, and fewer of each class; caps that no class reaches are left out."""
    recipe = recipe_of(preset)
    caps = [StudyVariant(f"{cap} a class", backbone, recipe, cap=cap) for cap in CAPS if cap < largest_class]
    return [StudyVariant("all photos", backbone, recipe), *caps]


def chosen_rows(variant: StudyVariant, rows: pa.Table) -> Mask | None:
    """(N,) of the rows of the manifest; all that are held out are chosen, and None stands for all."""
    if variant.left_out is None and variant.cap is None:
        return None
    is_trained = np.asarray(rows["split"].to_numpy() == "train")
    kept: Mask = np.ones(len(rows), bool)
    if variant.left_out is not None:
        kept &= rows["domain"].to_numpy() != variant.left_out
    if variant.cap is not None:
        kept &= _number_in_class(rows) < variant.cap
    kept |= ~is_trained
    return kept


def trained_counts(variant: StudyVariant, rows: pa.Table) -> tuple[int, int]:
    """How many classes and photos of the manifest it is trained on."""
    chosen = chosen_rows(variant, rows)
    is_trained = np.asarray(rows["split"].to_numpy() == "train")
    trained = rows["label"].filter(pa.array(is_trained if chosen is None else is_trained & chosen))
    return len(trained.unique()), len(trained)


def largest_class(rows: pa.Table) -> int:
    """How many photos the largest class that is trained on has."""
    numbers = _number_in_class(rows)[rows["split"].to_numpy() == "train"]
    return int(numbers.max(initial=-1)) + 1


def _number_in_class(rows: pa.Table) -> Ints:
    """(N,) 0, 1, 2 … for the photos of each class, in an order that is drawn once."""
    labels = rows["label"].combine_chunks().dictionary_encode().indices.to_numpy()
    shuffled = np.random.default_rng(_SEED).permutation(len(labels))
    order = shuffled[np.argsort(labels[shuffled], kind="stable")]
    starts = np.concatenate([[0], np.cumsum(np.bincount(labels))]).astype(np.int64)
    numbers = np.empty(len(labels), np.int64)
    numbers[order] = np.arange(len(labels)) - starts[labels[order]]
    return numbers
