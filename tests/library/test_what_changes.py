"""What is kept by what changes is, after whatever happens, what asking all photos anew would say."""

import os
import tempfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from guie_desktop.asking import Filter
from guie_desktop.domain import ALL_PHOTOS, Place
from guie_desktop.errors import UnreadablePhoto
from guie_desktop.library import changed_photos, followed_photos
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.colours import Colours
from guie_desktop.library.conditions import SHOWN, VISIBLE, exists_feature
from guie_desktop.library.content_checks import ContentChecks
from guie_desktop.library.database import reading, writing
from guie_desktop.library.directories import read_directories
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.followed_photos import FollowedPhotos
from guie_desktop.library.id_differences import Step
from guie_desktop.library.kept_counts import COUNT_ANEW
from guie_desktop.library.kept_photos import keep_photos, kept_photos
from guie_desktop.library.marks import MarkWriter
from guie_desktop.library.ordered_photos import Order
from guie_desktop.library.photo_notes import PhotoNotesTable
from guie_desktop.library.photo_orders import ORDERS
from guie_desktop.library.photo_rows import PendingPhoto
from guie_desktop.library.tables import album_photos, photos
from guie_desktop.library.unsettled import UNSETTLE_ALL
from guie_desktop.noted import PhotoNotes
from tests.scanned import BACKBONE, read_all, scan

FOLDERS, NAMES, CONTENTS = ("one", "two"), ("a.jpg", "B2.jpg", "b10.jpg"), (b"x", b"yy", b"zz")
VIEWS = (
    *((Order(name, descending=descending), ALL_PHOTOS, Filter()) for name in ORDERS for descending in (True, False)),
    (Order(), Place(folder_id=1), Filter()),
    (Order(), Place(album_id=1), Filter()),
    (Order("name"), ALL_PHOTOS, Filter(albums=(1,))),
    (Order(), ALL_PHOTOS, Filter(rating=2)),
    (Order(), ALL_PHOTOS, Filter(cameras=("Nikon",))),
    (Order(), ALL_PHOTOS, Filter(unsorted=True)),
    (Order(), ALL_PHOTOS, Filter(unsearchable=True)),
)


@pytest.fixture(autouse=True, scope="module")
def few_are_kept() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("guie_desktop.library.kept_photos.WORTH_KEEPING", 0)
        yield


