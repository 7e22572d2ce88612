"""The presets are what they say, and classes are sampled where they would not fit."""

from dataclasses import replace

import pytest

from guie_desktop.learning.losses import LOSSES, make_loss
from guie_desktop.learning.losses.sub_center_arcface import SubCenterArcFace
from guie_desktop.learning.training.trainer import warmup_cosine
from guie_desktop.study.training.recipe import HeadRecipe, Preset, recipe_of


def test_the_study_is_what_its_code_says() -> None:
    recipe = recipe_of("study")
    loss = make_loss(recipe.loss, recipe.dimension, 5, [3] * 5, generator=None, **dict(recipe.loss_options))
    assert isinstance(loss, SubCenterArcFace)
    assert (loss.scale, loss.margin, loss.centres.shape) == (30.0, 0.5, (5, 3, 64))
    assert (recipe.dimension, recipe.epochs, recipe.batch_size) == (64, 10, 128)
    assert (recipe.learning_rate, recipe.weight_decay, recipe.dropout, recipe.seed) == (2e-2, 1e-4, 0.2, 42)
    assert (recipe.class_balance, recipe.domain_balance, recipe.wise_ft_alpha, recipe.inputs) == (
        0,
        0,
        1,
        "standardised",
    )
    assert recipe.steps_per_epoch(328_429) == 2_566
    assert recipe.epochs_of(328_429) == 10
    rates = [2e-2 * warmup_cosine(step, 25_660, 1 / recipe.epochs, recipe.final_rate) for step in (0, 2_565, 25_660)]
    assert rates == pytest.approx([2e-2 / 2_566, 2e-2 * 0.97686, 1e-3], rel=1e-3)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("preset", ["study", "ours"])
def test_every_loss_has_a_recipe(preset: Preset, loss: str) -> None:
    recipe = recipe_of(preset, loss)
    make_loss(recipe.loss, 8, 4, [3] * 4, generator=None, **dict(recipe.loss_options))
    assert recipe.preset == preset
    assert recipe.fingerprint == recipe_of(preset, loss).fingerprint
    assert recipe.fingerprint != replace(recipe, seed=7).fingerprint


def test_all_classes_are_trained_against_while_they_fit() -> None:
    recipe = HeadRecipe()
    assert recipe.sampled_classes(34_800) is None
    assert recipe.sampled_classes(300_000) is None
    assert recipe.sampled_classes(1_000_000) == 100_000
    most = recipe.sampled_classes(1_000_000_000)
    assert most is not None
    assert recipe.sampled_classes(most) is None
    assert recipe.sampled_classes(most + 1) is not None
    wide = replace(recipe, batch_size=4096)
    assert wide.sampled_classes(34_800) == 3_480
    assert replace(recipe, classes_at_once=10).sampled_classes(11) == 10
    assert replace(recipe, classes_at_once=11).sampled_classes(11) is None


def test_few_photos_are_gone_through_more_often() -> None:
    assert replace(HeadRecipe(), least_steps=800).epochs_of(1_280) == 80
    assert replace(HeadRecipe(), least_steps=800).epochs_of(1_280_000) == 10
