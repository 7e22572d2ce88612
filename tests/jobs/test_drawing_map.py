"""Drawing the map of a real library: once, then kept up with what comes and goes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from guie_desktop.asking import Filter
from guie_desktop.jobs.doctor import examine
from guie_desktop.jobs.drawing_map import draw_map
from guie_desktop.jobs.indexing import index_library
from guie_desktop.library.library_map import LibraryMap, map_file, read_map
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import save_marked_photos
from tests.marks import COUNT
from tests.running import finish


@pytest.fixture
def folder(indexed_marks: LibraryPaths, tmp_path: Path) -> Path:
    """A copy of the photos, for one test to change."""
    return Path(shutil.copytree(indexed_marks.root.parent / "photos", tmp_path / "photos"))


@pytest.fixture
def library(paths: LibraryPaths, folder: Path) -> Iterator[WritableLibrary]:
    with WritableLibrary(paths) as opened:
        opened.catalog.add_folder(folder)
        finish(index_library(opened))
        yield opened


def drawn(library: WritableLibrary, *, anew: bool = False) -> LibraryMap:
    read = read_map(finish(draw_map(library, anew=anew)))
    assert read is not None
    return read


def places(library: WritableLibrary, which: LibraryMap) -> dict[str, list[float]]:
    keys, ids = library.backbone.features.shown_photos()
    photos = library.catalog.photos(ids.tolist())
    rows = which.rows_of(keys)
    return {
        photos[photo].path.stem: which.positions[row].tolist()
        for photo, row in zip(ids.tolist(), rows.tolist(), strict=True)
    }


@pytest.mark.slow
def test_each_photo_has_a_place_which_stays(library: WritableLibrary) -> None:
    first = drawn(library)
    assert len(first.keys) == first.drawn_of == COUNT
    assert first.is_landmark.all()
    assert np.ptp(first.positions, axis=0).min() > 1
    assert (first.classes >= 0).any()
    steps = list(draw_map(library))
    assert not [step for step in steps if step.stage == "map"]
    assert places(library, drawn(library)) == places(library, first)


@pytest.mark.slow
def test_a_new_photo_comes_to_lie_by_its_like_and_nothing_moves(library: WritableLibrary, folder: Path) -> None:
    before = places(library, drawn(library))
    shutil.copy(folder / "red" / "red-001.jpg", folder / "copy.jpg")
    save_marked_photos(folder / "new", "red", 1, first=777)
    finish(index_library(library))
    now = drawn(library)
    after = places(library, now)
    assert len(now.keys) == COUNT + 1
    assert int(now.is_landmark.sum()) == now.drawn_of == COUNT
    assert {name: after[name] for name in before} == before
    [new] = set(after) - set(before)
    apart = [np.hypot(*np.subtract(after[new], place)) for place in before.values()]
    assert min(apart) < np.median(apart)


@pytest.mark.slow
def test_what_goes_is_not_on_it_and_twice_as_many_are_another_map(library: WritableLibrary, folder: Path) -> None:
    before = places(library, drawn(library))
    (folder / "red" / "red-001.jpg").unlink()
    finish(index_library(library))
    after = places(library, drawn(library))
    assert after == {name: place for name, place in before.items() if name != "red-001"}
    save_marked_photos(folder / "many", "white", COUNT + 2, first=5000)
    finish(index_library(library))
    grown = drawn(library)
    assert grown.drawn_of == len(grown.keys) == 2 * COUNT + 1
    assert grown.is_landmark.all()


@pytest.mark.slow
def test_a_map_that_is_not_drawn_to_its_end_leaves_the_one_before(library: WritableLibrary) -> None:
    before = drawn(library)
    drawing = draw_map(library, anew=True)
    for _ in range(50):
        assert next(drawing).stage == "map"
    drawing.close()
    read = read_map(map_file(library.paths.vectors, library.backbone.key))
    assert read is not None
    assert read.positions.tolist() == before.positions.tolist()
    assert not list(library.paths.vectors.glob("*.tmp"))


@pytest.mark.slow
def test_a_filter_and_a_copy_choose_which_photo_is_shown(library: WritableLibrary, folder: Path) -> None:
    (folder / "z copies").mkdir()
    shutil.copy(folder / "red" / "red-001.jpg", folder / "z copies" / "again.jpg")
    finish(index_library(library))
    store = library.backbone.features
    keys, ids = store.shown_photos()
    passing, passing_ids = store.shown_photos(Filter(folder=folder / "z copies"))
    assert len(keys) == len(set(ids.tolist())) == COUNT
    [photo] = library.catalog.photos(passing_ids.tolist()).values()
    assert photo.path.name == "again.jpg"
    assert passing.tolist() == keys[np.searchsorted(keys, passing)].tolist()
    assert (keys[1:] > keys[:-1]).all()


@pytest.mark.slow
@pytest.mark.parametrize("count", [0, 1, 3, 4, 5])
def test_a_few_photos_have_a_map_as_well(paths: LibraryPaths, folder: Path, count: int) -> None:
    few = folder / "few"
    few.mkdir()
    for number in range(count):
        shutil.copy(folder / "red" / f"red-{number:03}.jpg", few)
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(few)
        finish(index_library(library))
        assert len(drawn(library).keys) == count


@pytest.mark.slow
def test_a_damaged_map_is_told_by_the_doctor_and_drawn_anew(library: WritableLibrary) -> None:
    drawn(library)
    file = map_file(library.paths.vectors, library.backbone.key)
    assert not finish(examine(library, repair=False))
    file.write_bytes(file.read_bytes()[:100])
    [problem] = finish(examine(library, repair=True))
    assert problem.what == "The map of the library is damaged."
    assert problem.repaired
    assert not file.exists()
    assert len(drawn(library).keys) == COUNT
