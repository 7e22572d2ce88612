"""Margins of layouts that are not the same at both sides, which Qt does not mirror."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout


def set_margins(layout: QLayout, before: int, top: int, after: int, bottom: int) -> None:
    """Leave this room before and after what is in the layout, as lines are read."""
    if QGuiApplication.isRightToLeft():
        before, after = after, before
    layout.setContentsMargins(before, top, after, bottom)
