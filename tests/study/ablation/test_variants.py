"""What the ablations compare, and which photos each variant is trained on."""

from pathlib import Path

import numpy as np
import pytest

from guie_desktop.errors import UserError
from guie_desktop.learning.losses import LOSSES
from guie_desktop.study.ablation.ablating import planned_variants
from guie_desktop.study.ablation.variants import (
    StudyVariant,
    cap_variants,
    chosen_rows,
    dimension_variants,
    largest_class,
    trained_counts,
)
from guie_desktop.study.manifest import Manifest
from guie_desktop.study.training.recipe import recipe_of
from tests.study.made_study import BACKBONE, make_study
from tests.study.several_backbones import write_with_backbones

ONE, OTHER = "net-b-16-0123456789ab", "net-l-16-0123456789ab"


def test_each_domain_is_left_out_once_and_asked_for_all_the_same(tmp_path: Path) -> None:
    folder = make_study(tmp_path, ("toys", "cars", "art"))
    rows = Manifest.read(folder.manifest).rows
    all_of_them, *others = planned_variants(folder, "curation", "study", None)
    assert [one.left_out for one in others] == ["art", "cars", "toys"]
    assert chosen_rows(all_of_them, rows) is None
    assert trained_counts(all_of_them, rows) == (42, 252)
    domain, split = rows["domain"].to_numpy(), rows["split"].to_numpy()
    for variant in others:
        chosen = chosen_rows(variant, rows)
        assert chosen is not None
        assert np.array_equal(chosen, (domain != variant.left_out) | (split != "train"))
        assert trained_counts(variant, rows) == (28, 168)


def test_one_domain_alone_cannot_be_left_out(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="one domain alone"):
        planned_variants(make_study(tmp_path, ("toys",)), "curation", "ours", None)


def test_caps_keep_so_many_of_each_class_and_smaller_ones_some_of_these(tmp_path: Path) -> None:
    folder = make_study(tmp_path, per_class=30)
    rows = Manifest.read(folder.manifest).rows
    label, split = rows["label"].to_numpy(), rows["split"].to_numpy()
    variants = planned_variants(folder, "caps", "ours", None)
    assert [one.cap for one in variants] == [None, 25, 10, 5]  # no class has 100 or 50
    assert largest_class(rows) == 30
    larger = np.ones(len(rows), bool)
    for variant in variants[1:]:
        chosen = chosen_rows(variant, rows)
        assert chosen is not None
        assert chosen[split != "train"].all()
        of_class = np.unique(label[chosen & (split == "train")], return_counts=True)[1]
        assert set(of_class.tolist()) == {variant.cap}
        assert not (chosen & ~larger).any()
        larger = chosen
    assert cap_variants(BACKBONE, "ours", largest_class=3)[1:] == []


def test_dimensions_begin_with_that_of_the_preset_and_end_with_the_features() -> None:
    names = [one.name for one in dimension_variants(BACKBONE, "study", feature_dimension=200)]
    assert names == ["64 numbers", "16 numbers", "32 numbers", "128 numbers"]
    assert [one.name for one in dimension_variants(BACKBONE, "study", 20)] == ["20 numbers", "16 numbers"]


def test_all_losses_and_all_backbones_are_compared(tmp_path: Path) -> None:
    folder = write_with_backbones(tmp_path, ONE, OTHER)
    by_loss = planned_variants(folder, "losses", "study", "net-l-16")
    assert [one.recipe.loss for one in by_loss if one.recipe] == list(LOSSES)
    assert {one.backbone for one in by_loss} == {OTHER}
    own, *by_name = planned_variants(folder, "losses", "ours", "net-l-16")
    assert own.recipe == recipe_of("ours")
    assert [one.name for one in by_name] == list(LOSSES)
    by_backbone = planned_variants(folder, "backbones", "study", None)
    assert [(one.name, one.recipe is None) for one in by_backbone] == [
        ("net-b-16", True),
        ("net-b-16", False),
        ("net-l-16", True),
        ("net-l-16", False),
    ]
    assert {one.backbone for one in planned_variants(folder, "backbones", "study", "net-b-16")} == {ONE}
    with pytest.raises(UserError, match="several models"):
        planned_variants(folder, "losses", "study", None)


def test_nothing_is_trained_where_nothing_is_held_out(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no class of this study is held out"):
        planned_variants(make_study(tmp_path, held_out=0), "losses", "ours", None)


def test_only_what_is_trained_has_seeds() -> None:
    raw = StudyVariant("raw", BACKBONE, None)
    assert raw.with_seed(7) is raw
    (trained, *_) = dimension_variants(BACKBONE, "ours", 64)
    assert trained.with_seed(7).recipe != trained.with_seed(8).recipe
