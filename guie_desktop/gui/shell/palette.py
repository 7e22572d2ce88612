"""Finds a command by a few letters of its name: all actions of the window, those that make sense now first."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction, QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from guie_desktop.gui.widgets.actions import GROUPS, Group, group_name, of_group, told_keys
from guie_desktop.gui.widgets.find_dialog import RIGHT, FindDialog, Match
from guie_desktop.language import tr

_WIDTH = 520
_EDGE = 10


class CommandPalette(FindDialog):
    """Return, or a click, does what the line says."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        prompt, names = tr("What would you like to do?"), (tr("Command"), tr("Commands"))
        super().__init__(tr("Commands"), prompt, names=names, parent=parent)
        self._commands = [(group, action) for group in GROUPS for action in of_group(actions, group)]
        self.list.setItemDelegate(_KeysAtTheRight(self.list))
        self.begin(_WIDTH)

    def matches(self, text: str) -> Sequence[Match]:
        """Commands in whose names all words that were typed begin a word; what cannot be done now comes last."""
        typed = _words(text)
        found = [
            (action, _line(group, action))
            for group, action in self._commands
            if all(any(word.startswith(letters) for word in _words(_line(group, action))) for letters in typed)
        ]
        found.sort(key=lambda one: not one[0].isEnabled())
        return [Match(line, action, told_keys(action), action.isEnabled()) for action, line in found]

    def take(self, value: QAction) -> None:
        """Do it."""
        value.trigger()


class _KeysAtTheRight(QStyledItemDelegate):
    """Paints a line of the list, and its keys at the right end."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """As lists do it, with the keys over that."""
        keys = index.data(RIGHT)
        super().paint(painter, option, index)
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        area = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, keys)
        painter.restore()


def _line(group: Group, action: QAction) -> str:
    return f"{group_name(group)}: {action.text().replace('&&', '&')}"


def _words(text: str) -> list[str]:
    """Words without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = (one if one.isalnum() else " " for one in plain if not unicodedata.combining(one))
    return "".join(letters).split()
