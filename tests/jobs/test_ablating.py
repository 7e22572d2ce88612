"""Both studies on photos whose features are there already; what the network adds is tested at the end."""

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from guie_desktop.embedding.assets import DEFAULT_MODEL
from guie_desktop.errors import UserError
from guie_desktop.jobs.ablating import AblationReport, ablate
from guie_desktop.jobs.background import Cancelled
from guie_desktop.learning.ablation import baselines, runner
from guie_desktop.learning.losses import DEFAULT_LOSS, LOSSES
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_backbone import OpenBackbone
from guie_desktop.workspace.open_library import WritableLibrary
from tests.labelled import BACKBONES, DIMENSION, save_labelled, store_features
from tests.running import finish


@pytest.fixture(autouse=True)
def _few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baselines, "MIN_STEPS", 30)


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "slow" not in request.keywords:
        monkeypatch.setattr(OpenBackbone, "embedder", lambda _self: pytest.fail("the features are there"))


def compare(
    paths: LibraryPaths,
    folder: Path,
    queries: Path | None = None,
    *,
    backbones: tuple[str, ...] = (),
    losses: tuple[str, ...] = (DEFAULT_LOSS,),
    seeds: int = 1,
) -> AblationReport:
    with WritableLibrary(paths) as library:
        return finish(ablate(library, folder, queries, backbones=backbones, losses=losses, seeds=seeds))


def test_both_studies_with_photos_to_ask_for(paths: LibraryPaths, tmp_path: Path) -> None:
    save_labelled(tmp_path / "index", 6)
    save_labelled(tmp_path / "queries", 3, first=100)
    store_features(paths, tmp_path)
    folders = (tmp_path / "index", tmp_path / "queries")
    report = compare(paths, *folders, backbones=BACKBONES, losses=tuple(LOSSES), seeds=2)
    assert (report.photos, report.queries, report.unmatched, report.held_out) == (24, 12, 0, False)
    assert [(row.variant.backbone, row.variant.method) for row in report.backbones] == [
        (backbone, method) for backbone in BACKBONES for method in ("raw", "pooled", "general", "ours")
    ]
    assert [(row.variant.loss, row.variant.method) for row in report.losses] == [
        (loss, method) for loss in LOSSES for method in ("plain", "ours")
    ]
    assert all(row.variant.backbone == BACKBONES[0] for row in report.losses)
    assert [row.dimension for row in report.backbones[:3]] == [DIMENSION, 64, DIMENSION]
    assert [row.seeds for row in report.backbones[:4]] == [0, 0, 0, 2]
    for row in (*report.backbones, *report.losses):
        for measure in (row.mmp5, row.p1):
            assert 0 <= measure.low <= measure.mean <= measure.high <= 1
    # What both studies have is one and the same, and what was learned is better than what was not.
    assert report.backbones[3] == report.losses[1]
    assert report.backbones[3].mmp5.mean > report.backbones[0].mmp5.mean
    # The first of each method is what the others are compared with.
    assert [row.paired_difference is None for row in report.backbones] == [True] * 4 + [False] * 4
    assert [row.paired_difference is None for row in report.losses[:4]] == [True, True, False, False]


def test_without_queries_photos_are_held_out(paths: LibraryPaths, tmp_path: Path) -> None:
    save_labelled(tmp_path / "photos", 8)
    store_features(paths, tmp_path / "photos")
    report = compare(paths, tmp_path / "photos")
    # Of so few, each is a query once.
    assert (report.photos, report.queries, report.held_out) == (32, 32, True)
    assert report.backbones[0].variant.backbone == DEFAULT_MODEL
    assert compare(paths, tmp_path / "photos") == report


def test_a_photo_that_is_searched_is_no_query(paths: LibraryPaths, tmp_path: Path) -> None:
    [copied, *_] = save_labelled(tmp_path / "index", 5)
    save_labelled(tmp_path / "queries", 2, first=100)
    (tmp_path / "queries" / copied.parent.name / "copy.jpg").write_bytes(copied.read_bytes())
    store_features(paths, tmp_path)
    assert compare(paths, tmp_path / "index", tmp_path / "queries").queries == 8
    with pytest.raises(UserError, match="are in"):
        compare(paths, tmp_path / "index", tmp_path / "index")


def test_what_cannot_be_a_query_or_trained_on_is_told(paths: LibraryPaths, tmp_path: Path) -> None:
    save_labelled(tmp_path / "index", 5, ("rings", "stripes", "blocks"))
    save_labelled(tmp_path / "index", 2, ("dots",))
    save_labelled(tmp_path / "queries", 2, first=100)
    (tmp_path / "queries" / "dots").rename(tmp_path / "queries" / "unknown")
    (tmp_path / "queries" / "unknown" / "broken.jpg").write_text("no picture")
    store_features(paths, tmp_path)
    (tmp_path / "queries" / "unknown" / "empty.jpg").touch()
    report = compare(paths, tmp_path / "index", tmp_path / "queries")
    assert (report.photos, report.queries, report.unmatched) == (17, 6, 3)
    assert [name for name, _ in report.left_out] == ["dots"]
    assert [failure.path.name for failure in report.failed] == ["empty.jpg"]


def test_photos_to_ask_for_need_a_label_in_common(paths: LibraryPaths, tmp_path: Path) -> None:
    save_labelled(tmp_path / "index", 5, ("rings", "stripes", "blocks"))
    save_labelled(tmp_path / "queries", 5, ("dots",))
    store_features(paths, tmp_path)
    with pytest.raises(UserError, match="label"):
        compare(paths, tmp_path / "index", tmp_path / "queries")


def test_too_few_labels_are_refused(paths: LibraryPaths, tmp_path: Path) -> None:
    save_labelled(tmp_path / "photos", 8, ("rings", "dots"))
    store_features(paths, tmp_path)
    with pytest.raises(UserError, match="too little"):
        compare(paths, tmp_path / "photos")


def test_a_backbone_whose_weights_are_not_there_is_refused(paths: LibraryPaths, tmp_path: Path) -> None:
    save_labelled(tmp_path / "photos", 5)
    with pytest.raises(UserError, match="model download siglip-b-16-224"):
        compare(paths, tmp_path / "photos", backbones=("siglip-b-16-224",))
    with pytest.raises(UserError, match="no model named"):
        compare(paths, tmp_path / "photos", backbones=("no-such-model",))


def test_closed_in_the_middle_it_ends_soon(
    paths: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[bool] = []

    def without_end(_training_set: object, _loss: str, _seed: int, on_progress: Callable[[float], None]) -> NoReturn:
        try:
            while True:
                on_progress(0.5)
        except Cancelled:
            stopped.append(True)
            raise

    monkeypatch.setattr(runner, "train_linear_probe", without_end)
    save_labelled(tmp_path / "photos", 8)
    store_features(paths, tmp_path / "photos")
    with WritableLibrary(paths) as library:
        job = ablate(library, tmp_path / "photos", None, backbones=(), losses=(DEFAULT_LOSS,), seeds=1)
        while next(job).done < 800:  # four of the five variants
            pass
        next(job)
        job.close()
    assert stopped == [True]


@pytest.mark.slow
def test_features_are_made_once_and_kept(paths: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_labelled(tmp_path / "photos", 5)
    first = compare(paths, tmp_path / "photos", backbones=BACKBONES)
    with WritableLibrary(paths) as library:
        assert library.catalog.counts().photos == 0
    monkeypatch.setattr(OpenBackbone, "embedder", lambda _self: pytest.fail("the features are there"))
    assert compare(paths, tmp_path / "photos", backbones=BACKBONES) == first
