"""A strip that tells what went wrong and what to do about it, without stopping the user."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from guie_desktop.gui.look.icons import icon_pixmap
from guie_desktop.gui.look.spoken import Role, announce, speak_as
from guie_desktop.gui.widgets.buttons import push_button, set_words, tool_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import tr

_WIDE_ENOUGH = 560


class Banner(QFrame):
    """Shows one failure at a time; the latest wins, and it stays until it is closed or over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        speak_as(self, Role.AlertMessage)
        self._icon = QLabel()
        self._icon.setAccessibleName(tr("Warning"))
        self.title = plain_label(style="heading", wrap=True)
        self.remedy = plain_label(wrap=True)
        for label in (self.title, self.remedy):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._about = ""
        self._go: Callable[[], object] = lambda: None
        self.button = push_button("", beside=True)
        self.button.clicked.connect(self._help)
        close = tool_button("close", tr("Close this message"), 16)
        close.clicked.connect(self.dismiss)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.title)
        texts.addWidget(self.remedy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.addLayout(texts, 1)
        self._parts.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._parts, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(
        self, title: str, remedy: str = "", verb: str = "", then: Callable[[], object] = lambda: None, about: str = ""
    ) -> None:
        """Show this failure, with a button that helps where it has a `verb`; `about` is what `retract` will name."""
        self._about, self._go = about or remedy, then
        self.title.setText(title)
        self.remedy.setText(remedy)
        self.remedy.setVisible(bool(remedy))
        set_words(self.button, verb, has_icon=False)
        self.button.setVisible(bool(verb))
        self.setAccessibleName(f"{title} {remedy}")
        self.show()
        self._draw_icon()
        announce(self)

    @Slot(str)
    def retract(self, about: str) -> None:
        """Take the message away if it is about this, or has this remedy, which is not needed any more."""
        if self._about == about:
            self.dismiss()

    @Slot()
    def _help(self) -> None:
        self.dismiss()
        self._go()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the words need all of the width."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= _WIDE_ENOUGH
        self._parts.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)

    def changeEvent(self, event: QEvent) -> None:
        """The desktop may go from light to dark while the message stands there."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        self.title.ensurePolished()
        colour = self.title.palette().color(self.title.foregroundRole()).name()
        self._icon.setPixmap(icon_pixmap("warning", colour, 20, self.devicePixelRatioF()))

    @Slot()
    def dismiss(self) -> None:
        """Take the message away."""
        self.hide()
