"""The heading of the albums, on which photos can be dropped to make a new one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from guie_desktop.gui.look.style_sheet import set_style
from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.photos.photo_mime import accept_photos, ids_in
from guie_desktop.gui.widgets.buttons import tool_button
from guie_desktop.gui.widgets.context_menu import offer_menu
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.margins import set_margins
from guie_desktop.language import tr


class AlbumsHeading(QWidget):
    """Has a button for a new album."""

    new_asked = Signal(object)
    """Make an album that begins with these photos."""
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("albums_heading")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.add_button = tool_button("add", tr("New album; drop photos here to begin with them"))
        menu = QMenu(self)
        self._fill(menu)
        self.add_button.setMenu(menu)
        offer_menu(self, self._fill)
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        layout = QHBoxLayout(self)
        set_margins(layout, GAP, 0, 0, 0)
        layout.addWidget(plain_label(tr("Albums"), style="heading"), 1)
        layout.addWidget(self.add_button)

    def _fill(self, menu: QMenu) -> None:
        menu.addAction(tr("New album"), lambda: self.new_asked.emit(()))
        menu.addAction(tr("Make albums from folders…"), self.import_asked.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos of this library may be dropped."""
        self._mark(accept_photos(event))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The drag went away."""
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """A new album with these photos."""
        self._mark(False)
        if accept_photos(event):
            self.new_asked.emit(ids_in(event.mimeData()))

    def _mark(self, on: bool) -> None:
        set_style(self, "target", on)
