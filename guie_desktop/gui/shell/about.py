"""What the program is, and what it works on."""

import platform

from PySide6.QtCore import Qt, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from guie_desktop import __version__
from guie_desktop.gui.look.theme import GAP, WIDE
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import tr, tr_noop

OWN = "Apache-2.0"
"""The licence of the program."""
_ICON = 64
_WHAT = tr_noop("Finds the look-alikes of a photo among your own, and learns from your albums what you mean by that.")
_PROMISE = tr_noop("Nothing leaves your computer. Your photos are never written to.")


def versions() -> str:
    """The versions of all that matters, in one line."""
    return f"guie-desktop {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"


class AboutDialog(QDialog):
    """Name, version, licence, and the ways to those of others and to a report."""

    report_asked = Signal()

    def __init__(self, facts: dict[str, str], parent: QWidget | None = None) -> None:
        """`facts` tell of the library that is open: what, and how it is."""
        super().__init__(parent)
        self.setWindowTitle(tr("About guie-desktop"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.told = "\n".join((versions(), *(f"{what}: {value}" for what, value in facts.items())))
        icon = QLabel()
        icon.setPixmap(QGuiApplication.windowIcon().pixmap(_ICON))
        told = plain_label(self.told, wrap=True)
        told.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        told.setAccessibleName(tr("Versions"))
        self.licences = push_button(tr("Licences…"))
        self.licences.clicked.connect(self.show_licences)
        report = push_button(tr("Report…"))
        report.clicked.connect(self.report_asked)
        close = push_button(tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        texts = QVBoxLayout()
        texts.setSpacing(GAP)
        texts.addWidget(plain_label("guie-desktop", style="title"))
        texts.addWidget(plain_label(tr(_WHAT), wrap=True))
        texts.addWidget(plain_label(tr(_PROMISE), wrap=True))
        texts.addWidget(plain_label(tr("Licence: {licence}", licence=OWN), style="muted", wrap=True))
        texts.addWidget(told)
        texts.addStretch(1)
        upper = QHBoxLayout()
        upper.setSpacing(WIDE)
        upper.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        upper.addLayout(texts, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.licences)
        buttons.addStretch(1)
        buttons.addWidget(report)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, WIDE, 24, WIDE)
        layout.setSpacing(WIDE)
        layout.addLayout(upper)
        layout.addLayout(buttons)
        self.setMinimumWidth(520)
        close.setFocus()

    @Slot()
    def show_licences(self) -> None:
        """List what the program is made with."""
        from guie_desktop.gui.shell.licences import LicencesDialog  # with it all that reads packages

        LicencesDialog(self).open()
