"""The line at the bottom of the window: what the running job does, with Pause and Cancel, and what can be undone."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from guie_desktop.gui.backend.undo import Offer
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.look.icons import set_icon
from guie_desktop.gui.look.progress_wording import progress_text
from guie_desktop.gui.look.theme import GAP, NO_LIMIT, TIGHT
from guie_desktop.gui.widgets.buttons import push_button, set_name, tool_button
from guie_desktop.gui.widgets.labels import ShortenedLabel
from guie_desktop.gui.widgets.margins import set_margins
from guie_desktop.language import tr
from guie_desktop.messages import Progress

_MESSAGE_MS = 8000
_BAR_WIDTHS = 60, 160
_BAR_STEPS = 1000


class TaskLine(QWidget):
    """Shows the running job, and otherwise a short message or how many photos there are."""

    pause_asked = Signal()
    resume_asked = Signal()
    cancel_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    go_on_asked = Signal()
    """The user wants done what he cancelled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._idle_text = ""
        self._left_text = ""
        """What waits until the user wants it to go on."""
        self._paused = False
        self._running = False
        self._progress_text = ""
        self._on_battery = False
        """Whether the job waits until the computer is plugged in."""
        self._tells_done = False
        """Whether what stands there is the answer to something that the user did, which he must get to read."""
        self.label = ShortenedLabel(parent=self)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _BAR_STEPS)
        room = self.bar.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # so that the words stay where they are
        self.bar.setSizePolicy(room)
        self.bar.setAccessibleName(tr("Progress"))
        self.pause_button = tool_button("pause", tr("Pause"), 16)
        self.pause_button.clicked.connect(self._pause_or_resume)
        self.cancel_button = tool_button("close", tr("Cancel; what is done stays done"), 16)
        self.cancel_button.clicked.connect(self.cancel_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        self._controls = QWidget(self)
        self._controls.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)  # else they would move
        controls = QHBoxLayout(self._controls)
        set_margins(controls, 0, 0, GAP, 0)
        controls.setSpacing(TIGHT)
        for widget in (self.bar, self.pause_button, self.cancel_button):
            controls.addWidget(widget)
        self.undo_button = push_button(tr("Undo"), tooltip=tr("Undo it (Ctrl+Z)"), beside=True)
        self.redo_button = push_button(tr("Redo"), tooltip=tr("Do it again (Ctrl+Shift+Z)"), beside=True)
        self.go_on_button = push_button(tr("Go on"), tooltip=tr("Read what is left (F5)"), beside=True)
        self.go_on_button.clicked.connect(self.go_on_asked)
        self.anyway_button = push_button(tr("Go on anyway"), beside=True)
        self.anyway_button.clicked.connect(self.resume_asked)
        self.undo_button.clicked.connect(self.undo_asked)
        self.redo_button.clicked.connect(self.redo_asked)
        layout.addWidget(self._controls)
        layout.addWidget(self.label, 1)
        for button in (self.undo_button, self.redo_button, self.go_on_button, self.anyway_button):
            for style in ("quiet", "accent"):
                button.setProperty(style, True)
            button.hide()
            layout.addWidget(button)
        layout.addStretch(0)
        self._message_timer = QTimer(self, singleShot=True, interval=_MESSAGE_MS)
        self._message_timer.timeout.connect(self.end_message)
        self.job_ended()

    def show_progress(self, progress: Progress) -> None:
        """The job is so far; the message of what the user did is not cut short by it."""
        self._running = True
        self._controls.show()
        self.pause_button.setVisible(progress.can_pause and not progress.on_battery)
        self._on_battery = progress.on_battery
        # Without a total there is no bar: one that runs to and fro moves for minutes, and says less than the words.
        self.bar.setVisible(progress.total > 0)
        if progress.total:
            self.bar.setValue(min(_BAR_STEPS, progress.done * _BAR_STEPS // progress.total))
        if progress.paused != self._paused:
            self._paused = progress.paused
            set_icon(self.pause_button, "play" if self._paused else "pause")
            set_name(self.pause_button, tr("Resume") if self._paused else tr("Pause"))
        self._progress_text = readable(progress_text(progress))
        if not self._tells_done:
            self.end_message()

    def job_ended(self) -> None:
        """No job runs."""
        self._running = False
        self._controls.hide()
        if not self._tells_done:
            self.end_message()

    def show_message(self, text: str) -> None:
        """Say something for a while, unless a job or what the user did has the line."""
        if text and not self._running and not self._tells_done:
            self._tell(text, "")

    @Slot(str, str)
    def tell_done(self, text: str, offer: Offer) -> None:
        """Say what the user did, and offer to take it back, or what he took back, and offer to do it again."""
        self._tell(text, offer)
        self._tells_done = True

    @Slot()
    def end_message(self) -> None:
        """Show again what stands there otherwise."""
        self._message_timer.stop()
        self._tells_done = False
        self._offer("")
        is_left = bool(self._left_text) and not self._running
        waits = self._on_battery and self._running
        idle = " · ".join(filter(None, (self._idle_text, self._left_text)))
        self._show(self._progress_text if self._running else idle, beside_button=is_left or waits)
        self.go_on_button.setVisible(is_left)
        self.anyway_button.setVisible(waits)

    def set_idle_text(self, text: str) -> None:
        """What stands there while nothing happens."""
        self._idle_text = text
        if not self._running and not self._message_timer.isActive():
            self.end_message()

    def set_left_text(self, text: str) -> None:
        """What waits until the user wants it to go on, which is offered while nothing happens; empty for nothing."""
        self._left_text = text
        self.set_idle_text(self._idle_text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the words need the room more than the bar does."""
        super().resizeEvent(event)
        narrowest, widest = _BAR_WIDTHS
        self.bar.setFixedWidth(min(max(self.width() // 5, narrowest), widest))

    def _tell(self, text: str, offer: Offer) -> None:
        self._show(text, beside_button=bool(offer))
        self._offer(offer)
        self.go_on_button.hide()
        self.anyway_button.hide()
        self._message_timer.start()

    def _offer(self, offer: Offer) -> None:
        self.undo_button.setVisible(offer == "undo")
        self.redo_button.setVisible(offer == "redo")

    def _show(self, text: str, *, beside_button: bool) -> None:
        self.label.setText(text)
        self.label.setToolTip(text)
        # A button is next to its sentence, and not at the other end of the line.
        width = self.label.fontMetrics().horizontalAdvance(text) + GAP
        self.label.setMaximumWidth(width if beside_button else NO_LIMIT)

    @Slot()
    def _pause_or_resume(self) -> None:
        if self._paused:
            self.resume_asked.emit()
        else:
            self.pause_asked.emit()
