"""What was decided of photos survives all that can happen to their files."""

import os
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from guie_desktop.disk.volumes import mounted_volumes
from guie_desktop.domain import Verdict
from guie_desktop.errors import UnreadablePhoto
from guie_desktop.jobs.checking import confirm_contents
from guie_desktop.jobs.scanning import Scanner, Tally
from guie_desktop.library.database import reading
from guie_desktop.library.decisions import companions
from guie_desktop.library.photo_rows import Reading
from guie_desktop.library.tables import photos
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.running import finish


def bring_up_to_date(library: WritableLibrary) -> None:
    """What an indexing does, with a file's bytes being its content; a file of "broken" cannot be read."""
    finish(Scanner(library, mounted_volumes(), Tally()).scan_all())
    read_what_waits(library)
    if finish(confirm_contents(library)).changed:
        read_what_waits(library)
    library.catalog.settle_contents()
    library.albums.follow_copies()


def read_what_waits(library: WritableLibrary) -> None:
    catalog, features = library.catalog, library.backbone.features
    pending = list(catalog.pending(library.backbone.key))
    contents = {photo.id: photo.path.read_bytes() for photo in pending}
    good = [photo for photo in pending if contents[photo.id] != b"broken"]
    readings = [Reading(photo, contents[photo.id].ljust(16, b"."), 4, 3, None) for photo in good]
    catalog.record(readings, {reading.content_hash: np.ones(8, np.float32) for reading in readings}, features)
    catalog.record_failures([(one, UnreadablePhoto("It is broken.")) for one in pending if one not in good])


