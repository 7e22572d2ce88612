"""The search for duplicates on a real library: what is found and kept, and what the user said is remembered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from guie_desktop.duplicates import DuplicateKind
from guie_desktop.jobs.finding_duplicates import FoundDuplicates, find_duplicates
from guie_desktop.jobs.indexing import index_library
from guie_desktop.library.better_copies import HAS_BETTER_COPY
from guie_desktop.library.database import reading
from guie_desktop.library.duplicates import pairs_of
from guie_desktop.library.tables import photos
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.running import finish
from tests.search.duplicates.copies import COPIES, save, scene

Found = set[tuple[DuplicateKind, frozenset[str]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four pictures: one alone, one with an exact copy, one with two other copies, one with both kinds."""
    root = tmp_path / "photos"
    for number in range(4):
        save(scene(number), root / f"{number}.jpg")
    (root / "1 again.jpg").write_bytes((root / "1.jpg").read_bytes())
    save(COPIES["smaller"](scene(2)), root / "deeper" / "2 small.jpg")
    save(COPIES["turned"](scene(2)), root / "2 turned.jpg")
    save(COPIES["mirrored"](scene(3)), root / "3 mirrored.jpg")
    (root / "deeper" / "3 again.jpg").write_bytes((root / "3.jpg").read_bytes())
    return root


@pytest.fixture
def library(paths: LibraryPaths, folder: Path) -> Iterator[WritableLibrary]:
    with WritableLibrary(paths) as opened:
        opened.catalog.add_folder(folder)
        finish(index_library(opened))
        yield opened


def named(library: WritableLibrary, found: FoundDuplicates) -> Found:
    places = library.catalog.places([key for group in found.groups for key in group.contents])
    return {
        (group.kind, frozenset(place.stem for key in group.contents for place in places[key])) for group in found.groups
    }


EXACT: Found = {("exact", frozenset({"1", "1 again"}))}
SAME: Found = {
    ("same", frozenset({"2", "2 small", "2 turned"})),
    ("same", frozenset({"3", "3 again", "3 mirrored"})),
}


def test_each_picture_is_one_group_with_all_its_files(library: WritableLibrary) -> None:
    found = finish(find_duplicates(library))
    assert named(library, found) == EXACT | SAME
    assert found.uncompared == 0
    assert named(library, finish(find_duplicates(library))) == EXACT | SAME  # from what is stored now


def test_without_near_ones_only_files_of_one_content(library: WritableLibrary) -> None:
    found = finish(find_duplicates(library, near=False))
    assert named(library, found) == EXACT | {("exact", frozenset({"3", "3 again"}))}


def test_a_folder_alone_is_looked_at_and_what_was_found_in_all_is_kept(library: WritableLibrary, folder: Path) -> None:
    finish(find_duplicates(library))
    before = library.duplicates.found()
    assert finish(find_duplicates(library, folder=folder / "deeper")).groups == ()
    assert library.duplicates.found() == before != ()


def test_the_largest_comes_first_and_what_is_found_is_kept_with_its_photos(library: WritableLibrary) -> None:
    finish(find_duplicates(library))
    groups = {frozenset(photo.path.stem for photo in group.photos): group for group in library.duplicates.found()}
    assert set(groups) == {names for _, names in EXACT | SAME}
    two = groups[frozenset({"2", "2 small", "2 turned"})]
    assert two.photos[-1].path.stem == "2 small"
    assert all(library.duplicates.detail()[key] > 0 for key in two.contents)


def test_groups_of_which_one_photo_is_left_are_gone(library: WritableLibrary, folder: Path) -> None:
    finish(find_duplicates(library))
    (folder / "1 again.jpg").unlink()
    (folder / "3 mirrored.jpg").unlink()
    finish(index_library(library))
    found = {(group.kind, frozenset(photo.path.stem for photo in group.photos)) for group in library.duplicates.found()}
    assert found == {("exact", frozenset({"3", "3 again"})), ("same", frozenset({"2", "2 small", "2 turned"}))}


def test_what_is_no_duplicate_is_remembered_through_moves_until_that_is_taken_back(
    library: WritableLibrary, folder: Path
) -> None:
    found = finish(find_duplicates(library))
    exact, same = found.groups[0], next(group for group in found.groups if len(group.contents) == 3)
    new = library.duplicates.part([*pairs_of(exact.contents), *pairs_of(same.contents)])
    assert len(new) == 4
    assert library.duplicates.part(new) == ()
    assert len(library.duplicates.found()) == 1
    (folder / "deeper").rename(folder / "elsewhere")
    finish(index_library(library))
    wanted = {("same", frozenset({"3", "3 again", "3 mirrored"}))}
    assert named(library, finish(find_duplicates(library))) == wanted
    library.duplicates.unite(new)
    assert named(library, finish(find_duplicates(library))) == EXACT | SAME


def test_one_photo_that_is_none_of_a_group_leaves_the_others_together(library: WritableLibrary) -> None:
    found = finish(find_duplicates(library))
    same = next(group for group in found.groups if len(group.contents) == 3)
    *others, small = same.contents
    library.duplicates.part([frozenset((small, other)) for other in others])
    assert ("same", frozenset({"2", "2 turned"})) in named(library, finish(find_duplicates(library)))


def test_of_each_group_one_photo_has_no_better_copy(library: WritableLibrary) -> None:
    finish(find_duplicates(library))
    with reading(library.catalog.database) as connection:
        names = connection.execute(select(photos.c.name).where(~HAS_BETTER_COPY)).scalars().all()
    assert sorted(name.stem[0] for name in names) == ["0", "1", "2", "3"]


def test_what_the_user_parted_is_not_hidden(library: WritableLibrary) -> None:
    found = finish(find_duplicates(library))

    def shown() -> int:
        with reading(library.catalog.database) as connection:
            return len(connection.execute(select(photos.c.name).where(~HAS_BETTER_COPY)).all())

    before = shown()
    exact, same = found.groups[0], next(group for group in found.groups if len(group.contents) == 3)
    library.duplicates.part(pairs_of(exact.contents))
    without_copies = shown()
    assert without_copies > before
    new = library.duplicates.part(pairs_of(same.contents))
    assert shown() > without_copies
    library.duplicates.unite(new)
    assert shown() == without_copies


def test_photos_without_small_pictures_are_counted(library: WritableLibrary) -> None:
    library.thumbnails.clear()
    found = finish(find_duplicates(library))
    assert named(library, found) == EXACT | {("exact", frozenset({"3", "3 again"}))}
    assert found.uncompared == 7


def test_photos_taken_within_seconds_that_are_alike_are_a_burst(paths: LibraryPaths, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    for second in range(3):
        shaken = scene(0).crop((second * 24, second * 30, 300 + second * 24, 250 + second * 30))
        save(shaken, root / f"IMG_20190712_10150{second}.jpg")
    save(scene(1), root / "IMG_20190712_101504.jpg")
    save(scene(0).crop((90, 110, 390, 360)), root / "IMG_20190712_101559.jpg")
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(root)
        finish(index_library(library))
        found = finish(find_duplicates(library))
        assert named(library, found) == {("burst", frozenset(f"IMG_20190712_10150{second}" for second in range(3)))}


def test_it_can_be_left_at_every_step(library: WritableLibrary) -> None:
    steps = 0
    while True:
        job = find_duplicates(library)
        try:
            for _ in range(steps + 1):
                next(job)
        except StopIteration:
            break
        job.close()
        assert library.duplicates.found() == ()
        steps += 1
    assert steps > 3
