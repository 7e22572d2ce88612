"""Text that is read and copied, as reports and stacks are."""

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit


def text_to_copy(text: str, name: str) -> QPlainTextEdit:
    """Shows the text in letters of one width; `name` is what screen readers call it."""
    shown = QPlainTextEdit(text)
    shown.setReadOnly(True)
    shown.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    shown.setAccessibleName(name)
    return shown
