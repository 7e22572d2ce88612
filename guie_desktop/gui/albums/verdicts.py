"""Which photos belong to an album and which do not: told to the worker, known at once, and taken back by Undo."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from guie_desktop.domain import Album, Verdict
from guie_desktop.errors import UserError
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.steps import Ended, Exchange, Outcome, Step, asking
from guie_desktop.language import ntr, tr, tr_noop
from guie_desktop.messages import Decide, Done

_ALREADY: dict[Verdict | None, str] = {
    "member": tr_noop("In “{album}” already."),
    "not": tr_noop("Marked as not “{album}” already."),
    None: tr_noop("Not in “{album}”."),
}


class Verdicts(QObject):
    """What was decided, as the catalog will have it when the worker has done what it was told."""

    decided = Signal(int, object)
    """The id of an album, and those of the photos of which something else is known now."""

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client, self._reader = services.client, services.reader
        self._undo, self._reporter = services.undo, services.reporter
        self._known: dict[int, dict[int, Verdict]] = {}
        self._albums: tuple[Album, ...] = ()
        self._untold = 0
        """Decisions that the worker has not answered."""

    def of(self, album_id: int) -> Mapping[int, Verdict]:
        """Photo id to what was decided of it and this album."""
        if album_id not in self._known:
            try:
                self._known[album_id] = self._reader.verdicts(album_id)
            except UserError as error:
                self._reporter.report(error)
                return {}
        return self._known[album_id]

    def decide(self, album: Album, photos: Sequence[int], verdict: Verdict | None) -> None:
        """Put photos into an album, say that they are not this, or (None) take back what was said."""
        known = self.of(album.id)
        before = {photo: known.get(photo) for photo in photos if known.get(photo) != verdict}
        if not before:
            self._undo.say(tr(_ALREADY[verdict], album=album.name))
            return
        sentence = _decided_sentence(verdict, len(before), album.name)
        words, after = Exchange(self._client), dict.fromkeys(before, verdict)
        self._undo.do(
            sentence,
            self._believing(
                album.id, after, asking(self._client, Decide(album.id, tuple(before), verdict), words.keep)
            ),
            revert=self._believing(album.id, before, words),
            again=self._believing(album.id, after, words),
        )

    def note_albums(self, albums: tuple[Album, ...]) -> None:
        """The catalog was read: where albums are not what they were, look again when asked."""
        if albums != self._albums and not self._untold:
            self._known.clear()
        self._albums = albums

    def _believing(self, album_id: int, verdicts: Mapping[int, Verdict | None], step: Step) -> Step:
        """The step, and these verdicts known from its beginning."""

        def believed(ended: Ended) -> None:
            known = {photo: said for photo, said in self.of(album_id).items() if photo not in verdicts}
            self._known[album_id] = known | {photo: said for photo, said in verdicts.items() if said is not None}
            self._untold += 1

            def end(outcome: Outcome) -> None:
                self._untold -= 1
                if not self._untold or not isinstance(outcome, Done):
                    self._known.pop(album_id, None)  # what was said holds for copies as well, which the catalog knows
                ended(outcome)
                if not isinstance(outcome, Done):
                    self.decided.emit(album_id, tuple(verdicts))
                self._reader.refresh_now()

            step(end)
            self.decided.emit(album_id, tuple(verdicts))

        return believed


def _decided_sentence(verdict: Verdict | None, photos: int, album: str) -> str:
    match verdict:
        case "member":
            return ntr("{number} photo added to “{album}”.", "{number} photos added to “{album}”.", photos, album=album)
        case "not":
            return ntr(
                "{number} photo marked as not “{album}”.",
                "{number} photos marked as not “{album}”.",
                photos,
                album=album,
            )
        case _:
            return ntr(
                "{number} photo taken out of “{album}”.", "{number} photos taken out of “{album}”.", photos, album=album
            )
