"""The shared libraries on the left side: chosen, and named in place; there is nothing to see while there are none."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidgetItem, QMenu, QSizePolicy, QVBoxLayout, QWidget

from guie_desktop.domain import SharedLibrary
from guie_desktop.gui.look.theme import GAP, TIGHT
from guie_desktop.gui.widgets.context_menu import open_menu
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.line_list import LINE_HEIGHT, RIGHT
from guie_desktop.gui.widgets.margins import set_margins
from guie_desktop.gui.widgets.named_list import NamedList
from guie_desktop.language import tr

_LINES = 4
"""As many as can be seen where there is room; others are scrolled to."""


class SharedList(NamedList):
    """Each line stands for the address of a shared library."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Shared libraries"), tr("Name of the shared library"), parent)
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


class SharedArea(QWidget):
    """A heading, and the list below it."""

    left = Signal()
    """The list goes away with the keyboard on it, which Qt would give to whatever comes next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = SharedList()
        self.list.shown.connect(self._show_or_hide)
        layout = QVBoxLayout(self)
        set_margins(layout, 0, TIGHT, 0, TIGHT)
        layout.setSpacing(TIGHT)
        heading = QVBoxLayout()
        set_margins(heading, GAP, 0, 0, 0)
        heading.addWidget(plain_label(tr("Shared libraries"), style="heading"))
        layout.addLayout(heading)
        layout.addWidget(self.list)
        self.hide()

    def _show_or_hide(self) -> None:
        held = self.isAncestorOf(self.window().focusWidget())
        self.setVisible(self.list.count() > 0)
        if held and self.isHidden():
            self.left.emit()
