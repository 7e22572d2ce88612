"""The list of keyboard shortcuts that F1 shows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from guie_desktop.gui.theme import GAP, WIDE
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label

SHORTCUTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Search",
        (
            ("Find look-alikes of the chosen photo", "S or Ctrl+Return"),
            ("Look for it as well", "Shift+S"),
            ("Choose photo files to look for", "Ctrl+O"),
            ("Look for what is on the clipboard", "Ctrl+V"),
            ("The search before this one", "Alt+Left"),
            ("Describe it in words, where the model knows them", "Ctrl+F"),
            ("Back to browsing", "Esc"),
        ),
    ),
    (
        "Photos",
        (
            ("Open large", "Return"),
            ("Open with the default program", "Ctrl+Shift+Return"),
            ("Show in file manager", "Ctrl+E"),
            ("Copy", "Ctrl+C"),
            ("Copy path", "Ctrl+Shift+C"),
            ("Move to trash", "Delete; in an album Ctrl+Delete"),
            ("Choose all", "Ctrl+A"),
            ("Menu of the photo", "Menu or Shift+F10"),
        ),
    ),
    (
        "Albums",
        (
            ("Add the chosen photos to an album", "A"),
            ("Take the chosen photos out of the album that is on screen", "Delete"),
            ("A hit or a suggestion belongs to the album, does not", "Y, N"),
            ("Rename, remove the album that has the keyboard", "Return, Delete"),
            ("Take the last decision back", "Ctrl+Z"),
        ),
    ),
    (
        "Window",
        (
            ("Larger, smaller tiles", "Ctrl++, Ctrl+-, Ctrl+wheel"),
            ("Add a folder", "Ctrl+Shift+O"),
            ("Look for changes in all folders", "F5"),
            ("Choose the model", "F2"),
            ("Close", "Ctrl+Q"),
        ),
    ),
)


class ShortcutsDialog(QDialog):
    """Two columns: what, and the keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(40)
        grid.setVerticalSpacing(GAP)
        for title, lines in SHORTCUTS:
            row = grid.rowCount()
            grid.setRowMinimumHeight(row - 1, GAP)
            grid.addWidget(plain_label(title, style="heading"), row, 0)
            for what, keys in lines:
                row = grid.rowCount()
                grid.addWidget(plain_label(what), row, 0)
                grid.addWidget(plain_label(keys, style="muted"), row, 1)
        close = push_button("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, WIDE, 24, WIDE)
        layout.setSpacing(WIDE)
        layout.addLayout(grid)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
