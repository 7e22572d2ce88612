"""What screen readers are told of a window: each thing with its role, its name and where it lies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

Role = QAccessible.Role
_MOST = 60
"""Children of one thing that are looked at, such as photos."""
WORKED_WITH = {
    Role.Button,
    Role.ButtonDropDown,
    Role.ButtonMenu,
    Role.CheckBox,
    Role.ComboBox,
    Role.EditableText,
    Role.Link,
    Role.List,
    Role.MenuItem,
    Role.PageTab,
    Role.RadioButton,
    Role.Slider,
    Role.SpinBox,
    Role.Table,
    Role.Tree,
}
"""Somebody does something with it."""
HOLD_THE_KEYBOARD = WORKED_WITH | {Role.Pane, Role.StaticText}
"""An area that scrolls or a photo that keys act on, and words that are selected and copied."""
LINES = {Role.ListItem, Role.TreeItem, Role.Cell, Role.ColumnHeader}
SHOW_SOMETHING = {Role.Graphic, Role.Chart, Role.AlertMessage, Role.ProgressBar, Role.Grouping}


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that a screen reader finds."""

    role: QAccessible.Role
    name: str
    told: str
    """Its description."""
    focusable: bool
    where: str

    def __str__(self) -> str:
        return f"{self.role.name} “{self.name}” in {self.where}"


def heard(window: QWidget) -> list[Heard]:
    """All that is visible, depth first."""
    interface = QAccessible.queryAccessibleInterface(window)
    return list(_below(interface, type(window).__name__))


def flaws_heard(window: QWidget) -> list[str]:
    """All that a screen reader could not tell, or would confuse; each as a line."""
    found: list[str] = []
    interface = QAccessible.queryAccessibleInterface(window)
    for siblings in _families(interface, type(window).__name__):
        found += (f"nameless: {one}" for one in siblings if not one.name.strip() and _needs_name(one))
        found += (f"no role: {one}" for one in siblings if one.focusable and one.role not in HOLD_THE_KEYBOARD | LINES)
        found += _confusable(siblings)
    return found


def _needs_name(one: Heard) -> bool:
    return one.focusable or one.role in WORKED_WITH | LINES | SHOW_SOMETHING


def _confusable(siblings: Sequence[Heard]) -> Iterator[str]:
    names = [(one.role, one.name) for one in siblings if one.role in WORKED_WITH]
    for pair in {pair for pair in names if names.count(pair) > 1}:
        yield f"the same name twice: {pair[0].name} “{pair[1]}” in {siblings[0].where}"


def _children(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for number in range(min(interface.childCount(), _MOST)):
        child = interface.child(number)
        if child is not None and child.isValid() and not child.state().invisible:
            yield child


def _as_heard(interface: QAccessibleInterface, where: str) -> Heard:
    text = QAccessible.Text
    name, told = interface.text(text.Name), interface.text(text.Description)
    state = interface.state()
    return Heard(interface.role(), name, told, bool(state.focusable) and not state.disabled, where)


def _families(interface: QAccessibleInterface, where: str) -> Iterator[list[Heard]]:
    children = list(_children(interface))
    yield [_as_heard(child, where) for child in children]
    for child in children:
        thing = child.object()
        yield from _families(child, where if thing is None else f"{where} > {type(thing).__name__}")


def _below(interface: QAccessibleInterface, where: str) -> Iterator[Heard]:
    for family in _families(interface, where):
        yield from family
