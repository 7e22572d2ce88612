"""A dialog that asks before something is done with files: a heading, the choices, and a button with the verb."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import tr

_WIDTH = 540
_NARROWEST = 72
"""Of what stands before the choices."""


class FileForm(QDialog):
    """Return presses the verb, for all that is asked here can be undone or writes only what is new."""

    def __init__(self, heading: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._names: list[QLabel] = []
        self.column = QVBoxLayout()
        self.column.setSpacing(GAP)
        self.verb = push_button(verb, primary=True)
        self.verb.setDefault(True)
        self.verb.clicked.connect(self.accept)
        cancel = push_button(tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.verb)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 16)
        whole.setSpacing(GAP)
        whole.addWidget(plain_label(heading, style="heading", wrap=True))
        whole.addLayout(self.column)
        whole.addStretch(1)
        whole.addLayout(buttons)
        self.setFixedWidth(_WIDTH)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the words need, in the letters of the style sheet."""
        for part in self.findChildren(QWidget):
            part.ensurePolished()
        self.fit()
        super().showEvent(event)

    def fit(self) -> None:
        """Be as high as the words need, which Qt does not see to by itself where they are broken into lines."""
        for name in self._names:
            name.setFixedWidth(max(_NARROWEST, *(one.sizeHint().width() for one in self._names)))
        layout = self.layout()
        if layout is not None:
            for part in self.findChildren(QWidget):
                part.updateGeometry()
            layout.activate()
            height = layout.totalHeightForWidth(self.width())
            self.setMinimumHeight(height)
            self.resize(self.width(), height)

    def add(self, name: str, part: QWidget) -> None:
        """Put a choice below the others, with what it is about before it."""
        label = plain_label(name)
        self._names.append(label)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(part, 1)
        label.setMinimumHeight(30)
        self.column.addLayout(line)
