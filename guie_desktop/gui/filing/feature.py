"""All that is done with the files of the chosen photos, put together: its actions, and what is remembered of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from guie_desktop.filing import ORIGINAL_NAME, ExportChoices
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.filing.export_controller import ExportController
from guie_desktop.gui.filing.move_controller import MoveController
from guie_desktop.gui.filing.open_with import OpenWith
from guie_desktop.gui.photos.actions import PhotoActions
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.language import tr, tr_noop
from guie_desktop.settings import Settings

_FIRST_FOLDER = tr_noop("Copies of photos")
"""Where copies go until another folder is chosen: one of their own, below the user's."""


class Filing(QObject):
    """Copies, moves and renames what is selected at that moment."""

    def __init__(
        self,
        window: QWidget,
        photo_actions: PhotoActions,
        *,
        selection: Selection,
        searched: Callable[[], str],
        settings: Settings,
        services: Services,
    ) -> None:
        """`searched` says what is looked for, in a few words; "" where nothing is."""
        super().__init__(window)
        self._selection, self._searched, self._photo_actions = selection, searched, photo_actions
        choices = ExportChoices(
            folder=Path(settings.export_folder) if settings.export_folder else Path.home() / tr(_FIRST_FOLDER),
            size=settings.export_size or None,
            names=settings.export_names or ORIGINAL_NAME,
        )
        self.exports = ExportController(window, services, choices)
        self.moves = MoveController(window, services, [Path(line) for line in settings.moved_to.split("\n") if line])
        self.export = self._action(window, tr("Copy to a folder…"), self._export, "Ctrl+Shift+E")
        self.rename = self._action(window, tr("Rename…"), self._rename, "F2")
        self.move = self._action(window, tr("Move to a folder…"), self._move, "Ctrl+Shift+M")
        self.open_with = OpenWith(window, selection, services)
        selection.changed.connect(self.enable)
        photo_actions.menu_made.connect(self._extend_menu)
        self.enable()

    @Slot()
    def enable(self) -> None:
        """Offer it where something is selected."""
        for action in (self.export, self.rename, self.move):
            action.setEnabled(self._selection.count() > 0)

    def remember(self, settings: Settings) -> Settings:
        """The settings, with what is to be known at the next start."""
        choices = self.exports.choices
        return replace(
            settings,
            export_folder=str(choices.folder),
            export_size=choices.size or 0,
            export_names=choices.names,
            moved_to="\n".join(str(folder) for folder in self.moves.recent if "\n" not in str(folder)),
        )

    def _action(self, window: QWidget, text: str, done: Callable[[], None], key: str) -> QAction:
        return make_action(window, "Photos", text, done, keys=(key,))

    @Slot(object)
    def _extend_menu(self, menu: QMenu) -> None:
        self.open_with.put_into(menu, before=self._photo_actions.show)
        before = self._photo_actions.trash
        for action in (self.export, self.rename, self.move):
            menu.insertAction(before, action)
        menu.insertSeparator(before)

    def _export(self) -> None:
        self.exports.begin(self._selection.ids(), self._title())

    def _rename(self) -> None:
        self.moves.rename(self._selection.ids(), self._title())

    def _move(self) -> None:
        self.moves.move(self._selection.ids())

    def _title(self) -> str:
        album = self._selection.album
        return album.name if album is not None else self._searched() or tr("Photos")
