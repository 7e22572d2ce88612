"""Using a version of the personal head, and going back; search has a whole index all the time."""

import shutil
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from guie_desktop.asking import Query
from guie_desktop.domain import GENERAL_HEAD
from guie_desktop.embedding.general_head import fit_general_head
from guie_desktop.errors import UserError
from guie_desktop.jobs import refitting
from guie_desktop.jobs.refitting import renew_space
from guie_desktop.jobs.switching import use_head
from guie_desktop.library.database import writing
from guie_desktop.library.tables import personal_heads
from guie_desktop.messages import Progress
from guie_desktop.paths import LibraryPaths
from guie_desktop.search.space import Space
from guie_desktop.search.suggestions import suggest
from guie_desktop.workspace.head_versions import list_heads, report_of
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from tests.learned_library import COUNT, heads_in_use
from tests.running import finish


def searched_with(library: OpenLibrary) -> str:
    """The head that answers a query for a photo of an album."""
    answer = library.search_engine.answer(Query(photos=(1,), top=999))
    assert len(answer.hits) == COUNT - 1
    return answer.head


# --- using


def test_going_back_and_forth_changes_what_is_searched(library: WritableLibrary) -> None:
    second, first, _ = list_heads(library)
    for head, name in (
        (first.id, "Version 1"),
        (GENERAL_HEAD, "general"),
        (second.id, "Version 2"),
        (second.id, "Version 2"),
    ):
        finish(use_head(library, head))
        assert searched_with(library) == name
        assert heads_in_use(library) == [head]


def test_a_version_that_is_not_there_is_refused(library: WritableLibrary) -> None:
    for refused in (lambda: finish(use_head(library, 999)), lambda: report_of(library, 999)):
        with pytest.raises(UserError, match="no head with the number 999"):
            refused()
    assert searched_with(library) == "Version 2"


def damage(library: WritableLibrary, head_id: int) -> None:
    with writing(library.catalog.database) as connection:
        connection.execute(update(personal_heads).where(personal_heads.c.id == head_id).values(data=b"nonsense"))


def test_a_damaged_version_is_listed_as_such_refused_and_stops_nothing(library: WritableLibrary) -> None:
    second, first, _ = list_heads(library)
    damage(library, first.id)
    assert [state.title for state in list_heads(library)] == ["Version 2", "Version 1 (damaged)", "General"]
    with pytest.raises(UserError, match="damaged"):
        finish(use_head(library, first.id))
    assert heads_in_use(library) == [second.id]
    assert searched_with(library) == "Version 2"


def test_with_a_damaged_version_in_use_the_general_one_answers(library: WritableLibrary, copied: LibraryPaths) -> None:
    damage(library, list_heads(library)[0].id)
    library.close()
    with OpenLibrary(copied) as again:
        again.backbone.synchronise()
        assert searched_with(again) == "general"
        assert heads_in_use(again) == [GENERAL_HEAD]
    with WritableLibrary(copied) as repaired:
        finish(use_head(repaired, GENERAL_HEAD))
        assert searched_with(repaired) == "general"


# --- interrupted


