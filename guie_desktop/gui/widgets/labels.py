"""Labels that never make the window wider than the user wants it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from guie_desktop.gui.look.spoken import Role, speak_as

_AT_THE_BEGINNING = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TOO_NARROW = 24
"""Pixels, in which an ellipsis would be nearly all that is shown."""


class ElidedLabel(QWidget):
    """One line of text that is shortened where there is no room for all of it; its tooltip tells all."""

    def __init__(
        self,
        text: str = "",
        *,
        shorter: tuple[str, ...] = (),
        muted: bool = False,
        is_name: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`shorter` says the same in fewer words, the longest first, which is better than leaving something out.

        A name loses its middle, for its end tells it from others; a sentence ends in an ellipsis.
        """
        super().__init__(parent)
        speak_as(self, Role.StaticText)
        self._muted = muted
        self._is_name = is_name
        self._elision = Qt.TextElideMode.ElideMiddle if is_name else Qt.TextElideMode.ElideRight
        self._text = ""
        self._shorter = shorter
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show this line."""
        self._text = text
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()
        self.update()

    def shorten_to(self, shorter: tuple[str, ...]) -> None:
        """Say so where there is no room for what is shown next."""
        self._shorter = shorter

    def sizeHint(self) -> QSize:
        """As wide as the text, if there is room."""
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 2, self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(min(40, self.sizeHint().width()), self.fontMetrics().height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as fits."""
        if self.width() < _TOO_NARROW < self.sizeHint().width():
            return
        painter = QPainter(self)
        role = QPalette.ColorRole.PlaceholderText if self._muted else QPalette.ColorRole.WindowText
        painter.setPen(self.palette().color(role))
        shown = self.fontMetrics().elidedText(self._fitting(), self._elision, self.width())
        flags = QStyle.visualAlignment(self.layoutDirection(), _AT_THE_BEGINNING)
        # A path begins with its slash in every language.
        direction = Qt.TextFlag.TextForceLeftToRight if self._is_name else Qt.TextFlag(0)
        painter.drawText(self.rect(), flags | Qt.TextFlag.TextSingleLine | direction, shown)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for all of it now."""
        super().resizeEvent(event)
        self._fit()

    def _fitting(self) -> str:
        """The longest wording that fits; the shortest where none does."""
        wordings = (self._text, *self._shorter)
        fit = (one for one in wordings if self.fontMetrics().horizontalAdvance(one) <= self.width())
        return next(fit, wordings[-1])

    def _fit(self) -> None:
        self.setToolTip("" if self.fontMetrics().horizontalAdvance(self._text) <= self.width() else self._text)


class ShortenedLabel(QLabel):
    """A label of one line that ends in an ellipsis where there is no room; whoever sets the text sets the tooltip."""

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(min(40, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.end()


def plain_label(text: str = "", *, style: str = "", wrap: bool = False) -> QLabel:
    """A label that never takes a file's name for markup.

    `style` is "muted", "accent", "heading", "title" or "figure".
    """
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if label.isRightToLeft():  # Qt's own puts words of Latin letters at the left there, such as names
        label.setAlignment(QStyle.visualAlignment(Qt.LayoutDirection.RightToLeft, _AT_THE_BEGINNING))
    if style:
        label.setProperty(style, True)
    return label


def centred_label(text: str, style: str) -> QLabel:
    """The same in the middle, in as many lines as it needs."""
    label = plain_label(text, style=style, wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
