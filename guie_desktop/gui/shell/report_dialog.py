"""The report about a problem, to be read and copied: without the names of the user's own, or with them."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from guie_desktop.gui.look.theme import GAP, WIDE
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.text_to_copy import text_to_copy
from guie_desktop.language import tr, tr_noop

_EXPLANATION = tr_noop(
    "Nothing is sent by itself: copy this into a message to those who make the program, and say what you did. Names of "
    "folders and files are left out, and so is what errors say of them."
)


class ReportDialog(QDialog):
    """Shows what would be sent."""

    def __init__(self, without_paths: str, with_paths: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Report a problem"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 520)
        self._without_paths, self._with_paths = without_paths, with_paths
        self.text = text_to_copy(without_paths, tr("Report"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.paths = QCheckBox(tr("With paths"))
        self.paths.setToolTip(
            tr("The names of folders and files, and what errors say, help where one file is the reason.")
        )
        self.paths.toggled.connect(self._show_paths)
        copy = push_button(tr("Copy"), "copy")
        copy.clicked.connect(self.copy_report)
        close = push_button(tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(self.paths)
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, WIDE, 24, WIDE)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label(tr("Report a problem"), style="title"))
        layout.addWidget(plain_label(tr(_EXPLANATION), wrap=True))
        layout.addWidget(self.text, 1)
        layout.addLayout(buttons)

    @Slot()
    def copy_report(self) -> None:
        """Put what is shown on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    @Slot(bool)
    def _show_paths(self, shown: bool) -> None:
        self.text.setPlainText(self._with_paths if shown else self._without_paths)
