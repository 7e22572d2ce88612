"""The line at the bottom of the window: what the running job does, with Pause and Cancel."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from guie_desktop.gui.icons import set_icon
from guie_desktop.gui.progress_text import progress_text
from guie_desktop.gui.theme import GAP, TIGHT
from guie_desktop.gui.widgets.buttons import set_name, tool_button
from guie_desktop.messages import Progress

_MESSAGE_MS = 8000
_BAR_WIDTHS = 60, 160
_BAR_STEPS = 1000


class TaskLine(QWidget):
    """Shows the running job, and otherwise a short message or how many photos there are."""

    pause_asked = Signal()
    resume_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._idle_text = ""
        self._paused = False
        self._running = False
        self.label = QLabel(self)
        self.label.setAccessibleName("Status")
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.pause_button = tool_button("pause", "Pause", 16)
        self.pause_button.clicked.connect(self._pause_or_resume)
        self.cancel_button = tool_button("close", "Cancel; what is done stays done", 16)
        self.cancel_button.clicked.connect(self.cancel_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        self._controls = QWidget(self)
        controls = QHBoxLayout(self._controls)
        controls.setContentsMargins(0, 0, GAP, 0)
        controls.setSpacing(TIGHT)
        for widget in (self.bar, self.pause_button, self.cancel_button):
            controls.addWidget(widget)
        layout.addWidget(self._controls)
        layout.addWidget(self.label, 1)
        self._message_timer = QTimer(self, singleShot=True, interval=_MESSAGE_MS)
        self._message_timer.timeout.connect(self._show_idle)
        self.job_ended()

    def show_progress(self, progress: Progress) -> None:
        """The job is so far."""
        self._running = True
        self._message_timer.stop()
        self._controls.show()
        if progress.total:
            self.bar.setRange(0, _BAR_STEPS)
            self.bar.setValue(min(_BAR_STEPS, progress.done * _BAR_STEPS // progress.total))
        else:
            self.bar.setRange(0, 0)
        if progress.paused != self._paused:
            self._paused = progress.paused
            set_icon(self.pause_button, "play" if self._paused else "pause")
            set_name(self.pause_button, "Go on" if self._paused else "Pause")
        text = progress_text(progress)
        self.label.setText(text)
        self.label.setToolTip(text)

    def job_ended(self) -> None:
        """No job runs."""
        self._running = False
        self.label.setToolTip("")
        self._controls.hide()
        self._show_idle()

    def show_message(self, text: str) -> None:
        """Say something for a while."""
        if text and not self._running:
            self.label.setText(text)
            self._message_timer.start()

    def set_idle_text(self, text: str) -> None:
        """What stands there while nothing happens."""
        self._idle_text = text
        if not self._running and not self._message_timer.isActive():
            self._show_idle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the words need the room more than the bar does."""
        super().resizeEvent(event)
        narrowest, widest = _BAR_WIDTHS
        self.bar.setFixedWidth(min(max(self.width() // 5, narrowest), widest))

    @Slot()
    def _show_idle(self) -> None:
        if not self._running:
            self.label.setText(self._idle_text)

    @Slot()
    def _pause_or_resume(self) -> None:
        if self._paused:
            self.resume_asked.emit()
        else:
            self.pause_asked.emit()
