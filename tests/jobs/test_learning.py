"""Learning on a library: what is kept and searched afterwards, what is refused, and that giving up leaves no trace."""

import shutil
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from guie_desktop.asking import Query
from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.embedding.projection import Projection
from guie_desktop.errors import UserError
from guie_desktop.jobs.apart import apart
from guie_desktop.jobs.learning import learn
from guie_desktop.learned import Advice, Reason, TooFewPhotos
from guie_desktop.learning.data import curation, library_data
from guie_desktop.learning.data.curation import TrainingSet
from guie_desktop.learning.testing import trial
from guie_desktop.learning.training import trainer
from guie_desktop.messages import Progress
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.head_versions import list_heads, report_of
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from tests.albums import make_album
from tests.learning.worlds import QUICK, World, labels_of
from tests.running import finish
from tests.stored_photos import fill_library, keys_of, store_photos

THINGS, PHOTOS, FAR = 10, 12, 150


def _at_hand(
    work: Callable[[Callable[[Progress], None]], Any], begin: Progress, **_others: object
) -> Generator[Progress, None, Any]:
    """What `apart` does, in this process, which has loaded torch and what a test has changed."""
    yield begin
    told: list[Progress] = []
    result = work(told.append)
    yield from told
    return result


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guie_desktop.jobs.learning.apart", _at_hand)


@pytest.fixture
def _in_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guie_desktop.jobs.learning.apart", apart)


in_its_own_process = pytest.mark.usefixtures("_in_its_own")


@dataclass
class Sorted:
    """A library with photos of things, an album for each thing, and photos of other things far away."""

    library: WritableLibrary
    ids: list[int]

    @property
    def things(self) -> list[list[int]]:
        """The photos of each thing."""
        return [self.ids[start : start + PHOTOS] for start in range(0, THINGS * PHOTOS, PHOTOS)]

    @property
    def far(self) -> list[int]:
        return self.ids[THINGS * PHOTOS :]

    def hits(self, photo: int, *, top: int = 5) -> list[int]:
        answer = self.library.search_engine.answer(Query(photos=(photo,), top=top))
        return [hit.photo_id for hit in answer.hits]

    def precision(self) -> float:
        """Share of the five nearest of a thing's last photo, which no album has, that show the same thing."""
        found = [len(set(self.hits(thing[-1])) & set(thing)) / 5 for thing in self.things]
        return float(np.mean(found))


@pytest.fixture
def world(paths: LibraryPaths, tmp_path: Path) -> Iterator[Sorted]:
    made = World(0, THINGS)
    library = WritableLibrary(paths)
    rows = np.concatenate([made.albums(PHOTOS), made.far_away(FAR)])
    opened = Sorted(library, fill_library(library, rows, tmp_path / "photos"))
    yield opened
    opened.library.close()


@pytest.fixture
def sorted_out(world: Sorted) -> Sorted:
    for number, thing in enumerate(world.things):
        make_album(world.library.catalog, f"thing {number}", thing[:-1])
    return world


def shuffle(world: Sorted) -> None:
    ids = np.random.default_rng(3).permutation(world.ids[: THINGS * PHOTOS])
    for number, part in enumerate(np.split(ids, THINGS)):
        make_album(world.library.catalog, f"heap {number}", part.tolist())


def test_what_was_learned_is_searched_with(sorted_out: Sorted) -> None:
    before = sorted_out.precision()
    far_before = [sorted_out.hits(photo, top=20) for photo in sorted_out.far[:10]]
    report = finish(learn(sorted_out.library, QUICK))
    assert report.accepted
    assert (report.albums, report.photos) == (THINGS, THINGS * (PHOTOS - 1))
    assert report.after is not None
    assert report.before is not None
    assert report.after.mmp5 > report.before.mmp5 + 0.3
    assert report.after.unlabelled is not None
    assert report.after.unlabelled > 0.97  # the ten photos of things that no album has are ranked anew
    assert sorted_out.precision() > before + 0.3
    answer = sorted_out.library.search_engine.answer(Query(photos=(sorted_out.ids[0],), top=5))
    assert (answer.head, answer.personal) == ("Version 1", 1.0)
    assert all(hit.probability is not None and 0 <= hit.probability <= 1 for hit in answer.hits)
    # Photos far away are ranked as before, but for what half precision cannot tell apart.
    far_after = [sorted_out.hits(photo, top=20) for photo in sorted_out.far[:10]]
    same = [a == b for one, other in zip(far_before, far_after, strict=True) for a, b in zip(one, other, strict=True)]
    assert np.mean(same) > 0.95


