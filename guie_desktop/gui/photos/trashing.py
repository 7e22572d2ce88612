"""Photos that go to the trash, and come back from there when that is undone, with all that was said of them."""

import threading
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from guie_desktop.disk.trashed import IS_READABLE
from guie_desktop.domain import Photo
from guie_desktop.errors import UserError
from guie_desktop.former import Former
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.steps import Ended, Outcome, asking, in_turn
from guie_desktop.gui.photos.checked_files import WentOn
from guie_desktop.gui.photos.trash import links_among, put_back_files, trash_files
from guie_desktop.language import ntr, tr
from guie_desktop.messages import (
    Cancelled,
    Changed,
    Done,
    Failed,
    HandedOn,
    HandOn,
    NoteReturned,
    NoteTrashed,
    PutBack,
    ReadDecisions,
    TakeBackFromHeirs,
)

Moved = tuple[list[Photo], UserError | None]
"""The photos whose files were moved, and the sentence on the others."""


class Telling(Protocol):
    """Makes what tells in the status line how far something is that goes on in a thread."""

    def __call__(self, what: str, total: int, stopped: threading.Event | None = None) -> WentOn:
        """`total` is how many photos there are, and `stopped` ends it."""


class Trashing(QObject):
    """Moves files to the trash and back."""

    gone = Signal(int)
    """How many photos went to the trash."""
    outdated = Signal()
    """What lies on the disk is not what the library says."""

    def __init__(self, services: Services, telling: Telling, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._telling = services, telling

    def move(self, photos: Sequence[Photo], heirs: Mapping[int, int] | None = None) -> None:
        """Move the files to the desktop's trash, until Undo says to stop.

        `heirs` are ids of photos that stay, by those of photos that go: they get the albums, stars and flags of these.
        """
        undo, reporter = self._services.undo, self._services.reporter
        deed = _Deed(self, self._services, self._telling, photos, heirs or {})
        revert = deed.put_back if IS_READABLE else deed.leave
        answered = undo.expect(deed.sentence, revert, deed.move, deed.stop)

        def ended(outcome: Outcome) -> None:
            done = isinstance(outcome, Done)
            answered(done and IS_READABLE, deed.sentence)
            if done and not IS_READABLE:
                undo.note_final(deed.sentence, deed.way_back)
            if isinstance(outcome, Failed):
                reporter.refuse(outcome)

        undo.once_free(lambda: deed.move(ended))


class _Deed:
    """Some photos that go to the trash, or whatever of them went."""

    def __init__(
        self,
        trashing: Trashing,
        services: Services,
        telling: Telling,
        photos: Sequence[Photo],
        heirs: Mapping[int, int],
    ) -> None:
        self._trashing, self._telling = trashing, telling
        self._client, self._background, self._reporter = services.client, services.background, services.reporter
        self._reader = services.reader
        self._photos, self._heirs = list(photos), heirs
        self._away: list[Photo] = []
        """Those that are in the trash now."""
        self._links: dict[int, str] = {}
        self._former = Former((), ())
        self._handed_on: HandedOn | None = None
        self._stopped = threading.Event()

    @property
    def sentence(self) -> str:
        """What was done."""
        return ntr("{number} photo moved to the trash.", "{number} photos moved to the trash.", len(self._photos))

    @property
    def way_back(self) -> str:
        """How it is taken back where the desktop's trash cannot be read."""
        return ntr(
            "This cannot be undone here: get {number} photo back from your desktop's trash.",
            "This cannot be undone here: get {number} photos back from your desktop's trash.",
            len(self._photos),
        )

    def stop(self) -> None:
        """Leave the rest where it is."""
        self._stopped.set()

    def leave(self, ended: Ended) -> None:
        """The step of leaving in the trash what is there."""
        ended(Done())

    def move(self, ended: Ended) -> None:
        """The step of moving the files to the trash; it is done when one of them went."""
        self._stopped.clear()
        # What is said of them goes over to their copies as soon as somebody sees that they are gone.
        first = asking(self._client, ReadDecisions(_ids(self._photos)), self._keep)
        in_turn(first, self._trash, self._note, self._hand_on)(ended)

    def put_back(self, ended: Ended) -> None:
        """The step of getting the files back; it is done when all of them are."""

        def work() -> Moved:
            return put_back_files(self._away, self._links, self._telling(tr("Putting back"), len(self._away)))

        def came(moved: Moved) -> None:
            back, error = moved
            self._away = [photo for photo in self._away if photo not in back]
            note = asking(self._client, NoteReturned(_ids(back)))

            def noted(outcome: Outcome) -> None:
                self._trashing.outdated.emit()
                ended(outcome if error is None else Failed(error.title, error.remedy))

            in_turn(note, self._take_back_from_heirs, asking(self._client, PutBack(self._former)))(noted)

        self._background.run(work, came, partial(self._give_up, ended))

    def _trash(self, ended: Ended) -> None:
        def work() -> tuple[dict[int, str], Moved]:
            telling = self._telling(tr("Moving to the trash"), len(self._photos), self._stopped)
            return links_among(self._photos), trash_files(self._photos, telling)

        def went(done: tuple[dict[int, str], Moved]) -> None:
            self._links, (gone, error) = done
            self._trashing.outdated.emit()
            if gone:
                self._photos = self._away = gone
                if error is not None:
                    self._reporter.report(error)
                ended(Done())
                self._trashing.gone.emit(len(gone))
            else:
                ended(Cancelled() if error is None else Failed(error.title, error.remedy))

        self._background.run(work, went, partial(self._give_up, ended))

    def _note(self, ended: Ended) -> None:
        ids = _ids(self._away)
        # Asked first, so that whoever asks anew is answered without them; once it is noted the catalog knows itself.
        asking(self._client, NoteTrashed(ids), lambda _: self._reader.note_back(ids))(ended)
        self._reader.note_gone(ids)

    def _hand_on(self, ended: Ended) -> None:
        """Nothing where nobody inherits; what went only."""
        heirs = {photo.id: self._heirs[photo.id] for photo in self._away if photo.id in self._heirs}
        if heirs:
            asking(self._client, HandOn(heirs), self._keep_handed_on)(ended)
        else:
            ended(Done())

    def _take_back_from_heirs(self, ended: Ended) -> None:
        if self._handed_on is None:
            ended(Done())
            return
        handed_on, self._handed_on = self._handed_on, None
        asking(self._client, TakeBackFromHeirs(handed_on))(ended)

    def _keep_handed_on(self, handed_on: HandedOn) -> None:
        self._handed_on = handed_on

    def _give_up(self, ended: Ended, error: Exception) -> None:
        self._reporter.report(error)
        ended(Cancelled())

    def _keep(self, changed: Changed) -> None:
        self._former = changed.former


def _ids(photos: Sequence[Photo]) -> tuple[int, ...]:
    return tuple(photo.id for photo in photos)
