"""All photos that are looked for together, where they are too many for chips; some can be taken out."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.search.chip import looked_for_text
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import tr, tr_in

_TILE = 124


class ExamplesDialog(QDialog):
    """Delete takes out what is chosen."""

    taken_out = Signal(object)
    """Ids of photos that are not to be looked for any more."""

    def __init__(self, ids: Sequence[int], loader: TileLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Photos to look for"))
        self.heading = plain_label(style="heading", wrap=True)
        self.gallery = Gallery(loader)
        self.gallery.grid.setAccessibleName(tr("Photos that are looked for together"))
        self.gallery.grid.set_tile_size(_TILE)
        self.gallery.chosen_changed.connect(self._enable)
        self.take_out_button = push_button(tr("Take out of the search"), tooltip=tr_in("key", "Delete"))
        self.take_out_button.clicked.connect(self._take_out)
        close = push_button(tr("Close"), primary=True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self.take_out_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP)
        layout.addWidget(self.heading)
        layout.addWidget(self.gallery, 1)
        layout.addLayout(buttons)
        self.resize(640, 480)
        self._show(array("q", ids))
        self.gallery.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete means these photos here, and no files."""
        if event.key() == Qt.Key.Key_Delete:
            self._take_out()
        else:
            super().keyPressEvent(event)

    def _show(self, ids: "array[int]") -> None:
        self.heading.setText(looked_for_text(len(ids)))
        self.gallery.show_ids(ids)
        self._enable()

    @Slot()
    def _enable(self) -> None:
        self.take_out_button.setEnabled(self.gallery.chosen_count() > 0)

    @Slot()
    def _take_out(self) -> None:
        chosen = self.gallery.chosen_ids()
        if not chosen:
            return
        out = set(chosen)
        left = array("q", (photo_id for photo_id in self.gallery.photos.ids if photo_id not in out))
        self.taken_out.emit(chosen)
        if left:
            self._show(left)
        else:
            self.accept()