def test_the_general_ranking_is_still_to_be_had(sorted_out: Sorted) -> None:
    photo = sorted_out.ids[0]
    before = sorted_out.library.search_engine.answer(Query(photos=(photo,), top=9))
    finish(learn(sorted_out.library, QUICK))
    general = sorted_out.library.search_engine.answer(Query(photos=(photo,), top=9, head="general"))
    assert (general.head, general.personal) == ("general", 0.0)
    assert [hit.photo_id for hit in general.hits] == [hit.photo_id for hit in before.hits]
    assert [hit.score for hit in general.hits] == pytest.approx([hit.score for hit in before.hits], abs=2e-3)
    assert all(hit.probability is None for hit in general.hits)


def test_the_version_is_kept_with_its_report(sorted_out: Sorted) -> None:
    make_album(sorted_out.library.catalog, "hardly begun", sorted_out.far[:2])
    report = finish(learn(sorted_out.library, QUICK))
    assert report.head is not None
    assert report.left_out == (("hardly begun", TooFewPhotos(2)),)
    state, general = list_heads(sorted_out.library)
    assert (state.id, state.in_use, state.imported, general.in_use) == (report.head, True, False, False)
    assert (state.albums, state.photos) == (report.albums, report.photos)
    assert (state.before, state.after, state.loss) == (report.before, report.after, report.loss)
    kept = report_of(sorted_out.library, report.head)
    assert replace(kept, seconds=report.seconds) == report


def test_learning_again_makes_a_new_version_of_the_same_numbers(sorted_out: Sorted) -> None:
    library = sorted_out.library
    finish(learn(library, QUICK))
    finish(learn(library, QUICK))
    newest, oldest = library.head_store.personal_versions(library.backbone.key)
    assert (newest.title, oldest.title) == ("Version 2", "Version 1")
    one, other = (PersonalHead.from_bytes(version.data) for version in (newest, oldest))
    np.testing.assert_array_equal(one.centres, other.centres)
    for part in ("mean", "matrix", "bias"):
        np.testing.assert_array_equal(getattr(one.projection, part), getattr(other.projection, part))
    assert (one.belonging, one.cutoff, one.midpoint) == (other.belonging, other.cutoff, other.midpoint)
    assert library.backbone.personal_id == newest.id


def test_after_closing_and_opening_it_is_still_so(sorted_out: Sorted, paths: LibraryPaths) -> None:
    finish(learn(sorted_out.library, QUICK))
    hits = sorted_out.hits(sorted_out.ids[0])
    sorted_out.library.close()
    with OpenLibrary(paths) as library:
        assert len(library.backbone.space.index) == THINGS * PHOTOS + FAR
        answer = library.search_engine.answer(Query(photos=(sorted_out.ids[0],), top=5))
        assert ([hit.photo_id for hit in answer.hits], answer.head) == (hits, "Version 1")
    sorted_out.library = WritableLibrary(paths)


def test_of_a_trial_run_nothing_is_kept(sorted_out: Sorted) -> None:
    before = [sorted_out.hits(thing[0]) for thing in sorted_out.things]
    report = finish(learn(sorted_out.library, QUICK, dry_run=True))
    assert report.accepted
    assert report.head is None
    assert len(list_heads(sorted_out.library)) == 1
    assert [sorted_out.hits(thing[0]) for thing in sorted_out.things] == before


def test_shuffled_labels_are_refused_with_a_reason_and_nothing_is_kept(world: Sorted) -> None:
    shuffle(world)
    before = [world.hits(thing[0]) for thing in world.things]
    report = finish(learn(world.library, QUICK))
    assert not report.accepted
    assert isinstance(report.reason, Reason)
    assert report.reason.outcome in ("not clearly better", "worse")
    assert report.head is None
    assert [state.in_use for state in list_heads(world.library)] == [True]
    assert [world.hits(thing[0]) for thing in world.things] == before


