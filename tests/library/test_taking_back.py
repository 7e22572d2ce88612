"""Whatever is taken back, what was said of photos is as it was, though scans see files between any two steps."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from guie_desktop.disk.volumes import mounted_volumes
from guie_desktop.domain import Verdict
from guie_desktop.former import Former
from guie_desktop.jobs.scanning import Scanner, Tally
from guie_desktop.library.database import reading
from guie_desktop.library.tables import album_photos, albums, photos
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.library.test_decisions import bring_up_to_date, id_at, read_what_waits, write
from tests.running import finish

VERDICTS: tuple[Verdict | None, ...] = ("member", "not", None)
Undo = Callable[[], None]


class Deeds:
    """What the user may do, each with its way back; between any two steps a part of a scan may come."""

    def __init__(self, home: Path, library: WritableLibrary) -> None:
        self.library, self.root, self.trash = library, home / "photos", home / "trash"
        self.trash.mkdir()
        self.files = [
            write(self.root / "one" / "first.jpg", "same"),
            write(self.root / "one" / "other.jpg", "other"),
            write(self.root / "two" / "copy.jpg", "same"),
            write(self.root / "two" / "last.jpg", "last"),
        ]
        for folder in ("one", "two"):
            library.catalog.add_folder(self.root / folder)
        bring_up_to_date(library)
        self.album = library.albums.create("Birds", [id_at(library, self.files[0]), id_at(library, self.files[3])])
        self.undos: list[Undo] = []

    def words(self) -> dict[Path, str]:
        words = (
            select(photos.c.directory, photos.c.name, album_photos.c.verdict)
            .join(album_photos, album_photos.c.photo_id == photos.c.id)
            .join(albums, albums.c.id == album_photos.c.album_id)
        )
        with reading(self.library.catalog.database) as connection:
            return {row.directory / row.name: row.verdict for row in connection.execute(words)}

    def _id(self, path: Path) -> int | None:
        photo = self.library.catalog.photo_at(path)
        return None if photo is None else photo.id

    def between(self, step: int) -> None:
        """What the worker does meanwhile."""
        match step % 5:
            case 0:
                finish(Scanner(self.library, mounted_volumes(), Tally()).scan_all())
            case 1:
                read_what_waits(self.library)
            case 2:
                self.library.albums.follow_copies()
            case 3:
                bring_up_to_date(self.library)

    def do(self, kind: int, which: int, step: int) -> None:
        path = self.files[which % 4]
        match kind % 4:
            case 0 if path.exists() and (photo := self._id(path)) is not None:
                self._throw_away(path, photo, step)
            case 1 if folders := self.library.catalog.folders():
                former = self.library.catalog.remove_folder(folders[which % len(folders)].id)
                self.undos.append(lambda: self._put_back(former))
            case 2:
                former = self.library.albums.former((), with_folders=True)
                self.library.catalog.add_folder((self.root, self.root / "one", self.root / "two")[which % 3])
                self.undos.append(lambda: self._put_back(former))
            case 3 if (photo := self._id(path)) is not None:
                former = self.library.albums.decide(self.album, (photo,), VERDICTS[step % 3])
                self.undos.append(lambda: self._put_back(former))

    def _put_back(self, former: Former) -> None:
        self.library.albums.put_back(former)

    def _throw_away(self, path: Path, photo: int, step: int) -> None:
        former = self.library.albums.former((photo,))
        away = self.trash / path.name
        path.rename(away)
        self.between(step)
        self.library.content_checks.note_trashed((photo,))

        def back() -> None:
            away.rename(path)
            self.between(step // 5)
            self.library.content_checks.note_returned((photo,))
            self.between(step // 25)
            self._put_back(former)

        self.undos.append(back)

    def undo_all(self, steps: list[int]) -> None:
        for undo, step in zip(reversed(self.undos), steps, strict=False):
            undo()
            self.between(step)
        bring_up_to_date(self.library)


@pytest.fixture
def deeds(tmp_path: Path) -> Iterator[Deeds]:
    with WritableLibrary(LibraryPaths(tmp_path / "library")) as library:
        yield Deeds(tmp_path, library)


SCAN, READ, FOLLOW, ALL = range(4)
"""Of what the worker does."""
FIRST, COPY = 0, 2
"""Of the files; the first one is in the album."""
THROW_AWAY = 0
SEEN_FIRST = SCAN
"""A scan sees that the file has gone, and that it is back, before the library is told of it."""


def test_a_file_that_a_scan_saw_first_is_the_photo_that_came_back(deeds: Deeds) -> None:
    begin = deeds.words()
    deeds.do(THROW_AWAY, FIRST, SEEN_FIRST + 25 * READ)
    deeds.between(ALL)
    deeds.undo_all([ALL])
    assert deeds.words() == begin


def test_words_wait_for_a_file_that_is_not_read_yet(deeds: Deeds) -> None:
    begin = deeds.words()
    deeds.do(THROW_AWAY, FIRST, SEEN_FIRST)
    deeds.between(ALL)
    deeds.undo_all([FOLLOW])
    assert deeds.words() == begin


def test_of_copies_that_both_went_each_is_known_again_by_its_name(deeds: Deeds) -> None:
    begin = deeds.words()
    for which in (FIRST, COPY):
        deeds.do(THROW_AWAY, which, SEEN_FIRST)
        deeds.between(ALL)
    deeds.undo_all([ALL, ALL])
    assert deeds.words() == begin


numbers = st.integers(0, 124)


@pytest.mark.slow
@given(st.lists(st.tuples(numbers, numbers, numbers, numbers), max_size=7), st.lists(numbers, min_size=7, max_size=7))
@settings(max_examples=60, deadline=None)
def test_all_is_as_it_was(deeds: list[tuple[int, int, int, int]], steps: list[int]) -> None:
    home = Path(tempfile.mkdtemp())
    try:
        with WritableLibrary(LibraryPaths(home / "library")) as library:
            doing = Deeds(home, library)
            begin = doing.words()
            for kind, which, step, after in deeds:
                doing.do(kind, which, step)
                doing.between(after)
            doing.undo_all(steps)
            assert doing.words() == begin
    finally:
        shutil.rmtree(home)
