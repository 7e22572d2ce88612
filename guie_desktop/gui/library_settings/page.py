"""The page on which the user chooses how the folders of the library are read."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from guie_desktop.domain import ReadingChoices
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.look.theme import GAP, TIGHT
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.overlay_page import OverlayPage
from guie_desktop.gui.widgets.row_list import RowList
from guie_desktop.gui.widgets.segments import Segments
from guie_desktop.wording.reading_choices import POLL, RAW_BESIDE_JPEG, VIDEOS, left_out_by_name


class _Row(QFrame):
    """A question, what it is answered with, and what that means."""

    def __init__(self, title: str, control: QWidget) -> None:
        super().__init__()
        self.setObjectName("model_row")
        self.meaning = plain_label(style="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(GAP)
        column.addWidget(plain_label(title, style="heading", wrap=True))
        column.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(TIGHT)
        column.addWidget(self.meaning)


class ChoiceRow(_Row):
    """One choice, with the sentence on the value that is chosen."""

    chosen = Signal(object)
    """The value that the user chose."""

    def __init__(self, title: str, words: Sequence[tuple[str, Any]], meanings: Mapping[Any, str]) -> None:
        self.segments = Segments(title, [(text, value, meanings[value]) for text, value in words])
        super().__init__(title, self.segments)
        self._meanings = meanings
        self.segments.chosen.connect(self.chosen)

    def show_value(self, value: Any) -> None:
        """Show this value as the chosen one."""
        self.segments.choose(value)
        self.meaning.setText(self._meanings[value])


class LibrarySettingsPage(OverlayPage):
    """One row a choice; each takes effect at once."""

    changed = Signal(object)
    """The ReadingChoices as the user wants them."""
    leave_out_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(plain_label("Settings of this library", style="title", wrap=True), parent)
        self.raw = ChoiceRow(
            "A RAW and the JPEG of its name", (("One photo", "one"), ("Two photos", "both")), RAW_BESIDE_JPEG
        )
        self.videos = ChoiceRow("Videos", (("Read", True), ("Left out", False)), VIDEOS)
        self.poll = ChoiceRow(
            "Folders that are looked at every so often",
            (("Where needed", "auto"), ("All", "always"), ("None", "never")),
            POLL,
        )
        self.leave_out = push_button("Leave out…")
        self.leave_out.clicked.connect(self.leave_out_asked)
        self.left_out = _Row("Folders and photos that are left out by name", self.leave_out)
        self.choice_rows = (self.raw, self.videos, self.poll)
        for row in self.choice_rows:
            row.chosen.connect(self._tell)
        area = RowList("Settings of this library")
        area.show_rows((*self.choice_rows, self.left_out))
        self.column.addWidget(
            plain_label("A change shows as soon as your folders have been looked at.", style="muted", wrap=True)
        )
        self.column.addWidget(area, 1)
        self.setFocusProxy(area)

    def show_choices(self, choices: ReadingChoices, left_out: Sequence[str]) -> None:
        """Show what is chosen, and the patterns of the names that are left out."""
        self.raw.show_value(choices.raw_beside_jpeg)
        self.videos.show_value(choices.videos)
        self.poll.show_value(choices.poll)
        self.left_out.meaning.setText(readable(left_out_by_name(left_out)))

    def _tell(self) -> None:
        values = (row.segments.value for row in (self.raw, self.poll, self.videos))
        self.changed.emit(ReadingChoices(*values))
