"""The worker looks into photos when there is time: asked for, cancelled, gone on with, and forgotten."""

from pathlib import Path
from typing import Any

import pytest

from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.messages import (
    Cancel,
    EstimateParts,
    ForgetParts,
    JobEnded,
    LookInside,
    PartsCost,
    PartsHeld,
    Progress,
    ReadParts,
)
from guie_desktop.paths import LibraryPaths
from guie_desktop.worker.commands import ANSWERS
from guie_desktop.worker.desk import Desk
from guie_desktop.worker.later import Later
from guie_desktop.worker.watching import FolderChanges
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import save_photos
from tests.running import index_folder


class Office:
    """A desk whose jobs take their steps when a test lets them."""

    def __init__(self, library: WritableLibrary) -> None:
        self.told: list[Any] = []
        self.desk = Desk(library, FolderChanges(), self.told.append)

    def ask(self, command: Any) -> Any:
        answer = ANSWERS[type(command)](self.desk, command)
        if not isinstance(answer, Later):
            return answer
        answers: list[Any] = []
        self.desk.start_for(answer, answers.append)
        while not answers:
            self.desk.scheduler.step()
        return answers[0]

    def work(self, steps: int = 100_000) -> None:
        while steps and self.desk.scheduler.is_busy:
            self.desk.scheduler.step()
            steps -= 1

    def of(self, kind: type) -> list[Any]:
        return [one for one in self.told if isinstance(one, kind)]


@pytest.fixture
def folder(paths: LibraryPaths, tmp_path: Path) -> Path:
    save_photos(tmp_path / "photos", 3)
    index_folder(paths, tmp_path / "photos")
    return tmp_path / "photos"


def test_what_is_chosen_is_looked_into_when_there_is_time_and_told(paths: LibraryPaths, folder: Path) -> None:
    with WritableLibrary(paths) as library:
        office = Office(library)
        cost = office.ask(EstimateParts(Filter(folder=folder)))
        assert isinstance(cost, PartsCost)
        assert cost.photos == 3
        begun = office.ask(LookInside(Filter(folder=folder)))
        assert (begun.photos, begun.waiting) == (0, 3)
        office.work()
        assert office.of(PartsHeld)[-1].photos == 3
        assert any(one.stage == "parts" and one.total == 3 for one in office.of(Progress))
        assert office.of(JobEnded)
        assert office.ask(ReadParts()) == office.of(PartsHeld)[-1]


def test_new_photos_are_taken_along_after_they_were_prepared_for_search(paths: LibraryPaths, folder: Path) -> None:
    with WritableLibrary(paths) as library:
        office = Office(library)
        office.ask(LookInside(EVERYTHING))
        office.work()
        save_photos(folder, 1, first=40)
        office.desk.start(office.desk.indexing())
        office.work()
        assert office.of(PartsHeld)[-1].photos == 4


def test_after_a_cancel_it_waits_to_be_asked_for(paths: LibraryPaths, folder: Path) -> None:
    with WritableLibrary(paths) as library:
        office = Office(library)
        office.ask(LookInside(EVERYTHING))
        while library.backbone.part_store.count() < 1:
            office.work(1)
        office.ask(Cancel())
        assert not office.desk.scheduler.has_idle("parts")
        office.desk.inside.go_on()
        office.work()
        held = office.ask(ReadParts())
        assert (held.photos, held.waiting, held.chosen) == (1, 2, (EVERYTHING,))
        office.ask(LookInside(EVERYTHING))
        office.work()
        assert office.ask(ReadParts()).photos == 3


def test_forgotten_while_it_is_on_its_way_it_ends(paths: LibraryPaths, folder: Path) -> None:
    with WritableLibrary(paths) as library:
        office = Office(library)
        office.ask(LookInside(EVERYTHING))
        while library.backbone.part_store.count() < 1:
            office.work(1)
        held = office.ask(ForgetParts())
        assert (held.photos, held.chosen) == (0, ())
        office.work()
        assert not paths.parts.exists()


def test_where_embedding_waits_parts_come_last(paths: LibraryPaths, folder: Path) -> None:
    with WritableLibrary(paths) as library:
        office = Office(library)
        office.ask(LookInside(EVERYTHING))
        save_photos(folder, 1, first=40)
        office.desk.start(office.desk.indexing())
        office.work()
        stages = [one.stage for one in office.of(Progress)]
        assert stages.index("parts") > max(place for place, stage in enumerate(stages) if stage == "embed")
