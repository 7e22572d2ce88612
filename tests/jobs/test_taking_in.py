"""Taking in a general head that was trained elsewhere: tested on the photos here first, and the way back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete, update

from guie_desktop.arrays import Floats
from guie_desktop.asking import Query
from guie_desktop.domain import FITTED_HEAD, GENERAL_HEAD
from guie_desktop.embedding.general_head import GeneralHead, fit_general_head
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.projection import Projection
from guie_desktop.errors import UserError
from guie_desktop.jobs.doctor import examine
from guie_desktop.jobs.refitting import refresh_general_head
from guie_desktop.jobs.switching import use_head
from guie_desktop.jobs.taking_in import TakenIn, take_in_head
from guie_desktop.library.database import writing
from guie_desktop.library.tables import albums, heads, photos
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.head_versions import export_head, list_heads
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from tests.heads import trained_head
from tests.learned_library import FAR, PHOTOS, THINGS
from tests.learning.worlds import DIMENSION, WEAK, World
from tests.running import finish
from tests.stored_photos import store_photos

pytestmark = pytest.mark.slow


def projection_onto(directions: Floats) -> Projection:
    world = World(0, THINGS)
    mean = np.concatenate([world.albums(PHOTOS), world.far_away(FAR)]).mean(axis=0)
    return Projection.of(DIMENSION, mean=mean, matrix=np.ascontiguousarray(directions.T, np.float32))


@pytest.fixture
def knowing(library: WritableLibrary, tmp_path: Path) -> Path:
    """The file of a head that knows in what the things differ, and lets the far away be far away."""
    axes = World(0, THINGS)._axes
    return written(library, projection_onto(np.concatenate([axes[:WEAK], axes[-1:]])), tmp_path / "knowing.head")


def written(library: OpenLibrary, projection: Projection, file: Path, **changes: object) -> Path:
    file.write_bytes(trained_head(library.backbone.key, projection, **changes).to_bytes())
    return file


def general_of(library: OpenLibrary) -> GeneralHead:
    """The general half of the head that really searches."""
    head = library.backbone.space.head
    general = head.general if isinstance(head, PairedHead) else head
    assert isinstance(general, GeneralHead)
    return general


def in_use(library: OpenLibrary) -> list[int]:
    return [state.id for state in list_heads(library) if state.in_use]


def take_in(library: WritableLibrary, file: Path) -> TakenIn:
    return finish(take_in_head(library, file))


def refused(library: WritableLibrary, file: Path, match: str) -> UserError:
    """It is refused for this, and nothing has changed."""
    before = library.backbone.space.head_id, list_heads(library)
    with pytest.raises(UserError, match=match) as caught:
        take_in(library, file)
    assert (library.backbone.space.head_id, list_heads(library)) == before
    return caught.value


def test_a_better_one_is_taken_in_beside_what_was_learned_and_stays(
    library: WritableLibrary, copied: LibraryPaths, knowing: Path, tmp_path: Path
) -> None:
    fitted = general_of(library)
    taken = take_in(library, knowing)
    assert taken.test is not None
    assert (taken.test.tested_by, taken.test.outcome) == ("albums", "better")
    assert taken.test.after.mmp5 > taken.test.before.mmp5
    assert in_use(library) == [2, taken.head_id]
    assert general_of(library).output_dimension == WEAK + 1
    assert len(library.backbone.space.index) == THINGS * PHOTOS + FAR
    found = library.search_engine.answer(Query(photos=(1,), top=5, head="general"))
    assert {(hit.photo_id - 1) // PHOTOS for hit in found.hits} == {0}
    state = next(state for state in list_heads(library) if state.id == taken.head_id)
    assert (state.title, state.albums, state.photos, state.imported) == ("knowing.head", 81, 2640, True)
    assert (state.before, state.after) == (taken.test.before, taken.test.after)

    # --- as the library grows, and from one start to the next
    ids = store_photos(library.backbone.features, World(5, 3).albums(200), Path("/more"))
    for _ in library.backbone.space.reconcile():
        pass
    finish(refresh_general_head(library.backbone, is_settled=True))
    assert in_use(library) == [2, taken.head_id]
    library.close()
    with WritableLibrary(copied) as again:
        assert in_use(again) == [2, taken.head_id]
        assert general_of(again).origin is not None
        assert not any("general" in str(problem) for problem in finish(examine(again, repair=False)))

        # --- without what was learned, and back to the fitted one, which catches up
        finish(use_head(again, GENERAL_HEAD))
        assert in_use(again) == [GENERAL_HEAD, taken.head_id]
        assert general_of(again).origin is not None
        finish(use_head(again, 1))
        finish(use_head(again, FITTED_HEAD))
        assert in_use(again) == [1, FITTED_HEAD]
        assert general_of(again).output_dimension == fitted.output_dimension
        assert general_of(again).fitted_on == THINGS * PHOTOS + FAR + len(ids)
        finish(use_head(again, taken.head_id))
        assert in_use(again) == [1, taken.head_id]

        # --- and on to others, as it came
        export_head(again, taken.head_id, tmp_path / "onward.head", with_names=False)
        onward = GeneralHead.from_bytes((tmp_path / "onward.head").read_bytes())
        assert (onward.before, onward.after) == (None, None)
        assert onward.origin == general_of(again).origin
        with pytest.raises(UserError, match="made from each library's own photos"):
            export_head(again, FITTED_HEAD, tmp_path / "x.head", with_names=False)
        assert refused(again, knowing, "here already").command == f"head use general-{-1 - taken.head_id}"


def test_random_numbers_are_refused(library: WritableLibrary, tmp_path: Path) -> None:
    matrix = np.random.default_rng(0).normal(size=(6, DIMENSION)).astype(np.float32)
    file = written(library, projection_onto(matrix), tmp_path / "random.head")
    assert "Sort more photos" in refused(library, file, "random numbers do as well").remedy


def test_a_worse_one_is_refused_with_figures(library: WritableLibrary, tmp_path: Path) -> None:
    blind = projection_onto(World(0, THINGS)._axes[WEAK : WEAK + 6])
    error = refused(library, written(library, blind, tmp_path / "blind.head"), "finds worse")
    assert "mMP@5 is 0." in error.title
    assert "60 photos" in error.title


def without_albums(library: WritableLibrary) -> None:
    with writing(library.catalog.database) as connection:
        connection.execute(update(albums).values(removed_at=1.0))


def test_without_albums_the_occasions_of_photos_tell(library: WritableLibrary, knowing: Path) -> None:
    without_albums(library)
    refused(library, knowing, "nothing here to test")  # all photos are of one folder and of no known time
    with writing(library.catalog.database) as connection:
        for thing in range(THINGS):
            own = photos.c.id.between(thing * PHOTOS + 1, (thing + 1) * PHOTOS)
            connection.execute(update(photos).where(own).values(taken=thing * 9000.0, taken_from="DateTimeOriginal"))
    taken = take_in(library, knowing)
    assert taken.test is not None
    assert (taken.test.tested_by, taken.test.outcome) == ("occasions", "better")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[WritableLibrary]:
    with WritableLibrary(LibraryPaths(tmp_path / "empty")) as opened:
        yield opened


def test_a_library_without_photos_has_nothing_to_test_by(empty: WritableLibrary, tmp_path: Path) -> None:
    matrix = np.eye(empty.backbone.card.feature_dimension, 64, dtype=np.float32)
    file = written(empty, Projection.of(len(matrix), matrix=matrix), tmp_path / "some.head")
    assert "Sort more photos into albums" in refused(empty, file, "nothing here to test").remedy


def test_what_does_not_fit_is_refused_before_any_test(library: WritableLibrary, tmp_path: Path, knowing: Path) -> None:
    sound = GeneralHead.from_bytes(knowing.read_bytes())
    assert sound.origin is not None

    def other(key: str) -> Path:
        assert sound.origin is not None
        made = replace(sound, origin=replace(sound.origin, backbone_key=key))
        (tmp_path / "other.head").write_bytes(made.to_bytes())
        return tmp_path / "other.head"

    siglip = refused(library, other("siglip-so400m-14-384-0123"), "trained with SigLIP")
    assert (siglip.remedy.startswith("Switch the library to"), siglip.command) == (
        True,
        "model use siglip-so400m-14-384",
    )
    refused(library, other("mine-0123"), "another model \\('mine-0123'\\)")
    name = library.backbone.key.rpartition("-")[0]
    refused(library, other(f"{name}-0123"), "its weights or the version of the program differ")
    short = written(library, Projection.of(5, matrix=np.eye(5, dtype=np.float32)), tmp_path / "short.head")
    refused(library, short, "nothing that was learned, or it is damaged")
    fitted = tmp_path / "fitted.head"
    fitted.write_bytes(fit_general_head(World().albums(30)).to_bytes())
    refused(library, fitted, "fitted to another library")
    fitted.write_bytes(knowing.read_bytes()[:-3])
    refused(library, fitted, "damaged")
    refused(library, tmp_path / "nothing.head", "cannot be read")


def test_the_same_features_in_another_precision_are_welcome(
    library: WritableLibrary, knowing: Path, tmp_path: Path
) -> None:
    head = GeneralHead.from_bytes(knowing.read_bytes())
    assert head.origin is not None
    key = f"{library.backbone.key}-bf16"
    (tmp_path / "half.head").write_bytes(replace(head, origin=replace(head.origin, backbone_key=key)).to_bytes())
    assert take_in(library, tmp_path / "half.head").head_id < FITTED_HEAD


def test_what_was_learned_from_albums_is_taken_in_as_ever(library: WritableLibrary, tmp_path: Path) -> None:
    export_head(library, 1, tmp_path / "mine.head", with_names=False)
    taken = take_in(library, tmp_path / "mine.head")
    assert taken == TakenIn(3, None, None)
    assert in_use(library) == [2]


def test_a_damaged_one_gives_way_to_the_fitted_one_and_the_doctor_removes_it(
    library: WritableLibrary, copied: LibraryPaths, knowing: Path
) -> None:
    taken = take_in(library, knowing)
    with writing(library.catalog.database) as connection:
        connection.execute(update(heads).where(heads.c.kind == "trained").values(data=b"nonsense"))
    assert "Damaged" in [state.title for state in list_heads(library)]
    with pytest.raises(UserError, match="damaged"):
        finish(use_head(library, taken.head_id))
    library.close()
    with WritableLibrary(copied) as again:
        assert general_of(again).origin is None
        assert in_use(again) == [2, FITTED_HEAD]
        finish(use_head(again, FITTED_HEAD))
        assert again.backbone.general_id == 0
        finish(examine(again, repair=True))
        assert [state.id for state in list_heads(again)] == [2, 1, GENERAL_HEAD]
        with pytest.raises(UserError, match="no general head with the number"):
            finish(use_head(again, taken.head_id))


def test_a_head_that_is_gone_gives_way_as_well(library: WritableLibrary, copied: LibraryPaths, knowing: Path) -> None:
    take_in(library, knowing)
    with writing(library.catalog.database) as connection:
        connection.execute(delete(heads).where(heads.c.kind == "trained"))
    library.close()
    with WritableLibrary(copied) as again:
        assert general_of(again).origin is None
        assert len(list_heads(again)) == 3
