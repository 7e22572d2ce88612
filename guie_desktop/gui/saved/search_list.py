"""The saved searches on the left side: chosen, and named in place; there is nothing to see while there are none."""

from itertools import chain, count

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidgetItem, QMenu, QWidget

from guie_desktop.domain import SavedSearch
from guie_desktop.gui.widgets.context_menu import open_menu
from guie_desktop.gui.widgets.line_list import RIGHT
from guie_desktop.gui.widgets.short_list import ListArea, ShortList
from guie_desktop.language import tr
from guie_desktop.library.kept_questions import is_filter_alone


class SearchList(ShortList):
    """Each line stands for the id of a search."""

    new_named = Signal(str)
    replace_asked = Signal(object)
    """This search is to ask from now on what is on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Searches"), tr("Name of the search"), parent)
        self._changed: int | None = None
        self.customContextMenuRequested.connect(self._open_menu)

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


class SearchesArea(ListArea[SearchList]):
    """What the list lies in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Searches"), SearchList(), parent)

    def ask_name(self, offered: str, *, is_filter: bool) -> None:
        """Let the user name a new search, which may be the first."""
        self.show()
        self.list.ask_name(offered, icon_of(is_filter=is_filter))


def icon_of(*, is_filter: bool) -> str:
    """The icon of a search, or of a filter alone."""
    return "filter" if is_filter else "search"
