"""Buttons with the program's icons."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from guie_desktop.gui.look.icons import set_icon


def push_button(
    text: str, icon: str = "", *, primary: bool = False, tooltip: str = "", beside: bool = False
) -> QPushButton:
    """A button with words on it; one `beside` the work leaves the keyboard where it is when it is clicked."""
    button = QPushButton()
    if beside:
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    set_words(button, text, has_icon=bool(icon))
    if primary:
        button.setProperty("primary", True)
    if icon:
        set_icon(button, icon)
    button.setToolTip(tooltip)
    return button


def set_words(button: QPushButton, text: str, *, has_icon: bool) -> None:
    """Change the words on a button."""
    # Style sheets know no distance between icon and words.
    button.setText(f" {text}" if has_icon else text)
    button.setAccessibleName(text)


def tool_button(icon: str, name: str, size: int = 18) -> QToolButton:
    """A button that is only an icon; its name is told by tooltip and to screen readers."""
    button = QToolButton()
    button.setIconSize(QSize(size, size))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    set_icon(button, icon)
    set_name(button, name)
    return button


def set_name(button: QToolButton, name: str) -> None:
    """Change what a tool button is called."""
    button.setToolTip(name)
    button.setAccessibleName(name.partition(" (")[0])