class Life:
    """A library, what a window knows of it, and all that may happen to it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.catalog = CatalogWriter.open(root / "catalogue.sqlite")
        self.albums, self.marks = AlbumWriter(self.catalog), MarkWriter(self.catalog)
        self.notes, self.colours = PhotoNotesTable(self.catalog), Colours(self.catalog.database)
        self.store, self.checks = FeatureStore(self.catalog, BACKBONE), ContentChecks(self.catalog)
        self.known: dict[int, FollowedPhotos | None] = dict.fromkeys(range(len(VIEWS)))
        for folder in FOLDERS:
            (root / folder).mkdir()
            self.add(folder)
        self.albums.create("Album")

    def add(self, folder: str, *_: object) -> None:
        self.catalog.add_folder(self.root / folder)

    def remove(self, folder: str, *_: object) -> None:
        for known in self.catalog.folders():
            if known.path.name == folder:
                self.catalog.remove_folder(known.id)

    def write(self, folder: str, name: str, number: int) -> None:
        file = self.root / folder / name
        file.write_bytes(CONTENTS[number])
        os.utime(file, (1_000 + number, 1_000 + number))

    def delete(self, folder: str, name: str, _: int) -> None:
        (self.root / folder / name).unlink(missing_ok=True)

    def move(self, folder: str, name: str, number: int) -> None:
        if (self.root / folder / name).exists():
            (self.root / folder / name).replace(self.root / FOLDERS[number % 2] / NAMES[number])

    def scan(self, folder: str, *_: object) -> None:
        for known in self.catalog.folders():
            if known.path.name == folder:
                scan(self.catalog, known.id, known.path)
        self.catalog.adopt_moved()

    def read(self, *_: object) -> None:
        for folder in FOLDERS:
            self.scan(folder)  # a file that is not there any more cannot be read
        read_all(self.catalog)

    def fail(self, *_: object) -> None:
        waiting: Iterable[PendingPhoto] = list(self.catalog.pending(BACKBONE))[:1]
        error = UnreadablePhoto("Damaged.")
        self.catalog.record_failures([(photo, error) for photo in waiting])

    def settle(self, *_: object) -> None:
        self.catalog.settle_contents()
        self.albums.follow_copies()
        self.catalog.settle(BACKBONE)

    def decide(self, _: str, name: str, number: int) -> None:
        verdict = (None, "member", "not")[number]
        self.albums.decide(1, self._ids(name), verdict)  # type: ignore[arg-type]

    def rate(self, _: str, name: str, number: int) -> None:
        self.marks.mark(self._ids(name), "rating", number + 1)

    def note(self, _: str, name: str, number: int) -> None:
        self.notes.record([(one, PhotoNotes(camera=("Nikon", "", "Canon")[number])) for one in self._ids(name)])

    def colour(self, *_: object) -> None:
        self.colours.keep({content: {} for content in self.colours.unknown()})

    def forget(self, _folder: str, _name: str, number: int) -> None:
        self.store.forget([CONTENTS[number].ljust(16, b".")])

    def trash(self, _: str, name: str, number: int) -> None:
        (self.checks.note_trashed if number else self.checks.note_returned)(self._ids(name))

    def go_with_jpeg(self, _: str, name: str, number: int) -> None:
        with writing(self.catalog.database) as connection:
            kind = ("sidecar raw", "raw", None)[number]
            connection.execute(update(photos).where(photos.c.id.in_(self._ids(name))).values(kind=kind))

    def drop_rows(self, _: str, name: str, number: int) -> None:
        with writing(self.catalog.database) as connection:
            said = select(album_photos.c.photo_id)
            which = (photos.c.id.in_(self._ids(name)), photos.c.id.not_in(said), photos.c.id % 3 == number)
            marked = connection.exec_driver_sql("SELECT photo_id FROM marks UNION SELECT photo_id FROM mark_history")
            connection.execute(delete(photos).where(*which, photos.c.id.not_in(list(marked.scalars()))))

    def look(self, *_: object) -> None:
        for number, (order, place, which) in enumerate(VIEWS):
            before = self._kept(number)
            now = self.known[number] = self.catalog.followed(order, place, which, before)
            assert now.photos == self.catalog.ordered(order, place, which)
            if before is not None and now.steps is not None:
                assert applied(before.photos.ids, now.steps, now.photos.ids) == now.photos.ids

    def _kept(self, number: int) -> FollowedPhotos | None:
        """What is known of a view, by way of the file that another start would read."""
        known, file = self.known[number], self.root / "grid.photos"
        if known is None:
            return None
        keep_photos(file, self.catalog, str(number), known)
        kept = kept_photos(file, self.catalog, str(number))
        assert kept == FollowedPhotos(known.photos, known.change)
        return kept

    def _ids(self, name: str) -> list[int]:
        with reading(self.catalog.database) as connection:
            return list(connection.execute(select(photos.c.id).where(photos.c.name == Path(name))).scalars())


def applied(old: "array[int]", steps: Sequence[Step], new: "array[int]") -> "array[int]":
    made = array("q", old)
    for step in reversed(steps):
        made[step.old_at : step.old_at + step.removed] = new[step.new_at : step.new_at + step.inserted]
    return made


def counted(catalog: CatalogWriter) -> dict[str, Any]:
    with reading(catalog.database) as connection:
        tables = ("counted_directories", "counted_albums")
        rows = {name: set(connection.exec_driver_sql(f"SELECT * FROM {name}").all()) for name in tables}
    return {name: {tuple(row) for row in found if any(row[2:])} for name, found in rows.items()}


def check_counts(catalog: CatalogWriter) -> None:
    kept = counted(catalog)
    with writing(catalog.database) as connection:
        for statement in COUNT_ANEW:
            connection.exec_driver_sql(statement)
    assert kept == counted(catalog)
    with reading(catalog.database) as connection:
        in_folders = connection.execute(select(photos.c.folder_id).where(SHOWN)).scalars().all()
        seen = select(func.count()).select_from(photos).where(SHOWN, exists_feature(BACKBONE))
        assert catalog.embedded_count(BACKBONE) == connection.execute(seen).scalar_one()
    assert {folder.id: folder.photos for folder in catalog.folders() if folder.photos} == Counter(in_folders)
    tree = read_directories(catalog, [folder.path for folder in catalog.folders()])
    assert sum(tree.photos.values()) == len(in_folders)
    shown = {album.id: len(catalog.photo_ids(album_id=album.id)) for album in catalog.albums()}
    assert {album.id: album.photos for album in catalog.albums()} == shown


def check_what_waits(life: Life) -> None:
    catalog = life.catalog
    found = ([*catalog.pending(BACKBONE)], life.notes.waiting_count(), set(life.colours.unknown()))
    with writing(catalog.database) as connection:
        settled = connection.exec_driver_sql("SELECT * FROM settled_for").all()
        connection.exec_driver_sql(UNSETTLE_ALL)
    assert found == ([*catalog.pending(BACKBONE)], life.notes.waiting_count(), set(life.colours.unknown()))
    assert len(found[0]) == catalog.pending_count(BACKBONE)
    assert bool(found[0]) == catalog.is_pending(BACKBONE)
    with writing(catalog.database) as connection:
        for row in settled:
            connection.exec_driver_sql("INSERT INTO settled_for VALUES (?, ?, ?)", tuple(row))


DEEDS = (
    *("add", "remove", "write", "delete", "move", "scan", "read", "fail", "settle", "decide", "rate", "note"),
    *("colour", "forget", "trash", "go_with_jpeg", "drop_rows", "look"),
)
lives = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.sampled_from(FOLDERS), st.sampled_from(NAMES), st.sampled_from(range(3))),
    min_size=10,
    max_size=40,
)
BEGINNING = [("write", folder, name, number) for folder in FOLDERS for number, name in enumerate(NAMES)]


@settings(max_examples=25, deadline=None)
@given(lives)
def test_after_whatever_happens_all_is_as_if_it_were_asked_anew(deeds: list[tuple[str, str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as root:
        life = Life(Path(root))
        try:
            both = [("scan", folder, "", 0) for folder in FOLDERS]
            for deed in (*BEGINNING, *both, ("read", "", "", 0), ("look", "", "", 0), *deeds):
                getattr(life, deed[0])(*deed[1:])
            check_counts(life.catalog)
            check_what_waits(life)
            life.look()
        finally:
            life.catalog.close()


@pytest.fixture
def life(tmp_path: Path) -> Life:
    """Six photos that are read, and settled."""
    made = Life(tmp_path)
    for _, folder, name, number in BEGINNING:
        made.write(folder, name, number)
    for folder in FOLDERS:
        made.scan(folder)
    made.read()
    made.settle()
    return made


def test_where_too_much_has_changed_all_is_read_anew(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    before = life.catalog.followed(Order())
    life.rate("", NAMES[0], 1)
    now = life.catalog.followed(Order(), before=before)
    assert now.steps == ()
    assert now.photos is before.photos  # so that nobody compares a million ids
    monkeypatch.setattr(followed_photos, "MOST_FOLLOWED", 0)
    monkeypatch.setattr("guie_desktop.library.catalog.MOST_FOLLOWED", 0)
    life.rate("", NAMES[0], 2)
    assert life.catalog.followed(Order(), before=before).steps is None
    life.catalog.close()


def test_only_the_last_changes_are_kept_and_what_is_older_is_read_anew(life: Life) -> None:
    before = life.catalog.followed(Order())
    with writing(life.catalog.database) as connection:
        one = connection.execute(select(photos.c.id).limit(1)).scalar_one()
        many = [(one,)] * (changed_photos.KEPT + changed_photos.DROPPED_AT_ONCE)
        connection.exec_driver_sql("INSERT INTO changed_photos (photo_id) VALUES (?)", many)
        left = connection.exec_driver_sql("SELECT count(*) FROM changed_photos").scalar_one()
    assert changed_photos.KEPT <= left < changed_photos.KEPT + 2 * changed_photos.DROPPED_AT_ONCE
    assert life.catalog.followed(Order(), before=before).steps is None
    life.catalog.close()


def test_what_is_settled_is_not_asked_again_until_it_changes(life: Life) -> None:
    life.note("", NAMES[0], 0)
    life.note("", NAMES[1], 0)
    life.note("", NAMES[2], 0)
    life.colour()
    life.settle()
    with reading(life.catalog.database) as connection:
        assert not connection.exec_driver_sql("SELECT * FROM unsettled_photos").all()
        visible = connection.execute(select(func.count()).select_from(photos).where(VISIBLE)).scalar_one()
    assert visible == life.catalog.pending_count("another backbone") == 6
    assert not life.catalog.is_pending(BACKBONE)
    life.forget("", "", 0)
    assert life.catalog.pending_count(BACKBONE) == 2  # the copies of one content
    life.catalog.close()