def write(path: Path, content: str) -> Path:
    """A file whose size and time belong to its content, as a camera's files have their own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode())
    moment = 10**18 + sum(content.encode()) * 10**9
    os.utime(path, ns=(moment, moment))
    return path


def id_at(library: WritableLibrary, path: Path) -> int:
    photo = library.catalog.photo_at(path)
    assert photo is not None
    return photo.id


def files_in(library: WritableLibrary, album_id: int) -> set[str]:
    catalog = library.catalog
    return {photo.path.name for photo in catalog.photos(catalog.photo_ids(album_id=album_id)).values()}


def album_with(library: WritableLibrary, folder: Path, *names: str) -> int:
    """The library has the folder now, and an album with these photos of it."""
    library.catalog.add_folder(folder)
    bring_up_to_date(library)
    found = [library.catalog.photo_at(folder / name) for name in names]
    return library.albums.create("Album", [photo.id for photo in found if photo is not None])


def test_the_raw_beside_a_jpeg_that_is_gone_stands_for_it(paths: LibraryPaths, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    for name in ("a.nef", "a.jpg", "b.jpg"):
        write(folder / name, name)
    with WritableLibrary(paths) as library:
        album = album_with(library, folder, "a.jpg", "b.jpg")
        (folder / "a.jpg").unlink()
        (folder / "b.jpg").unlink()  # beside which there is no RAW
        bring_up_to_date(library)
        assert files_in(library, album) == {"a.nef"}
        write(folder / "a.jpg", "a.jpg")
        bring_up_to_date(library)
        assert files_in(library, album) == {"a.jpg"}


def test_what_is_said_of_a_photo_may_go_over_to_its_copies_and_to_the_raw_beside_it(
    paths: LibraryPaths, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    for name, content in (("a.nef", "a.nef"), ("a.jpg", "a"), ("b.jpg", "b"), ("copy.jpg", "a"), ("z.nef", "z")):
        write(folder / name, content)
    with WritableLibrary(paths) as library:
        album_with(library, folder)
        with reading(library.catalog.database) as connection:
            ids = {row.name: row.id for row in connection.execute(select(photos.c.name, photos.c.id))}
            jpeg, raw, copy = (ids[Path(name)] for name in ("a.jpg", "a.nef", "copy.jpg"))
            assert companions(connection, [jpeg]) == {jpeg, raw, copy}
            assert companions(connection, [raw]) == {raw, jpeg}


def test_what_was_followed_unopened_and_is_another_picture_does_not_take_its_place_in_an_album(
    paths: LibraryPaths, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    before = write(folder / "a.jpg", "content a").stat()
    with WritableLibrary(paths) as library:
        album = album_with(library, folder, "a.jpg")
        (folder / "a.jpg").write_bytes(b"content b")
        os.utime(folder / "a.jpg", ns=(before.st_atime_ns, before.st_mtime_ns))
        (folder / "a.jpg").rename(folder / "b.jpg")
        bring_up_to_date(library)
        assert files_in(library, album) == set()
        assert library.catalog.photo_at(folder / "b.jpg") is not None
        write(folder / "c.jpg", "content a")
        bring_up_to_date(library)
        assert files_in(library, album) == {"c.jpg"}


@pytest.mark.parametrize("names", [("a", "b", "c"), ("b", "c", "a"), ("c", "a", "b")], ids="".join)
@pytest.mark.parametrize("is_renamed", [False, True])
def test_new_content_in_place_of_a_copy_is_no_edit_where_another_copy_turned_up_elsewhere(
    names: tuple[str, str, str], is_renamed: bool, paths: LibraryPaths, tmp_path: Path
) -> None:
    one, two, elsewhere = (tmp_path / "photos" / f"{name}.jpg" for name in names)
    write(one, "content")
    write(two, "content")
    with WritableLibrary(paths) as library:
        album = album_with(library, one.parent, one.name, two.name)
        one.rename(elsewhere)
        write(two, "new in two")
        if not is_renamed:
            write(one, "new in one")
        bring_up_to_date(library)
        assert files_in(library, album) == {elsewhere.name}
        assert library.catalog.counts().photos == 2 + (not is_renamed)


def test_a_photo_that_moves_to_the_name_of_a_broken_file_takes_its_own_albums_along(
    paths: LibraryPaths, tmp_path: Path
) -> None:
    """The album of the broken one holds a picture that is gone, not the one that has its name now."""
    folder = tmp_path / "photos"
    for name in ("a", "b", "c", "d"):
        write(folder / f"{name}.jpg", f"content {name}")
    with WritableLibrary(paths) as library:
        album = album_with(library, folder, "c.jpg", "d.jpg")
        other = library.albums.create("Other", [id_at(library, folder / "a.jpg")])
        for name in ("c", "d"):
            write(folder / f"{name}.jpg", "broken")
        bring_up_to_date(library)
        assert files_in(library, album) == set()
        (folder / "a.jpg").rename(folder / "c.jpg")
        (folder / "b.jpg").unlink()
        write(folder / "d.jpg", "content b")
        bring_up_to_date(library)
        assert files_in(library, album) == set()
        assert files_in(library, other) == {"c.jpg"}
        assert len(library.catalog.photo_ids()) == 2
        write(folder / "back.jpg", "content c")
        bring_up_to_date(library)
        assert files_in(library, album) == {"back.jpg"}


def test_an_album_keeps_the_copy_when_the_original_is_deleted(paths: LibraryPaths, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    write(folder / "a.jpg", "content a")
    with WritableLibrary(paths) as library:
        album = album_with(library, folder, "a.jpg")
        write(folder / "copy.jpg", "content a")
        bring_up_to_date(library)
        assert files_in(library, album) == {"a.jpg"}
        (folder / "a.jpg").unlink()
        bring_up_to_date(library)
        assert files_in(library, album) == {"copy.jpg"}
        bring_up_to_date(library)
        copy = library.catalog.photo_at(folder / "copy.jpg")
        assert copy is not None
        library.albums.decide(album, [copy.id], None)
        bring_up_to_date(library)
        assert files_in(library, album) == set()


def test_what_is_taken_out_stays_out_when_a_deleted_copy_was_in_the_album_too(
    paths: LibraryPaths, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    write(folder / "a.jpg", "content a")
    write(folder / "copy.jpg", "content a")
    with WritableLibrary(paths) as library:
        album = album_with(library, folder, "a.jpg", "copy.jpg")
        (folder / "a.jpg").unlink()
        bring_up_to_date(library)
        copy = library.catalog.photo_at(folder / "copy.jpg")
        assert copy is not None
        library.albums.decide(album, [copy.id], None)
        bring_up_to_date(library)
        assert files_in(library, album) == set()
        write(folder / "a.jpg", "content a")
        bring_up_to_date(library)
        assert files_in(library, album) == set()


@given(
    copies=st.integers(2, 4),
    members=st.sets(st.integers(0, 3), min_size=1),
    refused=st.booleans(),
    edited=st.sets(st.integers(0, 3), min_size=1),
)
@settings(max_examples=25, deadline=None)
def test_what_was_said_of_a_picture_stays_with_its_copies_when_some_are_edited(
    copies: int, members: set[int], refused: bool, edited: set[int]
) -> None:
    members, edited = ({number % copies for number in numbers} for numbers in (members, edited))
    verdict: Verdict = "not" if refused else "member"
    with tempfile.TemporaryDirectory() as base, WritableLibrary(LibraryPaths(Path(base) / "library")) as library:
        paths = [Path(base) / "photos" / f"{number}.jpg" for number in range(copies)]
        for path in paths:
            write(path, "content")
        album = album_with(library, paths[0].parent)
        library.albums.decide(album, [id_at(library, paths[number]) for number in members], verdict)
        for number in edited:
            write(paths[number], f"edited {number}")
        bring_up_to_date(library)
        said = library.catalog.verdicts(album)
        held = {number for number, path in enumerate(paths) if said.get(id_at(library, path)) == verdict}
        left = set(range(copies)) - edited
        assert held & edited == members & edited  # the word goes along with what was edited
        assert held & left == left  # and stays with the picture, in all its copies
        if not refused:
            shown = {number for number, path in enumerate(paths) if path.name in files_in(library, album)}
            assert shown & edited == members & edited
            assert len(shown & left) == max(len(members & left), bool(left))  # one more tile at most


def test_a_folder_that_was_moved_and_added_anew_keeps_its_albums(paths: LibraryPaths, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    write(before / "a.jpg", "content a")
    with WritableLibrary(paths) as library:
        album = album_with(library, before, "a.jpg")
        before.rename(after)
        library.catalog.add_folder(after)
        bring_up_to_date(library)
        library.catalog.remove_folder(library.catalog.folders()[1].id)
        assert [photo.path for photo in library.catalog.photos(library.catalog.photo_ids(album_id=album)).values()] == [
            after / "a.jpg"
        ]


ANY = st.integers(0, 2**16)  # which of the things that there are; numbers shrink well
CONTENTS = st.integers(0, 2)
ALBUMS = 2


class FilesOfAUser(RuleBasedStateMachine):
    """Whatever is done to files and folders, what was said of a picture holds wherever the picture is.

    A path holds one content only: a file put in the place of another is taken for its new version.
    """

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(tempfile.mkdtemp(prefix="decisions"))
        self.library = WritableLibrary(LibraryPaths(self.base / "library"))
        self.roots = [self.base / "one", self.base / "two"]
        for root in self.roots:
            write(root / "stays.jpg", f"stays in {root.name}")  # an emptied folder counts as an unplugged drive
            self.library.catalog.add_folder(root)
        self.albums = [self.library.albums.create(f"Album {number}") for number in range(ALBUMS)]
        self.said: dict[tuple[int, bytes], Verdict] = {}
        self.rated: dict[bytes, int] = {}
        self.number = 0
        self.is_indexed = False

    def teardown(self) -> None:
        self.library.close()
        shutil.rmtree(self.base)

    @rule(content=CONTENTS, to=ANY)
    def add(self, content: int, to: int) -> None:
        write(self.new_place(to), f"content {content}")

    @rule(which=ANY, to=ANY)
    def move(self, which: int, to: int) -> None:
        if files := self.files():
            files[which % len(files)].rename(self.new_place(to))

    @rule(which=ANY, to=ANY, keeps_time=st.booleans())
    def copy(self, which: int, to: int, keeps_time: bool) -> None:
        if files := self.files():
            (shutil.copy2 if keeps_time else shutil.copy)(files[which % len(files)], self.new_place(to))

    @rule(which=ANY)
    def delete(self, which: int) -> None:
        if files := self.files():
            files[which % len(files)].unlink()
            self.is_indexed = False

    @rule(which=ANY, to=ANY)
    def move_folder(self, which: int, to: int) -> None:
        folders = sorted(path for root in self.roots for path in root.iterdir() if path.is_dir())
        if folders:
            self.number += 1
            self.is_indexed = False
            folders[which % len(folders)].rename(self.roots[to % 2] / f"moved{self.number}")

    @rule(which=ANY)
    def take_out_or_add_again(self, which: int) -> None:
        self.index()
        there = {folder.path: folder.id for folder in self.library.catalog.folders()}
        root = self.roots[which % 2]
        if root in there:
            self.library.catalog.remove_folder(there[root])
        else:
            self.library.catalog.add_folder(root)
            self.is_indexed = False

    @rule()
    def index(self) -> None:
        bring_up_to_date(self.library)
        self.is_indexed = True

    @rule(content=CONTENTS, which=ANY, verdict=st.sampled_from(["member", "member", "not", None]))
    def decide(self, content: int, which: int, verdict: Verdict | None) -> None:
        """The user decides of a picture that the window shows, which holds for all copies, or takes it back of all."""
        self.index()
        key, album = f"content {content}".encode().ljust(16, b"."), which % ALBUMS
        if shown := self.showing(key):
            meant = shown if verdict is None else [shown[which % len(shown)]]
            self.library.albums.decide(self.albums[album], meant, verdict)
            self.said.pop((album, key), None)
            if verdict is not None:
                self.said[album, key] = verdict

    @rule(content=CONTENTS, which=ANY, rating=st.integers(0, 5))
    def rate(self, content: int, which: int, rating: int) -> None:
        """The user rates a picture that the window shows, which holds for all copies."""
        self.index()
        key = f"content {content}".encode().ljust(16, b".")
        if shown := self.showing(key):
            self.library.marks.mark([shown[which % len(shown)]], "rating", rating)
            self.rated[key] = rating

    @invariant()
    def a_rating_holds(self) -> None:
        if self.is_indexed:
            known = self.library.catalog.photos(self.library.catalog.photo_ids())
            for photo in known.values():
                assert photo.rating == self.rated.get(photo.content_hash, 0)

    @invariant()
    def what_was_said_holds(self) -> None:
        with self.library.catalog.database.connect() as connection:
            content_of = dict(connection.execute(select(photos.c.id, photos.c.content_hash)).all())
        for album, album_id in enumerate(self.albums):
            verdicts = self.library.catalog.verdicts(album_id)
            found = {(content_of[photo], verdict) for photo, verdict in verdicts.items()}
            said = {key: verdict for (where, key), verdict in self.said.items() if where == album}
            assert found == set(said.items())
            if self.is_indexed:
                for key, verdict in said.items():
                    shown = self.showing(key)
                    assert {verdicts.get(photo) for photo in shown} <= {verdict}

    def files(self) -> list[Path]:
        return sorted(path for root in self.roots for path in root.rglob("*.jpg") if path.name != "stays.jpg")

    def new_place(self, to: int) -> Path:
        """A path that no file had before; what is put there waits to be indexed."""
        self.number += 1
        self.is_indexed = False
        directory = self.roots[to % 2] / ("", "deep", "deeper")[to // 2 % 3]
        directory.mkdir(exist_ok=True)
        return directory / f"{self.number}.jpg"

    def showing(self, key: bytes) -> list[int]:
        known = self.library.catalog.photos(self.library.catalog.photo_ids())
        return [photo.id for photo in known.values() if photo.content_hash == key]


TestFilesOfAUser = pytest.mark.slow(FilesOfAUser.TestCase)
TestFilesOfAUser.settings = settings(max_examples=60, stateful_step_count=30)
