"""A training learns what held-out classes have in common, and goes on where it was stopped, to the same head."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.projection import Projection
from guie_desktop.errors import UserError
from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.study_folder import StudyFolder
from guie_desktop.study.training.held_out import try_held_out
from guie_desktop.study.training.recipe import HeadRecipe, recipe_of
from guie_desktop.study.training.run import HEAD_FILE, REPORT_FILE, train_head
from tests.running import finish
from tests.study.made_study import BACKBONE, make_study

SHORT = replace(recipe_of("study", "adaface"), epochs=3, batch_size=32, classes_at_once=12)
"""With sampled classes, dropout, and a loss that has a state of its own."""


@pytest.fixture
def study(tmp_path: Path) -> StudyFolder:
    return make_study(tmp_path / "study")


def head_in(folder: Path) -> GeneralHead:
    return GeneralHead.from_bytes((folder / HEAD_FILE).read_bytes())


def assert_same(one: GeneralHead, other: GeneralHead) -> None:
    assert one.projection.matrix is not None
    assert other.projection.matrix is not None
    assert one.projection.matrix.tobytes() == other.projection.matrix.tobytes()
    assert one.projection.mean.tobytes() == other.projection.mean.tobytes()
    assert (one.cutoff, one.even_chance, one.steepness) == (other.cutoff, other.even_chance, other.steepness)


@pytest.mark.parametrize("recipe", [replace(recipe_of("study"), epochs=60), replace(recipe_of("ours"), least_steps=60)])
def test_held_out_classes_are_found_better_than_before(tmp_path: Path, recipe: HeadRecipe) -> None:
    study = make_study(tmp_path, dimension=48, nuisance=6.0)
    features = StudyFeatures(study, BACKBONE)
    raw = try_held_out(features, Projection.of(features.dimension))
    trained = finish(train_head(features, replace(recipe, dimension=24), study.run("one")))
    tested = try_held_out(features, trained.head.projection)
    assert raw is not None
    assert tested is not None
    assert tested.metrics.mmp5 > raw.metrics.mmp5
    head = head_in(study.run("one"))
    assert_same(head, trained.head)
    assert head.cutoff == pytest.approx(tested.cutoff)
    assert head.origin is not None
    assert head.origin.backbone_key == BACKBONE
    assert (head.origin.datasets, head.origin.classes, head.origin.photos) == (("cars-set", "toys-set"), 28, 168)
    assert head.origin.preset == recipe.preset
    report = json.loads((study.run("one") / REPORT_FILE).read_text())
    assert report == json.loads(json.dumps(trained.report))
    assert report["layer_parameters"] == 48 * 24 + 24
    assert report["class_parameters"] == 28 * 24 * (3 if recipe.preset == "study" else 1)
    assert len(report["losses"]) == recipe.epochs_of(168)
    assert sorted(file.name for file in study.run("one").iterdir()) == [HEAD_FILE, REPORT_FILE]


@pytest.mark.parametrize("hold", [True, False])
def test_stopped_at_any_step_it_comes_to_the_same_head(study: StudyFolder, *, hold: bool) -> None:
    features = StudyFeatures(study, BACKBONE)
    whole = finish(train_head(features, SHORT, study.run("whole")))
    stopped = study.run("stopped")
    for steps in (3, 4, 1):
        job = train_head(features, SHORT, stopped, hold=hold)
        done = 0
        for progress in job:
            done += progress.stage == "train"
            if done == steps:
                job.close()
    resumed = finish(train_head(features, SHORT, stopped))
    assert_same(whole.head, resumed.head)
    assert resumed.report["losses"] == whole.report["losses"]


def test_after_an_error_it_goes_on_from_the_last_checkpoint(study: StudyFolder) -> None:
    features = StudyFeatures(study, BACKBONE)
    whole = finish(train_head(features, SHORT, study.run("whole")))
    job = train_head(features, SHORT, study.run("torn"), between_checkpoints=0)
    while next(job).stage != "train":
        pass
    for _ in range(8):
        next(job)
    with pytest.raises(MemoryError):
        job.throw(MemoryError())
    checkpoints = sorted(study.run("torn").glob("*.pt"))
    assert len(checkpoints) == 2
    checkpoints[-1].write_bytes(b"damaged" + checkpoints[-1].read_bytes()[7:])  # so the one before is taken
    resumed = finish(train_head(features, SHORT, study.run("torn")))
    assert_same(whole.head, resumed.head)


_CHILD = """
import sys
from pathlib import Path
from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.study_folder import StudyFolder
from guie_desktop.study.training.run import train_head
from tests.study.made_study import BACKBONE
from tests.study.training.test_run import SHORT
study = StudyFolder(Path(sys.argv[1]))
for progress in train_head(StudyFeatures(study, BACKBONE), SHORT, study.run("killed"), between_checkpoints=0):
    print(progress.stage, progress.done, flush=True)
"""


@pytest.mark.slow
def test_after_a_kill_it_comes_to_the_same_head(study: StudyFolder) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(study.root)], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.startswith("train 9"):
                child.kill()
                break
    assert not (study.run("killed") / HEAD_FILE).exists()
    features = StudyFeatures(study, BACKBONE)
    first = next(step for step in train_head(features, SHORT, study.run("killed")) if step.stage == "train")
    assert first.done > 1  # it did not begin anew
    assert_same(
        finish(train_head(features, SHORT, study.run("killed"))).head,
        finish(train_head(features, SHORT, study.run("whole"))).head,
    )


def test_what_is_done_is_not_done_again_and_nothing_else_is_taken_for_it(study: StudyFolder) -> None:
    features = StudyFeatures(study, BACKBONE)
    folder = study.run("one")
    finish(train_head(features, SHORT, folder))
    again = list(train_head(features, SHORT, folder))
    assert {progress.stage for progress in again} == {"features"}
    with pytest.raises(UserError, match="with another preset or other options"):
        finish(train_head(features, replace(SHORT, seed=3), folder))
    half = np.arange(len(features.manifest.rows)) % 2 == 0
    with pytest.raises(UserError, match="on other photos"):
        finish(train_head(features, SHORT, folder, chosen=half))


def test_a_checkpoint_of_something_else_is_refused(study: StudyFolder, tmp_path: Path) -> None:
    features = StudyFeatures(study, BACKBONE)
    job = train_head(features, SHORT, study.run("one"))
    while next(job).stage != "train":
        pass
    job.close()
    with pytest.raises(UserError, match="with another preset or other options"):
        finish(train_head(features, replace(SHORT, epochs=4), study.run("one")))
    other = make_study(tmp_path / "other", seed=5)
    with pytest.raises(UserError, match="on other photos"):
        finish(train_head(StudyFeatures(other, BACKBONE), SHORT, study.run("one")))


def test_without_held_out_classes_the_head_says_nothing_of_scores(tmp_path: Path) -> None:
    study = make_study(tmp_path, held_out=0.0)
    trained = finish(train_head(StudyFeatures(study, BACKBONE), SHORT, study.run("one")))
    assert trained.report["held_out"] is None
    assert trained.head.cutoff is None


def test_a_loss_beyond_all_bounds_ends_it(study: StudyFolder) -> None:
    wild = replace(SHORT, learning_rate=1e38)
    with pytest.raises(UserError, match="left all bounds"):
        finish(train_head(StudyFeatures(study, BACKBONE), wild, study.run("wild")))
