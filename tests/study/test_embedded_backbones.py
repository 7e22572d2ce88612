"""A model's name means the features that a study has of it."""

import shutil
from pathlib import Path

import pytest

from guie_desktop.errors import UserError
from guie_desktop.study.embedded_backbones import choose_backbone, embedded_backbones, model_of
from guie_desktop.study.study_folder import StudyFolder
from tests.study.evaluation.rows import at, write_study
from tests.study.several_backbones import write_with_backbones

SMALL, LARGE = "net-b-16-0123456789ab", "net-l-16-0123456789ab-f16"


def test_the_only_backbone_needs_no_name(tmp_path: Path) -> None:
    features = write_study(tmp_path, [("cars", "van", "train", at(0))], SMALL).features
    assert embedded_backbones(features) == (SMALL,)
    assert choose_backbone(features, None) == choose_backbone(features, "net-b-16") == SMALL
    with pytest.raises(UserError, match=r"not embedded with net-l-16.*one of: net-b-16\."):
        choose_backbone(features, "net-l-16")


def test_of_several_one_has_to_be_named(tmp_path: Path) -> None:
    features = write_with_backbones(tmp_path, SMALL, LARGE, "net-l-16-ba9876543210").features
    assert choose_backbone(features, "net-b-16") == SMALL
    assert choose_backbone(features, LARGE) == LARGE
    with pytest.raises(UserError, match="several models"):
        choose_backbone(features, None)
    with pytest.raises(UserError, match=f"which of them is meant: {LARGE}, net-l-16-ba9876543210"):
        choose_backbone(features, "net-l-16")


def test_without_features_there_is_none(tmp_path: Path) -> None:
    features = StudyFolder(tmp_path).features
    assert embedded_backbones(features) == ()
    with pytest.raises(UserError, match="no manifest"):
        choose_backbone(features, None)
    shutil.rmtree(write_study(tmp_path, [("cars", "van", "train", at(0))], SMALL).features)
    with pytest.raises(UserError, match="no features yet"):
        choose_backbone(features, None)


def test_a_model_is_named_in_its_key() -> None:
    assert model_of(SMALL) == "net-b-16"
    assert model_of(LARGE) == "net-l-16"
