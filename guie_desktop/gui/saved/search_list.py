"""The saved searches on the left side: chosen, and named in place; there is nothing to see while there are none."""

from itertools import chain, count

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidgetItem, QMenu, QSizePolicy, QVBoxLayout, QWidget

from guie_desktop.domain import SavedSearch
from guie_desktop.gui.look.theme import GAP, TIGHT
from guie_desktop.gui.widgets.context_menu import open_menu
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.line_list import LINE_HEIGHT, RIGHT
from guie_desktop.gui.widgets.margins import set_margins
from guie_desktop.gui.widgets.named_list import NamedList
from guie_desktop.language import tr
from guie_desktop.library.kept_questions import is_filter_alone

_LINES = 5
"""As many as can be seen where there is room; others are scrolled to."""


class SearchList(NamedList):
    """Each line stands for the id of a search."""

    new_named = Signal(str)
    replace_asked = Signal(object)
    """This search is to ask from now on what is on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Searches"), tr("Name of the search"), parent)
        self._changed: int | None = None
        self.setMinimumHeight(0)  # it is by its hint
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        for told in (self.model().rowsInserted, self.model().rowsRemoved, self.model().modelReset):
            told.connect(self.updateGeometry)
        self.customContextMenuRequested.connect(self._open_menu)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(super().sizeHint().width(), LINE_HEIGHT * min(max(self.count(), 1), _LINES))

    def minimumSizeHint(self) -> QSize:
        """One line, in a low window."""
        return QSize(0, LINE_HEIGHT)

    def line_of(self, thing: SavedSearch) -> QListWidgetItem:
        """The name, and whether what is on is what was saved."""
        item = self.line(thing.name, 0, icon_of(is_filter=is_filter_alone(thing.question)), thing.id)
        item.setToolTip(thing.name)
        self._tell_state(item, thing)
        return item

    def value_of(self, thing: SavedSearch) -> int:
        """Its id."""
        return thing.id

    def take_new(self, name: str) -> None:
        """What is on was named."""
        self.new_named.emit(name)

    def ask_name(self, offered: str, icon: str) -> None:
        """Let the user write the name of a new search."""
        self.name_new(chain((offered,), (f"{offered} {number}" for number in count(2))), icon)

    def show_changed(self, search_id: int | None) -> None:
        """Say of a search that what is on began with it, and is another one now; or of none."""
        self._changed = search_id
        for row in range(self.count()):
            if (thing := self.thing_of(self.value(row))) is not None:
                self._tell_state(self.item(row), thing)

    def _tell_state(self, item: QListWidgetItem, thing: SavedSearch) -> None:
        state = tr("changed") if thing.id == self._changed else ""
        item.setData(RIGHT, state)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{thing.name}, {state}" if state else thing.name)

    @Slot(QPoint)
    def _open_menu(self, point: QPoint) -> None:
        search: SavedSearch | None = self.thing_of(self.value_at(point))

        def fill(menu: QMenu) -> None:
            if search is not None:
                menu.addAction(tr("Rename"), lambda: self.rename(search))
                changes = menu.addAction(tr("Save changes"), lambda: self.replace_asked.emit(search))
                changes.setEnabled(search.id == self._changed)
                menu.addSeparator()
                menu.addAction(tr("Remove search"), lambda: self.remove_asked.emit(search))

        open_menu(self, point, fill)


class SearchesArea(QWidget):
    """A heading, and the list below it."""

    left = Signal()
    """The list goes away with the keyboard on it, which Qt would give to whatever comes next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = SearchList()
        self.list.shown.connect(self._show_or_hide)
        layout = QVBoxLayout(self)
        set_margins(layout, 0, TIGHT, 0, TIGHT)
        layout.setSpacing(TIGHT)
        heading = QVBoxLayout()
        set_margins(heading, GAP, 0, 0, 0)
        heading.addWidget(plain_label(tr("Searches"), style="heading"))
        layout.addLayout(heading)
        layout.addWidget(self.list)
        self.hide()

    def ask_name(self, offered: str, *, is_filter: bool) -> None:
        """Let the user name a new search, which may be the first."""
        self.show()
        self.list.ask_name(offered, icon_of(is_filter=is_filter))

    def _show_or_hide(self) -> None:
        held = self.isAncestorOf(self.window().focusWidget())
        self.setVisible(self.list.count() > 0)
        if held and self.isHidden():
            self.left.emit()


def icon_of(*, is_filter: bool) -> str:
    """The icon of a search, or of a filter alone."""
    return "filter" if is_filter else "search"
