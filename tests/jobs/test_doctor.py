"""The doctor: what is whole is left alone, what is a cache is made again, and the rest is told."""

from pathlib import Path

import pytest
from sqlalchemy import update

from guie_desktop.jobs.background import Cancelled
from guie_desktop.jobs.doctor import check_catalog, check_stored, examine, new_pace
from guie_desktop.library import damage
from guie_desktop.library.database import writing
from guie_desktop.library.tables import features, personal_heads
from guie_desktop.messages import Problem
from guie_desktop.paths import LibraryPaths
from guie_desktop.sentences import Sentence
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import save_photos
from tests.running import finish, index_folder


def damage_a_feature(library: WritableLibrary, vector: bytes) -> None:
    with writing(library.catalog.database) as connection:
        connection.execute(update(features).where(features.c.id == 1).values(vector=vector))


@pytest.mark.parametrize("vector", [b"short", b"\xff\xff" * 704], ids=["too short", "not a number"])
def test_a_damaged_feature_is_told_of_and_made_again(paths: LibraryPaths, tmp_path: Path, vector: bytes) -> None:
    save_photos(tmp_path / "photos", 3)
    index_folder(paths, tmp_path / "photos")
    with WritableLibrary(paths) as library:
        assert finish(examine(library, repair=False)) == ()
        damage_a_feature(library, vector)
        assert finish(examine(library, repair=False)) == (
            Problem("Photos whose features are damaged: 1.", repaired=False),
        )
        assert Problem("Photos whose features are damaged: 1.", repaired=True) in finish(examine(library, repair=True))
        assert finish(examine(library, repair=False)) == ()
        assert len(library.backbone.space.index) == 3


def test_a_damaged_head_cannot_be_mended_and_is_told_of(library: WritableLibrary) -> None:
    with writing(library.catalog.database) as connection:
        connection.execute(update(personal_heads).where(personal_heads.c.id == 1).values(data=b"nonsense"))
    told = [problem for problem in finish(examine(library, repair=False)) if "Version" in problem.what]
    what = "Version 1 of what was learned is damaged; learn your albums again."
    assert told == [Problem(what, repaired=False, can_be_repaired=False)]


def test_lost_words_are_told_of_and_made_again(paths: LibraryPaths, tmp_path: Path) -> None:
    save_photos(tmp_path / "photos", 3)
    index_folder(paths, tmp_path / "photos")
    with WritableLibrary(paths) as library:
        with writing(library.catalog.database) as connection:
            connection.exec_driver_sql("DELETE FROM words")
        told = "Names and notes are not found by all of their words."
        assert finish(examine(library, repair=False)) == (Problem(told, repaired=False),)
        assert finish(examine(library, repair=True)) == (Problem(told, repaired=True),)
        assert finish(examine(library, repair=False)) == ()


def test_all_that_it_says_can_be_translated(library: WritableLibrary) -> None:
    library.thumbnails.make_empty()
    damage_a_feature(library, b"short")
    with writing(library.catalog.database) as connection:
        connection.execute(update(personal_heads).values(data=b"nonsense", report="nonsense"))
    found = finish(examine(library, repair=False))
    assert len(found) >= 4
    assert all(isinstance(problem.what, Sentence) for problem in found)


def test_what_the_user_cleared_is_no_problem_and_is_made_where_that_is_asked_for(
    paths: LibraryPaths, tmp_path: Path
) -> None:
    save_photos(tmp_path / "photos", 2)
    index_folder(paths, tmp_path / "photos")
    with WritableLibrary(paths) as library:
        library.clear_pictures()
        assert finish(examine(library, repair=False)) == ()
        found = finish(examine(library, repair=True))
        assert Problem("Photos without a thumbnail: 2.", repaired=True) in found
        assert not library.thumbnails.lacking(list(library.catalog.content_hashes()))


def test_it_tells_how_far_it_is(library: WritableLibrary) -> None:
    told = [progress.done for progress in examine(library, repair=False)]
    assert told == sorted(told)
    pace = new_pace()
    finish(check_catalog(library, pace))
    assert 0 <= pace.done < pace.total
    finish(check_stored(library, pace, repair=False))
    assert pace.done > pace.total / 2


def test_a_check_of_the_catalog_that_is_given_up_ends_and_blames_nothing(
    library: WritableLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damage, "_STEPS", 1)
    told: list[float] = []

    def give_up(share: float) -> None:
        told.append(share)
        raise Cancelled

    with writing(library.catalog.database) as connection:
        connection.execute(update(features).values(backbone=b"no text"))
    assert damage.problems_in(library.paths.catalog, tell=told.append)
    told.clear()
    assert damage.problems_in(library.paths.catalog, tell=give_up) == ()
    assert len(told) == 1
    with pytest.raises(Cancelled):
        damage.problems_in(library.paths.catalog, also_indexes=True, tell=give_up)


def test_a_check_that_is_given_up_ends_wherever_it_is(
    library: WritableLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = library.catalog.content_hashes(most=2)
    assert len(some) == 2
    monkeypatch.setattr(library.catalog, "content_hashes", lambda **_: some)  # photos without end
    checking = check_stored(library, new_pace(), repair=False)
    for _ in range(3):
        next(checking)
    checking.close()


def test_photos_are_looked_at_in_runs(paths: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guie_desktop.jobs.doctor._AT_ONCE", 2)
    save_photos(tmp_path / "photos", 5)
    index_folder(paths, tmp_path / "photos")
    with WritableLibrary(paths) as library:
        library.thumbnails.forget(list(library.catalog.content_hashes(after=2)))
        told = "Photos without a thumbnail: 3."
        assert finish(examine(library, repair=False)) == (Problem(told, repaired=False),)
        assert finish(examine(library, repair=True)) == (
            Problem(told, repaired=True),
            Problem("Photos that are not read yet: 3.", repaired=True),
        )
        assert finish(examine(library, repair=False)) == ()
