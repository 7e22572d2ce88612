"""Goes to the photos whose names are typed, one after the other in the order in which they are shown."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from guie_desktop.domain import Place
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.browsing.browsing_view import BrowsingView
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.language import tr, tr_noop
from guie_desktop.library.ordered_photos import NamedPhotos

NONE = tr_noop("No file of that name here")


class NameFinding(QObject):
    """What the field for names does."""

    def __init__(self, window: QWidget, view: BrowsingView, place: Callable[[], Place], services: Services) -> None:
        super().__init__(view)
        self._view, self._place = view, place
        self._reader, self._background, self._reporter = services.reader, services.background, services.reporter
        self._text = ""
        self._ids: NDArray[np.int64] = np.zeros(0, np.int64)
        self.action = make_action(window, "Photos", tr("Go to a file by its name"), self.open, keys=("/",))
        view.name_field.typed.connect(self._look_for)
        view.name_field.step_asked.connect(self._step)
        view.name_field.closed.connect(view.grid.setFocus)

    @Slot()
    def open(self) -> None:
        """Take a name, where photos are browsed."""
        if self._view.isVisible() and self._view.isEnabled():
            self._view.name_field.open()

    @Slot(str)
    def _look_for(self, text: str) -> None:
        self._text = text
        self._ids = np.zeros(0, np.int64)
        self._view.name_field.told.set_text("")
        if not text:
            return
        place = self._place()

        def found(named: NamedPhotos) -> None:
            if text == self._text:
                self._ids = np.array(named.begin or named.hold, np.int64)
                self._go(0)

        self._background.run(lambda: self._reader.named(place, text), found, self._reporter.report)

    @Slot(int)
    def _step(self, step: int) -> None:
        if self._text:
            self._go(step)

    def _go(self, step: int) -> None:
        """To the first one from the current photo on, or with a step to the next one or the one before it."""
        rows = np.flatnonzero(np.isin(np.array(self._view.photos.ids, np.int64), self._ids))
        told = self._view.name_field.told
        if not len(rows):
            told.set_text(tr(NONE))
            return
        current = max(0, self._view.grid.currentIndex().row())
        number = int(np.searchsorted(rows, current + max(step, 0))) + min(step, 0)
        number %= len(rows)
        self._view.grid.go_to(int(rows[number]))
        told.set_text(tr("{number} of {total}", number=number + 1, total=len(rows)))
