"""What the user is at stays where it is in view, while what lies above it grows or shrinks."""

from PySide6.QtCore import QEvent, QObject, QPoint, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid


class HeldPlace(QObject):
    """Scrolls an area as far as what had the keyboard last there moves: a pressed button may be without it at work."""

    def __init__(self, area: QScrollArea, content: QWidget) -> None:
        super().__init__(area)
        self._area, self._content, self._bar = area, content, area.verticalScrollBar()
        self._held: QWidget | None = None
        self._seen = 0
        """Where the user sees it, in pixels from the top of the area."""
        self._scrolls = False
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._hold)
        self._bar.valueChanged.connect(self._look)
        self._bar.rangeChanged.connect(self._keep)  # which a layout may tell after it has moved what is held

    @Slot(QWidget, QWidget)
    def _hold(self, _: QWidget | None, focused: QWidget | None) -> None:
        """The keyboard went elsewhere."""
        if focused is None or focused is self._held:
            return
        self._held = focused if self._content.isAncestorOf(focused) else None
        self._look()
        around = self._held
        while around is not None and around is not self._content:
            around.installEventFilter(self)
            around = around.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something moves that is held, or was, or in which that lies."""
        if event.type() == QEvent.Type.Move:
            self._keep()
        return False

    @Slot()
    def _look(self) -> None:
        """The user scrolls, or holds something else."""
        if not self._scrolls and (place := self._place()) is not None:
            self._seen = place - self._bar.value()

    @Slot()
    def _keep(self) -> None:
        """Show what is held where it was seen, if it was; at the top of all the user sees what comes there instead."""
        place, at_top = self._place(), not self._bar.value()
        if place is None or at_top or not 0 <= self._seen < self._area.viewport().height():
            self._look()
            return
        self._scrolls = True
        self._bar.setValue(place - self._seen)
        self._scrolls = False

    def _place(self) -> int | None:
        """Where what is held lies in the content; None where nothing is, or it is there no longer."""
        held = self._held
        if held is None or not isValid(held) or not self._content.isAncestorOf(held):
            return None
        return held.mapTo(self._content, QPoint()).y()
