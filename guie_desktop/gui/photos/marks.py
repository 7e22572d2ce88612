"""Ratings and flags as the user gives them: told to the worker, seen at once, and taken back by Undo."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from guie_desktop.domain import ChosenPhotos, MarkKind, Photo
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.look.wording import counted, stars_text
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.messages import Failed, Mark, Marked


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
        many = counted(len(photos), "photo")
        sentence = f"{many} rated {stars_text(stars)}." if stars else f"Rating of {many} removed."
        self._mark(photos, "rating", stars, sentence)

    def flag(self, photos: Sequence[int], flagged: bool) -> None:
        """Flag photos, or take their flags away."""
        many = counted(len(photos), "photo")
        self._mark(photos, "flag", int(flagged), f"{many} flagged." if flagged else f"Flag of {many} removed.")

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
        deed = _Deed(self._put)
        ended = self._undo.expect(sentence, deed.take_back)

        def done(marked: Marked) -> None:
            if not marked.before:
                self._undo.say("Nothing changed: it was so already.")
            ended(bool(marked.before))
            deed.known({(kind, before): ids for before, ids in marked.before.items()})

        def refused(refusal: Failed) -> None:
            ended(False)
            self._show_truth(refusal)

        self._tell(tuple(photos), kind, value, done, refused)

    def _put(self, values: Mapping[tuple[MarkKind, int], tuple[int, ...]]) -> None:
        """Say these, and note nothing."""
        for (kind, value), photos in values.items():
            self._tell(photos, kind, value, lambda _: None, self._show_truth)

    def _tell(
        self,
        photos: tuple[int, ...],
        kind: MarkKind,
        value: int,
        done: Callable[[Marked], None],
        refused: Callable[[Failed], None],
    ) -> None:
        self._loader.change(photos, lambda photo: _marked(photo, kind, value))

        def answered(marked: Marked) -> None:
            done(marked)
            self.changed.emit()

        self._client.ask(Mark(photos, kind, value), then=answered, failed=refused)

    def _show_truth(self, refusal: Failed) -> None:
        self._loader.mark_stale()
        self._reader.refresh_now()
        self._reporter.refuse(refusal)


class _Deed:
    """What is taken back when it is known what was said before; whoever is quick may ask for it earlier."""

    def __init__(self, put: Callable[[Mapping[tuple[MarkKind, int], tuple[int, ...]]], None]) -> None:
        self._put = put
        self._before: Mapping[tuple[MarkKind, int], tuple[int, ...]] | None = None
        self._is_wanted = False

    def take_back(self) -> None:
        """Say again what was said before, as soon as that is known."""
        if self._before is None:
            self._is_wanted = True
        else:
            self._put(self._before)

    def known(self, before: Mapping[tuple[MarkKind, int], tuple[int, ...]]) -> None:
        """What was said before."""
        self._before = before
        if self._is_wanted:
            self._put(before)


def _marked(photo: Photo, kind: MarkKind, value: int) -> Photo:
    return replace(photo, rating=value) if kind == "rating" else replace(photo, flagged=bool(value))
