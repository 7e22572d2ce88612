"""Moves and renames the files of the chosen photos: asks before, and can take it back after."""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from guie_desktop.disk.companions import companions
from guie_desktop.domain import Photo
from guie_desktop.filing import FileMove, name_by
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.steps import Ended, Outcome, Step, asking, in_turn
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.filing.move_dialog import MoveDialog
from guie_desktop.gui.filing.moving_deed import MovingDeed
from guie_desktop.gui.filing.rename_dialog import RenameDialog, RenameManyDialog
from guie_desktop.language import tr, tr_noop
from guie_desktop.messages import AddFolder, Cancelled, Failed, Moved
from guie_desktop.wording.filing import kept_sentence, moved_words, stayed_sentence

_SHOWN = 3
_REMEMBERED = 5
_STAYED = tr_noop("What was not touched is where it was. Look for changes (F5), then try once more.")
_KEPT = tr_noop("They are in both places now; remove the first ones yourself where you do not want them.")


class MoveController(QObject):
    """The worker does it; what is asked is done for as many of the photos as can be."""

    moved = Signal()
    """Files have other names or lie elsewhere now."""

    def __init__(self, window: QWidget, services: Services, recent: Sequence[Path]) -> None:
        """Dialogs open over the window; `recent` are the folders that photos were moved to, the last one first."""
        super().__init__(window)
        self._window, self._client, self._reader = window, services.client, services.reader
        self._background, self._reporter, self._undo = services.background, services.reporter, services.undo
        self.recent = list(recent)
        self._cancelled: deque[Moved] = deque()
        """How far those came that the user cancels."""
        services.client.on(Moved, self._cancelled.append)

    def rename(self, ids: Sequence[int], title: str) -> None:
        """Ask for the new name of a photo, or for the rule by which several are named."""
        raws_along = self._reader.reading_choices().raw_beside_jpeg == "one"

        def read() -> tuple[list[Photo], list[Path]]:
            found = self._reader.photos(ids[:_SHOWN])
            photos = [found[one] for one in ids[:_SHOWN] if one in found]
            return photos, _along(photos[0], raws_along=raws_along) if len(ids) == 1 and photos else []

        def ask(found: tuple[list[Photo], list[Path]]) -> None:
            photos, along = found
            if len(ids) > 1 and photos:
                several = RenameManyDialog(photos, len(ids), title, self._window)
                several.wanted.connect(lambda template: self._rename_by(ids, template, title))
                several.open()
            elif photos:
                dialog = RenameDialog(photos[0], along, self._window)
                dialog.wanted.connect(lambda name: self.rename_to(photos[0], name))
                dialog.open()

        self._background.run(read, ask, self._reporter.report)

    def move(self, ids: Sequence[int]) -> None:
        """Ask for a folder."""

        def ask(photos: dict[int, Photo]) -> None:
            if not photos:
                return
            library = [folder.path for folder in self._reader.folders()]
            near = next(iter(photos.values())).path
            dialog = MoveDialog(len(ids), near, self.recent, library, self._window)
            dialog.wanted.connect(lambda folder, add: self.move_to(ids, folder, add=add))
            dialog.open()

        self._background.run(lambda: self._reader.photos(ids[:1]), ask, self._reporter.report)

    def rename_to(self, photo: Photo, name: str) -> None:
        """Give a photo's file another name, where no other file has it."""
        move = FileMove(photo.id, photo.path, photo.path.with_name(name))
        self._do(1, lambda: (move,), renamed=True, number_taken=False)

    def _rename_by(self, ids: Sequence[int], template: str, title: str) -> None:
        def read() -> tuple[FileMove, ...]:
            found, moves = self._reader.photos(ids), []
            for number, photo in enumerate((found[one] for one in ids if one in found), start=1):
                stem = name_by(template, photo.path, photo.taken, number=number, of=len(ids), title=title)
                moves.append(FileMove(photo.id, photo.path, photo.path.with_name(f"{stem}{photo.path.suffix}")))
            return tuple(moves)

        self._do(len(ids), read, renamed=True)

    def move_to(self, ids: Sequence[int], folder: Path, *, add: bool) -> None:
        """Move photos' files to a folder, which becomes one of the library's if `add`."""
        self.recent = [folder, *(other for other in self.recent if other != folder)][:_REMEMBERED]

        def read() -> tuple[FileMove, ...]:
            photos = self._reader.photos(ids).values()
            return tuple(
                FileMove(photo.id, photo.path, folder / photo.path.name)
                for photo in photos
                if photo.path.parent != folder
            )

        before = (asking(self._client, AddFolder(folder)),) if add else ()
        self._do(len(ids), read, before=before)

    def _do(
        self,
        number: int,
        read: Callable[[], tuple[FileMove, ...]],
        *,
        renamed: bool = False,
        number_taken: bool = True,
        before: tuple[Step, ...] = (),
    ) -> None:
        """Move what `read` says in a thread; it is the last deed from now on, for whoever is quick to take it back."""
        deed = MovingDeed(self._client, self._cancelled, partial(self._tell, renamed=renamed), renamed=renamed)
        answered = self._undo.expect(moved_words(number, renamed=renamed), deed.revert, deed.again)

        def ended(outcome: Outcome) -> None:
            answered(deed.is_done, deed.sentence)
            if isinstance(outcome, Failed):
                self._reporter.refuse(outcome)

        def begin(ended: Ended) -> None:
            def move(moves: tuple[FileMove, ...]) -> None:
                if moves:
                    deed.begin(moves, number_taken=number_taken, ended=ended)
                else:
                    self._undo.say(tr("They are there already."))
                    ended(Cancelled())

            def failed(error: Exception) -> None:
                self._reporter.report(error)
                ended(Cancelled())

            self._background.run(read, move, failed)

        self._undo.once_free(lambda: in_turn(*before, begin)(ended))

    def _tell(self, done: Moved, *, renamed: bool) -> None:
        if done.moves:
            self.moved.emit()
        if stayed := stayed_sentence(done, renamed=renamed):
            self._reporter.tell(readable(stayed), _STAYED)
        elif kept := kept_sentence(done):
            self._reporter.tell(readable(kept), _KEPT)


def _along(photo: Photo, *, raws_along: bool) -> list[Path]:
    try:
        return companions(photo.path, raws_along=raws_along)
    except OSError:
        return []  # renaming tells why
