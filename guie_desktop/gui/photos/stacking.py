"""Duplicates in stacks: of those that would be seen in a grid one is, with their number, which opens them in place."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from guie_desktop.asking import Hit
from guie_desktop.gui.backend.library_reader import LibraryReader
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.language import tr
from guie_desktop.library.folding import Folded, Folding, Stacks, folded
from guie_desktop.library.ordered_photos import OrderedPhotos
from guie_desktop.settings import Settings

if TYPE_CHECKING:
    from guie_desktop.library.catalog import Catalog
    from guie_desktop.library.stacks import FollowedStacks


class Stacking(QObject):
    """Folds what is browsed while it is read, and hits when they are shown."""

    def __init__(
        self,
        window: QWidget,
        browsed: Gallery,
        found: Gallery,
        selection: Selection,
        reader: LibraryReader,
        *,
        folds: bool,
    ) -> None:
        """`folds` tells whether the user wanted it so when the program was closed."""
        super().__init__(window)
        self._browsed, self._found, self._selection, self._reader = browsed, found, selection, reader
        self._opened: frozenset[int] = frozenset()
        """Stacks whose photos are all shown."""
        self._stacks: FollowedStacks | None = None
        self._folding = Folding()
        self._read: tuple[Stacks, Folded] = {}, Folded()
        """The stacks as they were read last, and what became of what is browsed."""
        self.folds = make_action(window, "View", tr("Duplicates in stacks"), keys=("Shift+U",))
        self.folds.setCheckable(True)
        self.folds.setChecked(folds)
        self.folds.toggled.connect(self._fold)
        self.open = make_action(window, "Photos", tr("Open or close the stack"), self._open_current, keys=("U",))
        self.open.setEnabled(folds)
        reader.arrange = self._arranged
        reader.overview_read.connect(self._show)
        found.fold = self._fold_hits
        for gallery in (browsed, found):
            gallery.stack_asked.connect(self._toggle)

    def remember(self, settings: Settings) -> Settings:
        """The settings with whether it is so."""
        return replace(settings, stacked=self.folds.isChecked())

    @Slot(bool)
    def _fold(self, folds: bool) -> None:
        self.open.setEnabled(folds)
        self._opened = frozenset()
        self._reader.refresh_now()

    def _arranged(self, catalog: "Catalog", photos: OrderedPhotos) -> OrderedPhotos:
        """What is to be browsed of these photos. For a thread."""
        from guie_desktop.library.stacks import FollowedStacks

        self._stacks = self._stacks or FollowedStacks()
        stacks = self._stacks.read(catalog) if self.folds.isChecked() else {}
        result = self._folding.fold(photos.ids, stacks, self._opened)
        self._read = stacks, result
        return photos.without(result.hidden)

    @Slot()
    def _show(self) -> None:
        _, result = self._read
        self._browsed.show_stacks(result.sizes)
        self._found.fold_again()

    def _fold_hits(self, hits: Sequence[Hit]) -> Sequence[Hit]:
        stacks, _ = self._read
        result = folded([hit.photo_id for hit in hits], stacks, self._opened, are_ranked=True)
        self._found.show_stacks(result.sizes)
        return [hit for hit in hits if hit.photo_id not in result.hidden]

    @Slot(int)
    def _toggle(self, photo_id: int) -> None:
        stack = self._read[0].get(photo_id)
        if stack is not None:
            self._opened ^= {stack}
            self._reader.refresh_now()

    def _open_current(self) -> None:
        for photo_id in self._selection.ids()[:1]:
            self._toggle(photo_id)
