"""An ablation trains and judges each variant once, and says which photos mattered."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from guie_desktop.study.ablation import ablating
from guie_desktop.study.ablation.ablating import ablate_study, ablations_of
from guie_desktop.study.ablation.variants import StudyVariant
from guie_desktop.study.study_folder import StudyFolder
from guie_desktop.study.training.recipe import recipe_of
from tests.running import finish
from tests.study.evaluation.rows import Row, write_study
from tests.study.made_study import BACKBONE

pytestmark = pytest.mark.slow

RECIPE = replace(recipe_of("study"), epochs=12, dimension=8, batch_size=64)
VARIANTS = [
    StudyVariant("as they are", BACKBONE, None),
    StudyVariant("all", BACKBONE, RECIPE),
    StudyVariant("without toys", BACKBONE, RECIPE, left_out="toys"),
]


@pytest.fixture
def folder(tmp_path: Path) -> StudyFolder:
    """Classes differ in the first numbers; in the others there is noise, which is larger."""
    rng = np.random.default_rng(3)
    rows: list[Row] = []
    for domain in ("cars", "toys"):
        for number in range(24):
            centre = rng.normal(size=6)
            for photo in range(6):
                split = "train" if number < 16 else "query" if photo % 2 else "index"
                feature = np.concatenate([centre + 0.2 * rng.normal(size=6), 3 * rng.normal(size=18)])
                rows.append((domain, f"{domain}/{number}", split, feature.tolist()))
    return write_study(tmp_path, rows)


def test_what_is_trained_is_ahead_of_what_is_not(folder: StudyFolder) -> None:
    raw, trained, without = finish(ablate_study(folder, VARIANTS, seeds=2))
    assert trained.mean.mmp5.mean > raw.mean.mmp5.mean + 0.1
    assert (raw.seeds, trained.seeds) == (0, 2)
    assert (raw.classes, trained.classes, without.classes, without.photos) == (0, 32, 16, 96)
    assert (raw.dimension, trained.dimension) == (24, 8)
    assert raw.ahead is trained.ahead is None
    assert without.ahead is not None
    assert without.ahead.mean == pytest.approx(without.mean.mmp5.mean - trained.mean.mmp5.mean, abs=1e-6)
    assert set(trained.domains) == {"cars", "toys"}


def test_what_was_done_is_not_done_again(folder: StudyFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = list(ablate_study(folder, VARIANTS[:2], seeds=1))
    shares = [one.done / one.total for one in steps]
    assert shares == sorted(shares)
    assert {one.stage for one in steps} == {"compare"}
    first = finish(ablate_study(folder, VARIANTS[:2], seeds=1))
    with monkeypatch.context() as patched:
        patched.delattr(ablating, "train_head")
        patched.delattr(ablating, "evaluate_study")
        assert finish(ablate_study(folder, VARIANTS[:2], seeds=1)) == first
    for damaged in ablations_of(folder).glob("*/queries.npz"):
        damaged.write_bytes(damaged.read_bytes()[:100])
    assert finish(ablate_study(folder, VARIANTS[:2], seeds=1)) == first


def test_what_was_stopped_goes_on_where_it_was(folder: StudyFolder) -> None:
    job = ablate_study(folder, VARIANTS[1:2], seeds=1)
    for _ in range(20):
        next(job)
    job.close()
    (place,) = (one for one in ablations_of(folder).iterdir() if one.is_dir())
    assert not (place / "queries.npz").exists()
    assert any(place.iterdir())  # a checkpoint
    (result,) = finish(ablate_study(folder, VARIANTS[1:2], seeds=1))
    assert result.name == "all"
    assert (place / "queries.npz").exists()
