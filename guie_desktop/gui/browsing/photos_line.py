"""The line above the photos that are browsed: which these are, how many, and in which order."""

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from guie_desktop.gui.browsing.order_words import ORDER_WORDS, words_of
from guie_desktop.gui.widgets.buttons import push_button, set_words
from guie_desktop.gui.widgets.labels import ElidedLabel
from guie_desktop.language import number_text, tr
from guie_desktop.library.ordered_photos import NEWEST_FIRST, Order


class PhotosLine(QWidget):
    """Names the place, and takes wishes about how its photos are shown."""

    order_chosen = Signal(object)
    """An Order."""
    names_chosen = Signal(bool)
    """Whether names are to stand below the photos."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel()
        self.button = push_button("", tooltip=tr("Order of the photos"), beside=True)
        self.menu = QMenu(self.button)
        self._orders = {name: self._choice(tr(words.name), name) for name, words in ORDER_WORDS.items()}
        self._one_of(self._orders.values()).triggered.connect(self._choose_order)
        self.menu.addSeparator()
        self._ways = {descending: self._choice("", descending) for descending in (True, False)}
        self._one_of(self._ways.values()).triggered.connect(self._choose_way)
        self.menu.addSeparator()
        self.names = self._choice(tr("Show names"))
        self.names.toggled.connect(self.names_chosen)
        self.button.setMenu(self.menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.button)
        self._order = NEWEST_FIRST
        self.show_order(NEWEST_FIRST)

    def _choice(self, words: str, meant: str | bool = "") -> QAction:
        action = self.menu.addAction(words)
        action.setData(meant)
        action.setCheckable(True)
        return action

    def _one_of(self, actions: Iterable[QAction]) -> QActionGroup:
        group = QActionGroup(self)
        for action in actions:
            group.addAction(action)
        return group

    def show_place(self, name: str, photos: int) -> None:
        """Say what is browsed, and how many photos that are."""
        self.title.set_text(f"{name} · {number_text(photos)}")

    def show_order(self, order: Order) -> None:
        """Say in which order they are."""
        self._order = order
        words = ORDER_WORDS[order.name]
        self._orders[order.name].setChecked(True)
        self._ways[True].setText(tr(words.descending))
        self._ways[False].setText(tr(words.ascending))
        self._ways[order.descending].setChecked(True)
        set_words(self.button, words_of(order), has_icon=False)
        self.button.setAccessibleName(tr("Order: {order}", order=words_of(order)))

    @Slot(QAction)
    def _choose_order(self, action: QAction) -> None:
        name = str(action.data())
        if name != self._order.name:
            self._choose(Order(name, ORDER_WORDS[name].begins_descending))

    @Slot(QAction)
    def _choose_way(self, action: QAction) -> None:
        descending = bool(action.data())
        if descending != self._order.descending:
            self._choose(Order(self._order.name, descending))

    def _choose(self, order: Order) -> None:
        self.show_order(order)
        self.order_chosen.emit(order)
