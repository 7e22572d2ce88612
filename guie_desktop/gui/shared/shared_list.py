"""The shared libraries on the left side: chosen, and named in place; there is nothing to see while there are none."""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QListWidgetItem, QMenu, QWidget

from guie_desktop.domain import SharedLibrary
from guie_desktop.gui.widgets.context_menu import open_menu
from guie_desktop.gui.widgets.line_list import RIGHT
from guie_desktop.gui.widgets.short_list import ListArea, ShortList
from guie_desktop.language import tr


class SharedList(ShortList):
    """Each line stands for the address of a shared library."""

    most_lines = 4

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Shared libraries"), tr("Name of the shared library"), parent)
        self.customContextMenuRequested.connect(self._open_menu)

    def line_of(self, thing: SharedLibrary) -> QListWidgetItem:
        """The name; how many photos there are is known when it is opened."""
        item = self.line(thing.name, 0, "shared", thing.address)
        item.setData(RIGHT, "")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, thing.name)
        item.setToolTip(f"{thing.name}\n{thing.address}")
        return item

    def value_of(self, thing: SharedLibrary) -> str:
        """Its address."""
        return thing.address

    def take_new(self, name: str) -> None:
        """None is made by a name: they are opened by their addresses."""

    @Slot(QPoint)
    def _open_menu(self, point: QPoint) -> None:
        shared: SharedLibrary | None = self.thing_of(self.value_at(point))

        def fill(menu: QMenu) -> None:
            if shared is not None:
                menu.addAction(tr("Rename"), lambda: self.rename(shared))
                menu.addSeparator()
                menu.addAction(tr("Forget shared library"), lambda: self.remove_asked.emit(shared))

        open_menu(self, point, fill)


class SharedArea(ListArea[SharedList]):
    """What the list lies in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Shared libraries"), SharedList(), parent)
