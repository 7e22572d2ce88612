"""What screen readers are told of widgets that Qt knows nothing of: what they are, and that something was said."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Role = QAccessible.Role
_ROLE = "spoken_role"


def speak_as(widget: QWidget, role: QAccessible.Role) -> None:
    """Let screen readers take the widget for this; its name and description are those that the widget has."""
    widget.setProperty(_ROLE, role.value)


def tell_screen_readers() -> None:
    """Have Qt ask here first what a widget is; once for each program."""
    QAccessible.installFactory(_interface)


def announce(widget: QWidget) -> None:
    """Have the name of a widget read aloud, wherever the keyboard is."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))


def _interface(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, QWidget) or (role := thing.property(_ROLE)) is None:
        return None  # Qt knows
    return QAccessibleWidget(thing, Role(role))