def test_too_few_albums_are_told_of(world: Sorted) -> None:
    catalog = world.library.catalog
    for name in ("one", "too small"):
        with pytest.raises(UserError, match="too little"):
            finish(learn(world.library, QUICK))
        make_album(catalog, name, world.things[0] if name == "one" else world.things[1][:2])
    with pytest.raises(UserError, match="too little"):
        finish(learn(world.library, QUICK))
    make_album(catalog, "two", world.things[2])
    assert finish(learn(world.library, QUICK)).albums == 2
    with pytest.raises(UserError, match="3 albums"):
        finish(learn(world.library, replace(QUICK, loss="adacos")))


def test_albums_of_one_scene_are_refused_with_a_reason(world: Sorted, tmp_path: Path) -> None:
    rows = np.repeat(World(5, 2).albums(1), 6, axis=0)
    rows = rows + 1e-3 * np.random.default_rng(0).normal(size=rows.shape).astype(np.float32)
    ids = fill_library(world.library, rows, tmp_path / "series")
    for number in range(2):
        make_album(world.library.catalog, f"series {number}", ids[6 * number : 6 * number + 6])
    report = finish(learn(world.library, QUICK))
    assert not report.accepted
    assert report.reason == Reason("no split")
    assert report.advice == (Advice("other occasions"),)
    assert (report.before, report.after) == (None, None)


def test_every_photo_of_a_large_album_counts_as_trained_on(sorted_out: Sorted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curation, "MAX_PHOTOS_PER_CLASS", 6)
    library = sorted_out.library
    make_album(library.catalog, "too small to be learned", sorted_out.far[:2])
    report = finish(learn(library, QUICK))
    assert report.photos == 6 * THINGS
    assert report.head is not None
    kept = library.head_store.personal_version(library.backbone.key, report.head)
    assert kept is not None
    in_albums = [photo for thing in sorted_out.things for photo in thing[:-1]]
    assert kept.trained_on.tolist() == sorted(keys_of(library.backbone.features, in_albums))