@pytest.fixture
def _slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in the background gives a step before and a step after it, however fast it is."""

    def step_by_step(
        work: Callable[[], Any], progress: Callable[[], Progress], _stop: Callable[[], None] = lambda: None
    ) -> Generator[Progress, None, Any]:
        yield progress()
        result = work()
        yield progress()
        return result

    monkeypatch.setattr(refitting, "in_background", step_by_step)


CHANGES = pytest.mark.parametrize(
    ("to", "name"), [(1, "Version 1"), (GENERAL_HEAD, "general")], ids=["version", "general"]
)


@pytest.mark.usefixtures("_slowly")
@CHANGES
def test_closed_at_any_step_it_is_as_before(library: WritableLibrary, to: int, name: str) -> None:
    steps = 0
    while True:
        steps += 1
        job = use_head(library, to)
        try:
            for _ in range(steps):
                next(job)
        except StopIteration:
            break
        job.close()
        assert searched_with(library) == "Version 2"
        assert heads_in_use(library) == [2]
    assert steps > 4
    assert searched_with(library) == name
    assert heads_in_use(library) == [to]


@pytest.mark.parametrize("part", ["reconcile", "grow"])
def test_closed_while_an_index_is_filled_it_does_not_wait_for_the_rest(
    library: WritableLibrary, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    until = time.monotonic() + 60

    def many_photos(_: Space) -> Iterator[int]:
        while time.monotonic() < until:
            yield 1

    def large_graph(_: Space, check: Callable[[], None] = lambda: None) -> None:
        while time.monotonic() < until:
            check()

    monkeypatch.setattr(Space, part, {"reconcile": many_photos, "grow": large_graph}[part])
    job = use_head(library, 1)
    next(job)
    job.close()
    assert time.monotonic() < until
    assert heads_in_use(library) == [2]


@pytest.mark.usefixtures("_slowly")
@CHANGES
def test_killed_at_any_step_the_next_start_has_a_whole_index_for_its_choice(
    library: WritableLibrary, copied: LibraryPaths, tmp_path: Path, to: int, name: str
) -> None:
    left_behind = 0

    def next_start(expected: str) -> None:
        """What a program finds that starts on what a killed one left."""
        nonlocal left_behind
        left_behind += 1
        paths = LibraryPaths(shutil.copytree(copied.root, tmp_path / f"killed-{left_behind}"))
        with OpenLibrary(paths) as reading:
            assert searched_with(reading) == expected  # at once, before anything is put right
        with WritableLibrary(paths) as writing_library:
            assert searched_with(writing_library) == expected
            assert sum(writing_library.backbone.space.reconcile()) == 0
        assert len(list(paths.vectors.glob("*.usearch"))) == 1  # it also tidies up

    for _ in use_head(library, to):
        next_start("Version 2")
    next_start(name)


@pytest.mark.usefixtures("_slowly")
def test_a_general_head_that_is_fitted_meanwhile_is_the_one_that_is_used(library: WritableLibrary) -> None:
    backbone = library.backbone
    job = use_head(library, 1)
    next(job)
    sample = backbone.features.sample(100)
    newer = backbone.keep_general(fit_general_head(sample), 100)
    finish(job)
    assert backbone.space.head_id == f"{newer}-1"
    assert backbone.general.fitted_on == 100
    assert searched_with(library) == "Version 1"


@pytest.mark.usefixtures("_slowly")
@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_a_version_that_is_chosen_while_the_general_head_is_renewed_stays_chosen(
    library: WritableLibrary, steps: int
) -> None:
    backbone = library.backbone
    sample = backbone.features.sample(100)
    newer = backbone.keep_general(fit_general_head(sample), 100)
    suspended = renew_space(backbone)  # as by the indexing, which learning goes before
    for _ in range(steps):
        next(suspended)
    finish(use_head(library, 1))
    assert searched_with(library) == "Version 1"
    finish(suspended)
    assert backbone.space.head_id == f"{newer}-1"
    assert searched_with(library) == "Version 1"
    assert heads_in_use(library) == [1]


@pytest.mark.usefixtures("_slowly")
def test_a_disk_that_is_full_changes_the_head_all_the_same(
    library: WritableLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("guie_desktop.search.vectors.VectorIndex.save", full)
    finish(use_head(library, 1))
    assert searched_with(library) == "Version 1"


def test_a_learned_album_is_suggested_what_rather_belongs_to_it(library: WritableLibrary) -> None:
    album = library.catalog.albums()[0]
    members = library.catalog.photo_ids(album_id=album.id)
    taken_out = sorted(members)[:3]
    library.albums.decide(album.id, taken_out, None)
    hits = suggest(library.catalog, library.backbone.space, album.id, COUNT).hits
    assert {hit.photo_id for hit in hits[:3]} == set(taken_out)
    assert len(hits) < COUNT / 2
