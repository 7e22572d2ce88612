"""The bar below the photos when some are chosen: how many, how large, how rated, and what can be done with them."""

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QWidget

from guie_desktop.domain import MOST_STARS, ChosenPhotos
from guie_desktop.gui.look.icons import set_icon
from guie_desktop.gui.look.theme import GAP, TIGHT
from guie_desktop.gui.look.wording import stars_text
from guie_desktop.gui.widgets.actions import key_text
from guie_desktop.gui.widgets.buttons import push_button, set_name, tool_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import ntr, size_text, tr

_SIGN = 16
"""Pixels of a star."""


class SelectionBar(QWidget):
    """Where it is narrow, what has no room is left to the menu, which has all verbs."""

    rated = Signal(int)
    """So many stars were clicked; 0 where they were those that the photos had."""
    flag_asked = Signal()
    menu_asked = Signal(QPoint)
    none_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("selection_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rating: int | None = 0
        self._verbs: list[QPushButton] = []
        self.none = tool_button("close", tr("Choose none (Ctrl+Shift+A)"))
        self.none.clicked.connect(self.none_asked)
        self.text = plain_label("")
        self.stars = tuple(tool_button("star", stars_text(number), _SIGN) for number in range(1, MOST_STARS + 1))
        for number, star in enumerate(self.stars, start=1):
            star.clicked.connect(partial(self._take_star, number))
        self.flag = tool_button("flag", tr("Flag (F)"), _SIGN)
        self.flag.clicked.connect(self.flag_asked)
        self.more = tool_button("more", tr("More that can be done with the chosen photos"))
        self.more.clicked.connect(lambda: self.menu_asked.emit(self.more.mapToGlobal(QPoint(0, 0))))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(GAP, TIGHT, GAP, TIGHT)
        self._row.setSpacing(TIGHT)
        # The words may not fit: the bar must not keep the window from becoming narrower.
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addWidget(self.none)
        self._row.addWidget(self.text)
        self._row.addStretch(1)
        self._marks = QWidget()
        together = QHBoxLayout(self._marks)
        together.setContentsMargins(0, 0, 0, 0)
        together.setSpacing(0)
        for button in (*self.stars, self.flag):
            together.addWidget(button)
        for widget in (self._marks, self.more):
            self._row.addWidget(widget)
        self.hide()

    def offer(self, action: QAction, icon: str) -> None:
        """Show a button for a verb, as long as there is room for it; those that come first stay longest."""
        keys = [f"({key_text(key)})" for key in action.shortcuts()[:1]]
        button = push_button(action.text(), icon, beside=True, tooltip=" ".join([action.text(), *keys]))
        button.clicked.connect(action.trigger)
        action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
        button.setEnabled(action.isEnabled())
        self._row.insertWidget(self._row.indexOf(self.more), button)
        self._verbs.append(button)
        self._fit()

    def show_chosen(self, chosen: ChosenPhotos) -> None:
        """Tell of the photos that are chosen."""
        self._rating = chosen.rating
        self.text.setText(
            ntr("{number} chosen · {size}", "{number} chosen · {size}", chosen.photos, size=size_text(chosen.bytes))
        )
        for number, star in enumerate(self.stars, start=1):
            has = chosen.rating is not None and chosen.rating >= number
            set_icon(star, "star-filled" if has else "star")
            set_name(star, _star_text(number, chosen.rating))
        rating = tr("various ratings") if chosen.rating is None else stars_text(chosen.rating)
        flags = ntr("{number} flagged", "{number} flagged", chosen.flagged)
        self._marks.setAccessibleName(f"{rating}, {flags}")
        flagged = 0 < chosen.flagged == chosen.photos
        set_icon(self.flag, "flag-filled" if flagged else "flag")
        set_name(self.flag, tr("Remove the flag (F)") if flagged else tr("Flag (F)"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for more, or for less."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """So high; as narrow as need be."""
        return QSize(0, self._row.sizeHint().height())

    def _fit(self) -> None:
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        room -= sum(widget.sizeHint().width() + TIGHT for widget in (self.none, self.text, self.more))
        for widget in (self._marks, *self._verbs):
            room -= widget.sizeHint().width() + TIGHT
            widget.setVisible(room >= 0)

    def _take_star(self, number: int) -> None:
        self.rated.emit(0 if self._rating == number else number)


def _star_text(number: int, rating: int | None) -> str:
    """What a click on this star does to photos of a rating, or of different ones."""
    stars = stars_text(number)
    if rating is None:
        return tr("{stars} (Ctrl+{number}; the ratings of the chosen photos differ)", stars=stars, number=number)
    if rating == number:
        return tr("{stars} (Ctrl+{number}; click again for no rating)", stars=stars, number=number)
    return tr("{stars} (Ctrl+{number})", stars=stars, number=number)
