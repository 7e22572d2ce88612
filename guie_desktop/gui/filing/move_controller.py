"""Moves and renames the files of the chosen photos: asks before, and can take it back after."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from guie_desktop.disk.companions import companions
from guie_desktop.domain import Photo
from guie_desktop.filing import FileMove, name_by
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.steps import Step, asking
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.filing.move_dialog import MoveDialog
from guie_desktop.gui.filing.rename_dialog import RenameDialog, RenameManyDialog
from guie_desktop.language import tr, tr_noop
from guie_desktop.messages import AddFolder, Moved, MoveFiles
from guie_desktop.wording.filing import kept_sentence, moved_sentence, stayed_sentence

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
        services.client.on(Moved, lambda done: self._tell(done, renamed=False))  # it was cancelled

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
                dialog.wanted.connect(lambda name: self._rename_one(photos[0], name))
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
            dialog.wanted.connect(lambda folder, add: self._move_to(ids, folder, add=add))
            dialog.open()

        self._background.run(lambda: self._reader.photos(ids[:1]), ask, self._reporter.report)

    def _rename_one(self, photo: Photo, name: str) -> None:
        move = FileMove(photo.id, photo.path, photo.path.with_name(name))
        self._send((move,), renamed=True, number_taken=False)

    def _rename_by(self, ids: Sequence[int], template: str, title: str) -> None:
        def read() -> tuple[FileMove, ...]:
            found, moves = self._reader.photos(ids), []
            for number, photo in enumerate((found[one] for one in ids if one in found), start=1):
                stem = name_by(template, photo.path, photo.taken, number=number, of=len(ids), title=title)
                moves.append(FileMove(photo.id, photo.path, photo.path.with_name(f"{stem}{photo.path.suffix}")))
            return tuple(moves)

        self._background.run(read, partial(self._send, renamed=True), self._reporter.report)

    def _move_to(self, ids: Sequence[int], folder: Path, *, add: bool) -> None:
        self.recent = [folder, *(other for other in self.recent if other != folder)][:_REMEMBERED]

        def read() -> tuple[FileMove, ...]:
            photos = self._reader.photos(ids).values()
            return tuple(
                FileMove(photo.id, photo.path, folder / photo.path.name)
                for photo in photos
                if photo.path.parent != folder
            )

        def go_on(_: object = None) -> None:
            self._background.run(read, partial(self._send, renamed=False), self._reporter.report)

        if add:
            self._client.ask(AddFolder(folder), then=go_on)
        else:
            go_on()

    def _send(self, moves: tuple[FileMove, ...], *, renamed: bool, number_taken: bool = True) -> None:
        if not moves:
            self._undo.say(tr("They are there already."))
            return
        self._client.ask(MoveFiles(moves, number_taken), then=lambda done: self._tell(done, renamed=renamed))

    def _tell(self, done: Moved, *, renamed: bool) -> None:
        if done.moves:
            self.moved.emit()
            back = tuple(FileMove(move.photo, move.target, move.source) for move in reversed(done.moves))
            revert, again = (self._step(moves, renamed=renamed) for moves in (back, done.moves))
            self._undo.note(moved_sentence(done, renamed=renamed), revert, again)
        self._complain(done, renamed=renamed)

    def _step(self, moves: tuple[FileMove, ...], *, renamed: bool) -> Step:
        """For undo and redo, which tell of themselves: only what does not work is said."""
        command = MoveFiles(moves, number_taken=False)
        return asking(self._client, command, partial(self._complain, renamed=renamed))

    def _complain(self, done: Moved, *, renamed: bool) -> None:
        if stayed := stayed_sentence(done, renamed=renamed):
            self._reporter.tell(readable(stayed), _STAYED)
        elif kept := kept_sentence(done):
            self._reporter.tell(readable(kept), _KEPT)


def _along(photo: Photo, *, raws_along: bool) -> list[Path]:
    try:
        return companions(photo.path, raws_along=raws_along)
    except OSError:
        return []  # renaming tells why
