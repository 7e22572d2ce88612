"""Lines whose name can be written in place."""

from PySide6.QtCore import QAbstractItemModel, QRect, Signal
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyle, QStyleOptionViewItem, QWidget

from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.widgets.line_list import TEXT_LEFT, LineDelegate
from guie_desktop.gui.widgets.model_index import Index


class NameDelegate(LineDelegate):
    """Tells the name; what becomes of it is up to the list."""

    named = Signal(str)

    def __init__(self, view: QAbstractItemView, name_of_field: str) -> None:
        super().__init__(view)
        self._name_of_field = name_of_field

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field for the name."""
        editor = QLineEdit(parent)
        editor.setObjectName("album_name")
        editor.setAcceptDrops(False)  # of a file it would take the path, and say that the file was moved
        editor.setAccessibleName(self._name_of_field)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The name so far, to be replaced or changed."""
        if isinstance(editor, QLineEdit):
            editor.setText(index.data())
            editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """In the place of name and count."""
        area: QRect = option.rect.adjusted(TEXT_LEFT + self.inset - GAP, 2, -2, -2)
        editor.setGeometry(QStyle.visualRect(option.direction, option.rect, area))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """The list does the rest."""
        if isinstance(editor, QLineEdit):
            self.named.emit(editor.text())
