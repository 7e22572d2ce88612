"""Lines with names that are written in place: Return renames the chosen one, Delete removes it."""

from collections.abc import Iterable
from typing import Any, cast

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QListWidgetItem, QWidget
from shiboken6 import isValid

from guie_desktop.gui.widgets.line_list import LineList
from guie_desktop.gui.widgets.name_delegate import NameDelegate
from guie_desktop.library.album_names import album_name, name_key


class NamedList(LineList):
    """Each line stands for something with a name; a list of such things says what their lines are like."""

    shown = Signal()
    """The lines were made anew."""
    renamed = Signal(object, str)
    remove_asked = Signal(object)

    def __init__(self, name: str, name_of_field: str, parent: QWidget | None = None) -> None:
        """`name` is that of the list, and `name_of_field` that of the field in which names are written."""
        super().__init__(name, parent)
        self._things: tuple[Any, ...] = ()
        self._pending: tuple[Any, ...] | None = None
        """What is to be shown when the name that is being written is done."""
        self._naming: QListWidgetItem | None = None
        self._left: QWidget | None = None
        """Where the keyboard was before it came here to write a name."""
        delegate = NameDelegate(self, name_of_field)
        delegate.named.connect(self._take_name)
        self.use(delegate)
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.itemDoubleClicked.connect(self._name_item)

    def line_of(self, thing: Any) -> QListWidgetItem:
        """The line of one of them."""
        raise NotImplementedError

    def value_of(self, thing: Any) -> Any:
        """What the line of one of them stands for."""
        raise NotImplementedError

    def take_new(self, name: str) -> None:
        """A new one was named."""
        raise NotImplementedError

    def thing_of(self, value: Any) -> Any:
        """The one whose line stands for this; None where there is none."""
        return next((thing for thing in self._things if value and self.value_of(thing) == value), None)

    def show_things(self, things: tuple[Any, ...]) -> None:
        """Bring the list up to date, when no name is being written."""
        if self._naming is not None:
            self._pending = things
        elif things != self._things:
            self._things = things
            self.show_again()

    def show_again(self) -> None:
        """Make the lines anew, as a name that was written was not taken; the keyboard stays where it is.

        Where its line is gone it is on the one that took its place.
        """
        place, row, current = self.verticalScrollBar().value(), self.currentRow(), self.value(self.currentRow())
        self.blockSignals(True)
        self.clear()
        for thing in self._things:
            self.addItem(self.line_of(thing))
            if self.value_of(thing) == current:
                self.setCurrentRow(self.count() - 1, QItemSelectionModel.SelectionFlag.NoUpdate)
        if self.currentRow() < 0 <= row:
            self.setCurrentRow(min(row, self.count() - 1), QItemSelectionModel.SelectionFlag.NoUpdate)
        self.blockSignals(False)
        self.verticalScrollBar().setValue(place)
        self.shown.emit()

    def name_new(self, names: Iterable[str], icon: str) -> None:
        """Let the user name a new one; the first of the `names` that is free is offered."""
        taken = {name_key(thing.name) for thing in self._things}
        item = self.line(next(name for name in names if name_key(name) not in taken), 0, icon, None)
        self.insertItem(0, item)
        self._name_item(item)

    def rename(self, thing: Any) -> None:
        """Let the user write another name for one of them."""
        if thing in self._things:
            self._name_item(self.item(self._things.index(thing)))

    # --- writing a name

    @Slot(QListWidgetItem)
    def _name_item(self, item: QListWidgetItem) -> None:
        self._naming = item
        focused = self.window().focusWidget()
        self._left = None if focused is self else focused
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.scrollToItem(item)
        self.editItem(item)

    @Slot(str)
    def _take_name(self, name: str) -> None:
        item, name = self._naming, album_name(name)
        thing = self.thing_of(self.value(self.row(item))) if item is not None else None
        if not name or item is None:
            return
        if thing is None:
            self.take_new(name)
        elif name != thing.name:
            item.setText(name)
            self.renamed.emit(thing, name)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """The name is written, or given up; Tab does not lead to the next one, and the keyboard goes where it was."""
        held = self.window().focusWidget() is editor
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        left, self._left = self._left, None
        if held and left is not None and isValid(left) and left.isVisible():
            left.setFocus()
        item, self._naming = self._naming, None
        if item is not None and self.value(self.row(item)) is None:
            self.blockSignals(True)  # Qt chooses the next line where one goes
            self.takeItem(self.row(item))
            self.blockSignals(False)
            self.shown.emit()
        elif item is not None:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
        pending, self._pending = self._pending, None
        if pending is not None:
            self.show_things(pending)

    # --- keys

    def event(self, event: QEvent) -> bool:
        """Delete means the line here, and not the chosen photos."""
        override = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if override and cast(QKeyEvent, event).key() == Qt.Key.Key_Delete:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return renames, Delete removes."""
        if self._naming is not None:
            return  # what the field for the name has used already
        thing = self.thing_of(self.value(self.currentRow()))
        if thing is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.rename(thing)
        elif thing is not None and event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit(thing)
        else:
            super().keyPressEvent(event)
