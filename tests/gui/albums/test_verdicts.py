"""What was decided of photos and albums, against a real catalog: known at once, true in the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from guie_desktop.domain import Album, Verdict
from guie_desktop.errors import UserError
from guie_desktop.gui.albums.verdicts import Verdicts
from guie_desktop.gui.backend.background import BackgroundRunner
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.backend.library_reader import LibraryReader
from guie_desktop.gui.backend.pictures import Pictures
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.undo import Undo
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import writing
from guie_desktop.library.tables import photos
from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.messages import Changed, Decide, Event, Failed, PutBack, Ready
from guie_desktop.paths import LibraryPaths
from tests.gui.answering import Answering

PHOTOS = range(1, 6)


class Bench:
    """Verdicts on an album of a real library; commands are carried out when the test says so."""

    def __init__(self, paths: LibraryPaths) -> None:
        paths.root.mkdir(parents=True, exist_ok=True)
        self.catalog = CatalogWriter.open(paths.catalog)
        Thumbnails(paths.thumbnails).close()
        folder = self.catalog.add_folder(paths.root)
        row = {"folder_id": folder.id, "directory": paths.root, "bytes": 1, "mtime_ns": 1, "inode": 1}
        row |= {"state": "ready", "width": 4, "height": 3, "taken": 1.0}
        with writing(self.catalog.database) as connection:
            rows = [row | {"name": Path(f"{n}.jpg"), "content_hash": bytes([n])} for n in PHOTOS]
            connection.execute(insert(photos), rows)
        self._row = row
        self.writer = AlbumWriter(self.catalog)
        self.writer.create("Cups", ())
        (self.album,) = self.catalog.albums()
        self.worker, self.reporter, self.undo = Answering(), FailureReporter(), Undo()
        self.told: list[str] = []
        self.undo.told.connect(lambda sentence, _: self.told.append(sentence))
        self.background = BackgroundRunner()
        client = self.worker.client
        self.reader = LibraryReader(paths, client, self.background, self.reporter)
        pictures = Pictures(client, self.reader, self.background)
        self.worker.tell(Ready("lite2"))
        services = Services(client, self.reader, pictures, self.background, self.reporter, self.undo)
        self.verdicts = Verdicts(services)
        self._answered = 0

    def copy_of(self, photo: int) -> int:
        """The id of another photo with the content of this one."""
        with writing(self.catalog.database) as connection:
            copy = self._row | {"name": Path(f"copy of {photo}.jpg"), "content_hash": bytes([photo])}
            return int(connection.execute(insert(photos).values(copy).returning(photos.c.id)).scalar_one())

    def carry_out(self) -> None:
        """Do all that was asked, as the worker does."""
        while self._answered < len(self.worker.commands):
            command = self.worker.commands[self._answered]
            assert isinstance(command, Decide | PutBack)
            self.worker.answer(self._outcome(command), self._answered)
            self._answered += 1

    def _outcome(self, command: Decide | PutBack) -> Event:
        try:
            if isinstance(command, PutBack):
                return Changed(self.writer.put_back(command.former))
            return Changed(self.writer.decide(command.album_id, command.photos, command.verdict))
        except UserError as error:
            return Failed(error.title, error.remedy)

    def stored(self) -> dict[int, Verdict]:
        return self.catalog.verdicts(self.album.id)

    def close(self) -> None:
        self.background.close()
        self.reader.close()
        self.catalog.close()


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(LibraryPaths(tmp_path / "library"))
    yield bench
    bench.close()


def test_a_verdict_is_known_before_it_is_written_and_noted_after(bench: Bench) -> None:
    bench.verdicts.decide(bench.album, (1, 2), "member")
    assert bench.verdicts.of(bench.album.id) == {1: "member", 2: "member"}
    assert bench.stored() == {}
    assert bench.told == []
    bench.carry_out()
    assert bench.stored() == {1: "member", 2: "member"}
    assert bench.told == ["2 photos added to “Cups”."]


def test_undo_restores_what_was_before_for_each_photo(bench: Bench) -> None:
    bench.verdicts.decide(bench.album, (1,), "not")
    bench.verdicts.decide(bench.album, (1, 2, 3), "member")
    bench.carry_out()
    bench.undo.take_back()
    assert bench.verdicts.of(bench.album.id) == {1: "not"}
    bench.carry_out()
    assert bench.stored() == {1: "not"}


def test_a_verdict_and_its_undo_hold_for_copies_too(bench: Bench) -> None:
    copy = bench.copy_of(1)
    said: tuple[tuple[int, Verdict], ...] = (copy, "not"), (1, "member")
    for photo, verdict in said:
        bench.verdicts.decide(bench.album, (photo,), verdict)
        bench.carry_out()
        assert bench.verdicts.of(bench.album.id) == bench.stored() == {1: verdict, copy: verdict}
    bench.undo.take_back()
    bench.carry_out()
    assert bench.verdicts.of(bench.album.id) == bench.stored() == {1: "not", copy: "not"}


def test_what_is_so_already_is_neither_asked_nor_noted(bench: Bench) -> None:
    bench.verdicts.decide(bench.album, (1,), "member")
    bench.carry_out()
    bench.verdicts.decide(bench.album, (1,), "member")
    bench.verdicts.decide(bench.album, (2,), None)
    assert len(bench.worker.commands) == 1
    assert bench.told[1:] == ["In “Cups” already.", "Not in “Cups”."]


def test_a_refusal_forgets_what_was_believed_and_leaves_nothing_to_undo(bench: Bench) -> None:
    gone = Album(99, "Gone", 0, 0)
    refused: list[str] = []
    bench.undo.refused.connect(lambda title, _: refused.append(title))
    bench.verdicts.decide(gone, (1,), "member")
    bench.carry_out()
    assert len(refused) == 1
    assert bench.verdicts.of(gone.id) == {}
    assert bench.told == []
    assert bench.undo.next_undo == ""
    assert len(bench.worker.commands) == 1


def test_a_reading_under_way_does_not_take_back_what_is_not_written_yet(bench: Bench) -> None:
    bench.verdicts.decide(bench.album, (1,), "member")
    bench.verdicts.note_albums(bench.catalog.albums())
    assert bench.verdicts.of(bench.album.id) == {1: "member"}
    bench.carry_out()
    bench.verdicts.note_albums(bench.catalog.albums())
    assert bench.verdicts.of(bench.album.id) == {1: "member"}


deeds = st.tuples(
    st.lists(st.sampled_from(PHOTOS), min_size=1, max_size=5, unique=True), st.sampled_from(("member", "not", None))
)


def undo_all(bench: Bench) -> None:
    while bench.undo.next_undo:
        bench.undo.take_back()
        bench.carry_out()


@given(st.lists(st.one_of(deeds, st.sampled_from(("undo", "redo", "write"))), max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_after_undoing_everything_nothing_is_decided(bench: Bench, walk: list[object]) -> None:
    for step in walk:
        if step == "undo":
            bench.undo.take_back()
        elif step == "redo":
            bench.undo.do_again()
        elif step == "write":
            bench.carry_out()
        elif isinstance(step, tuple):
            bench.verdicts.decide(bench.album, step[0], step[1])
    bench.carry_out()
    while bench.undo.next_redo:
        bench.undo.do_again()
        bench.carry_out()
    assert dict(bench.verdicts.of(bench.album.id)) == bench.stored()
    end = bench.stored()
    undo_all(bench)
    assert bench.stored() == {}
    while bench.undo.next_redo:
        bench.undo.do_again()
        bench.carry_out()
    assert bench.stored() == end
    while bench.undo.next_undo:
        bench.undo.take_back()
        bench.carry_out()
