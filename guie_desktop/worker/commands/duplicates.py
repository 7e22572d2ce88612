"""What the worker does about duplicates."""

from collections.abc import Generator

from guie_desktop.jobs.finding_duplicates import find_duplicates
from guie_desktop.library.handing_on import hand_on, take_back
from guie_desktop.messages import (
    Done,
    DuplicatesFound,
    FindDuplicates,
    HandedOn,
    HandOn,
    KeepSo,
    LibraryChanged,
    PartDuplicates,
    Parted,
    Progress,
    TakeBackFromHeirs,
    UniteDuplicates,
)
from guie_desktop.worker.desk import Desk
from guie_desktop.worker.later import Later

DuplicateCommand = FindDuplicates | PartDuplicates | UniteDuplicates | HandOn | TakeBackFromHeirs | KeepSo


def answer(desk: Desk, command: DuplicateCommand) -> Done | Parted | HandedOn | Later:
    """Carry out a command and say so."""
    library = desk.library
    done: Done | Parted | HandedOn = Done()
    match command:
        case FindDuplicates():
            return Later(_finding(desk), is_ahead=True, news=LibraryChanged)
        case PartDuplicates(pairs):
            done = Parted(library.duplicates.part(pairs))
        case UniteDuplicates(pairs):
            library.duplicates.unite(pairs)
        case HandOn(heirs):
            former, marks = hand_on(library.albums, library.marks, library.catalog, heirs)
            done = HandedOn(former, marks)
        case TakeBackFromHeirs(before):
            take_back(library.albums, library.marks, before.former, before.marks)
        case KeepSo(choices):
            library.choices.choose_keeping(choices)
            return done
    desk.tell(LibraryChanged())
    return done


def _finding(desk: Desk) -> Generator[Progress, None, DuplicatesFound]:
    found = yield from find_duplicates(desk.library)
    return DuplicatesFound(len(found.groups), found.uncompared)
