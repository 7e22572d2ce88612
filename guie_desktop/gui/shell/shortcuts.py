"""The list of keyboard shortcuts that F1 shows, made from the actions themselves."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from guie_desktop.domain import MOST_STARS
from guie_desktop.gui.look.theme import GAP, TIGHT, WIDE
from guie_desktop.gui.widgets.actions import GROUPS, Group, Keys, group_name, key_text
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.margins import set_margins
from guie_desktop.gui.widgets.scroll_area import RING, ScrollArea
from guie_desktop.language import tr

_BETWEEN = 40
_LINES_OF_A_HEADING = 2
_OF_THE_SCREEN = 0.85


def keys_of_widgets() -> tuple[Keys, ...]:
    """Keys that widgets take themselves, so that there is no action of them, and those of many actions in one line."""
    lowest, highest = (key_text(QKeySequence(f"Ctrl+{stars}")) for stars in (0, MOST_STARS))
    return (
        Keys("Photos", tr("Rate, or take the rating away"), tr("{first} to {last}", first=lowest, last=highest)),
        Keys("Photos", tr("Menu of the photo"), tr("Menu or Shift+F10")),
        Keys("Large view", tr("Other photos"), tr("Left, Right, Page Up, Page Down")),
        Keys("Large view", tr("Zoom photos that are compared one by one"), "L"),
        Keys("Albums", tr("Rename or remove the chosen album or search"), tr("Return, Delete")),
    )


class ShortcutsDialog(QDialog):
    """Groups of what and its keys in two columns, or in one on a narrow screen; scrolls where the screen is low."""

    def __init__(self, keys: Sequence[Keys], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lines = {group: [line for line in keys if line.group == group] for group in GROUPS}
        groups, room = [group for group in GROUPS if lines[group]], _room(parent)
        content = _columns(_halves(groups, lines), lines)
        if content.sizeHint().width() > room.width():
            content = _columns((groups,), lines)
        area = ScrollArea(content, tr("Keyboard shortcuts"))
        bar = area.verticalScrollBar().sizeHint().width()
        area.setMinimumWidth(content.sizeHint().width() + bar + 2 * RING)
        close = push_button(tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, WIDE, 24, WIDE)
        layout.setSpacing(WIDE)
        layout.addWidget(area, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        around = layout.sizeHint().height() - area.sizeHint().height()
        self.resize(self.sizeHint().width(), min(content.sizeHint().height() + around, room.height()))


def _halves(groups: Sequence[Group], lines: dict[Group, list[Keys]]) -> tuple[Sequence[Group], Sequence[Group]]:
    """Split the groups so that the higher column is as low as it can be."""

    def height(part: Sequence[Group]) -> int:
        return sum(len(lines[group]) + _LINES_OF_A_HEADING for group in part)

    cut = min(range(len(groups) + 1), key=lambda cut: max(height(groups[:cut]), height(groups[cut:])))
    return groups[:cut], groups[cut:]


def _columns(parts: Sequence[Sequence[Group]], lines: dict[Group, list[Keys]]) -> QWidget:
    content = QWidget()
    columns = QHBoxLayout(content)
    set_margins(columns, 0, 0, WIDE, 0)
    columns.setSpacing(_BETWEEN)
    for groups in parts:
        columns.addLayout(_column(groups, lines))
    return content


def _column(groups: Sequence[Group], lines: dict[Group, list[Keys]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(_BETWEEN)
    grid.setVerticalSpacing(TIGHT)
    for group in groups:
        row = grid.rowCount() + 1
        grid.setRowMinimumHeight(row - 1, GAP)
        grid.addWidget(plain_label(group_name(group), style="heading"), row, 0)
        for line in lines[group]:
            row = grid.rowCount()
            grid.addWidget(plain_label(line.what), row, 0)
            grid.addWidget(plain_label(line.keys, style="muted"), row, 1)
    grid.setRowStretch(grid.rowCount(), 1)
    return grid


def _room(parent: QWidget | None) -> QSize:
    """How large a dialog may be on this screen, with its title and the desktop's own bars."""
    screen = parent.screen() if parent is not None else QGuiApplication.primaryScreen()
    return screen.availableGeometry().size() * _OF_THE_SCREEN
