"""The line at the lower edge of the window: what runs, the model in use, the size of the tiles, the keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from guie_desktop.domain import ModelState
from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.shell.task_line import TaskLine
from guie_desktop.gui.widgets.buttons import push_button, set_words, tool_button
from guie_desktop.gui.widgets.margins import set_margins
from guie_desktop.language import tr
from guie_desktop.settings import LARGEST_TILE, SMALLEST_TILE

_OF_THE_LINE = 4
"""The name of the model has this part of it at most; the rest is for what runs."""


class StatusLine(QWidget):
    """Always there, and always of the same height."""

    shortcuts_asked = Signal()
    models_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_line")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(38)
        self.tasks = TaskLine()
        self.model_button = push_button("")
        self.model_button.setProperty("quiet", True)
        self.model_button.clicked.connect(self.models_asked)
        self.zoom = QSlider(Qt.Orientation.Horizontal)
        self.zoom.setRange(SMALLEST_TILE, LARGEST_TILE)
        self.zoom.setFixedWidth(120)
        self.zoom.setAccessibleName(tr("Thumbnail size"))
        self.zoom.setToolTip(tr("Thumbnail size (Ctrl++ and Ctrl+-)"))
        keys = tool_button("keyboard", tr("Keyboard shortcuts (F1)"))
        keys.clicked.connect(self.shortcuts_asked)
        layout = QHBoxLayout(self)
        set_margins(layout, 16, 0, 12, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.tasks, 1)
        layout.addWidget(self.model_button)
        layout.addWidget(self.zoom)
        layout.addWidget(keys)
        self.model_button.hide()
        self._model = ""

    def show_model(self, model: ModelState | None) -> None:
        """Name the model in use."""
        self.model_button.setVisible(model is not None)
        if model is not None:
            self._model = model.title
            self.model_button.setToolTip(tr("{model} looks at your photos; choose another (F3)", model=model.title))
            self._write_name()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window there is less room for the name."""
        super().resizeEvent(event)
        self._write_name()

    def _write_name(self) -> None:
        metrics, room = self.model_button.fontMetrics(), self.width() // _OF_THE_LINE
        set_words(self.model_button, metrics.elidedText(self._model, Qt.TextElideMode.ElideRight, room), has_icon=False)
        self.model_button.setAccessibleName(tr("Model: {model}", model=self._model))
