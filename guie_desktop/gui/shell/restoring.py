"""Offers a copy of the catalog where the catalog is damaged, and goes on with it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.widgets.banner import Banner
from guie_desktop.gui.widgets.dialogs import confirm
from guie_desktop.language import tr, tr_noop
from guie_desktop.library.copies import copies_of
from guie_desktop.paths import LibraryPaths

if TYPE_CHECKING:
    from guie_desktop.library.restoring import Restored

_ASKED_AGAIN = tr_noop("Nothing was done, and the library stays closed. Start the program again to be asked once more.")


class Restoring(QObject):
    """Asks once the worker has ended for the damage, so that nobody holds the library."""

    def __init__(self, paths: LibraryPaths, window: QWidget, banner: Banner, services: Services) -> None:
        super().__init__(window)
        self._paths = paths
        self._window = window
        self._banner = banner
        self._client, self._reader = services.client, services.reader
        self._background, self._reporter = services.background, services.reporter
        self.question: QMessageBox | None = None
        services.client.damaged.connect(self.offer)

    @Slot(object, object)
    def offer(self, title: str, remedy: str) -> None:
        """Tell of the damage, and ask whether to put the newest copy back."""
        title, remedy = tr(title), tr(remedy)
        self._banner.tell(title, remedy)
        copies = copies_of(self._paths)
        verb = tr("Save what can be read")
        if copies:
            verb = tr("Put back the copy of {day}", day=copies[0].day)
        kept = tr_noop("{remedy} The damaged catalog is kept. Your photos are safe: they are never written to.")
        explanation = tr(kept, remedy=remedy)
        self.question = confirm(self._window, title, explanation, verb, self._put_back)
        self.question.rejected.connect(lambda: self._banner.tell(title, tr(_ASKED_AGAIN)))

    def _put_back(self) -> None:
        from guie_desktop.library.restoring import restore  # which is hardly ever needed, and not loaded at the start

        self._reader.close()  # it has the damaged file open
        self._background.run(lambda: restore(self._paths), self._go_on, self._reporter.report)

    def _go_on(self, restored: "Restored") -> None:
        from guie_desktop.wording.restoring import restored_text

        first, *more = restored_text(restored)
        self._banner.tell(first, " ".join(more))
        self._client.start()