def test_album_photos_outside_the_sample_of_the_library_are_trained_on(
    sorted_out: Sorted, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[TrainingSet] = []

    train = trainer.train

    def train_and_note(training_set: TrainingSet, *others: Any) -> Projection:
        seen.append(training_set)
        return train(training_set, *others)

    monkeypatch.setattr(trainer, "train", train_and_note)
    monkeypatch.setattr(library_data, "SAMPLE_SIZE", 40)
    library = sorted_out.library
    report = finish(learn(library, QUICK, dry_run=True))
    assert report.photos == THINGS * (PHOTOS - 1)
    stored = {
        int(key): row / np.linalg.norm(row)
        for keys, rows in library.backbone.features.by_id(library.backbone.features.live_ids())
        for key, row in zip(keys, rows.astype(np.float32), strict=True)
    }
    for training_set in seen:
        for key, feature in zip(training_set.keys, training_set.features, strict=True):
            np.testing.assert_allclose(feature, stored[int(key)], atol=1e-6)


def test_photos_in_the_wrong_album_are_named(sorted_out: Sorted) -> None:
    # In the ranking that no wrong label can have misled, things have to be told apart for this.
    easy = World(1, THINGS, signal=3.0)
    rows = easy.albums(PHOTOS)
    ids = fill_library(sorted_out.library, rows, Path("/easy"))
    labels = labels_of(THINGS, PHOTOS)
    for thing in range(THINGS):
        mine = [ids[place] for place in np.flatnonzero(labels == thing)]
        make_album(sorted_out.library.catalog, f"easy {thing}", mine[1:] + ([ids[0]] if thing == 4 else []))
    report = finish(learn(sorted_out.library, QUICK, dry_run=True))
    assert [(issue.photo_id, issue.album, issue.other) for issue in report.label_issues] == [
        (ids[0], "easy 4", "easy 0")
    ]


def test_where_no_query_is_mostly_personal_there_is_a_cut_off_all_the_same(
    sorted_out: Sorted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "MOSTLY_PERSONAL", 1.0)
    assert finish(learn(sorted_out.library, QUICK)).accepted
    assert sorted_out.library.backbone.space.cutoff(1.0) is not None


# --- giving up


def first(job: Iterator[Progress], stage: str) -> Progress:
    return next(progress for progress in job if progress.stage == stage)


@in_its_own_process
@pytest.mark.parametrize("stage", ["test", "learn", "vectors"])
def test_given_up_in_any_stage_it_is_as_before(sorted_out: Sorted, stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guie_desktop.jobs.background.LOOK_AGAIN", 0.001)  # no stage is over before it is seen
    job = learn(sorted_out.library, QUICK)
    first(job, stage)
    job.close()
    library = sorted_out.library
    assert library.backbone.personal_id == 0
    assert library.backbone.space.head.name == "general"
    assert len(library.backbone.space.index) == THINGS * PHOTOS + FAR
    assert len(list_heads(library)) == (2 if stage == "vectors" else 1)
    assert finish(learn(library, QUICK)).accepted


@in_its_own_process
def test_progress_goes_through_the_stages_and_never_back(sorted_out: Sorted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guie_desktop.jobs.background.LOOK_AGAIN", 0.001)  # no stage is over before it is seen
    reported = list(learn(sorted_out.library, QUICK))
    assert list(dict.fromkeys(progress.stage for progress in reported)) == ["test", "learn", "vectors"]
    training = [progress for progress in reported if progress.stage != "vectors"]
    assert [progress.done for progress in training] == sorted(progress.done for progress in training)
    assert all(0 <= progress.done <= progress.total == 100 for progress in training)


@in_its_own_process
def test_search_goes_on_while_it_learns(sorted_out: Sorted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guie_desktop.jobs.background.LOOK_AGAIN", 0.001)
    answered = 0
    for _ in learn(sorted_out.library, QUICK):
        assert len(sorted_out.hits(sorted_out.ids[0])) == 5
        answered += 1
    assert answered > 3


@in_its_own_process
def test_photos_that_arrive_meanwhile_are_found_afterwards(sorted_out: Sorted, tmp_path: Path) -> None:
    job = learn(sorted_out.library, QUICK)
    next(job)
    (arrived,) = store_photos(sorted_out.library.backbone.features, World(0, THINGS).photos(0, 1), tmp_path / "photos")
    finish(job)
    assert arrived in sorted_out.hits(sorted_out.ids[0], top=999)


@in_its_own_process
def test_killed_it_says_so_and_nothing_is_lost(sorted_out: Sorted) -> None:
    job = learn(sorted_out.library, QUICK)
    before = {child.pid for child in psutil.Process().children()}
    next(job)
    (process,) = [child for child in psutil.Process().children() if child.pid not in before]
    process.kill()
    with pytest.raises(UserError, match="ended before it was done"):
        finish(job)
    assert [state.in_use for state in list_heads(sorted_out.library)] == [True]
    report = finish(learn(sorted_out.library, QUICK))
    assert report.accepted
    assert report.head == sorted_out.library.backbone.personal_id


@in_its_own_process
def test_that_too_few_of_the_sorted_photos_can_be_searched_is_told_from_there(sorted_out: Sorted) -> None:
    features = sorted_out.library.backbone.features
    features.discard(features.ids().tolist())
    with pytest.raises(UserError, match="can be searched yet"):
        finish(learn(sorted_out.library, QUICK))


def test_where_too_little_was_sorted_no_process_is_started(world: Sorted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guie_desktop.jobs.learning.apart", lambda *_arguments, **_named: pytest.fail("started"))
    with pytest.raises(UserError, match="too little"):
        finish(learn(world.library, QUICK))


def test_the_seed_alone_makes_the_difference(sorted_out: Sorted, paths: LibraryPaths, tmp_path: Path) -> None:
    report = finish(learn(sorted_out.library, QUICK, dry_run=True))
    sorted_out.library.close()
    shutil.copytree(paths.root, tmp_path / "copy", symlinks=True)
    with WritableLibrary(LibraryPaths(tmp_path / "copy")) as copy:
        again = finish(learn(copy, QUICK, dry_run=True))
    assert replace(again, seconds=report.seconds) == report
    sorted_out.library = WritableLibrary(paths)
