"""Ratings and flags as the user gives them: told to the worker, seen at once, and taken back by Undo."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from guie_desktop.domain import ChosenPhotos, MarkKind, Photo
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.steps import Ended, Outcome, Step, asking, in_turn
from guie_desktop.gui.look.wording import stars_text
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.language import ntr, tr
from guie_desktop.messages import Done, Failed, Mark, Marked


class Marks(QObject):
    """What the user thinks of photos, as the catalog will have it when the worker has done what it was told."""

    changed = Signal()
    """The catalog has another mark now."""

    def __init__(self, loader: TileLoader, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loader, self._client, self._reader = loader, services.client, services.reader
        self._background, self._reporter, self._undo = services.background, services.reporter, services.undo

    def rate(self, photos: Sequence[int], stars: int) -> None:
        """Give photos so many stars; 0 takes their rating away."""
        many = len(photos)
        sentence = ntr("Rating of {number} photo removed.", "Rating of {number} photos removed.", many)
        if stars:
            rated = stars_text(stars)
            sentence = ntr("{number} photo rated {stars}.", "{number} photos rated {stars}.", many, stars=rated)
        self._mark(photos, "rating", stars, sentence)

    def flag(self, photos: Sequence[int], flagged: bool) -> None:
        """Flag photos, or take their flags away."""
        many = len(photos)
        sentence = ntr("Flag of {number} photo removed.", "Flag of {number} photos removed.", many)
        if flagged:
            sentence = ntr("{number} photo flagged.", "{number} photos flagged.", many)
        self._mark(photos, "flag", int(flagged), sentence)

    def toggle_flag(self, photos: Sequence[int]) -> None:
        """Flag photos, or take their flags away where all have one."""
        known = [self._loader.photo(photo_id) for photo_id in photos]
        if None not in known:
            self.flag(photos, not all(photo.flagged for photo in known if photo is not None))
            return

        def take(together: ChosenPhotos) -> None:
            self.flag(photos, together.flagged < together.photos)

        self._background.run(lambda: self._reader.sum_up(photos), take, self._reporter.report)

    def _mark(self, photos: Sequence[int], kind: MarkKind, value: int, sentence: str) -> None:
        if not photos:
            return
        said, before = {value: tuple(photos)}, dict[int, tuple[int, ...]]()
        again, revert = self._saying(kind, said), self._saying(kind, before)
        answered = self._undo.expect(sentence, revert, again)

        def ended(outcome: Outcome) -> None:
            if isinstance(outcome, Done) and not before:
                self._undo.say(tr("Nothing changed: it was so already."))
            elif isinstance(outcome, Failed):
                self._reporter.refuse(outcome)
            answered(bool(before))

        self._saying(kind, said, before.update)(ended)

    def _saying(
        self,
        kind: MarkKind,
        values: Mapping[int, tuple[int, ...]],
        keep: Callable[[Mapping[int, tuple[int, ...]]], None] = lambda _: None,
    ) -> Step:
        """The step of giving each of these values to its photos, as they are then; `keep` gets what was said before."""

        def done(marked: Marked) -> None:
            keep(marked.before)
            self.changed.emit()

        def step(ended: Ended) -> None:
            def end(outcome: Outcome) -> None:
                if not isinstance(outcome, Done):
                    self._loader.mark_stale()
                    self._reader.refresh_now()
                ended(outcome)

            for value, photos in values.items():
                self._loader.change(photos, partial(_marked, kind=kind, value=value))
            commands = [Mark(photos, kind, value) for value, photos in values.items()]
            in_turn(*(asking(self._client, command, done) for command in commands))(end)

        return step


def _marked(photo: Photo, *, kind: MarkKind, value: int) -> Photo:
    return replace(photo, rating=value) if kind == "rating" else replace(photo, flagged=bool(value))
