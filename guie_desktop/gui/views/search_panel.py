"""The area above the grid: what is looked for, where, and what came of it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from guie_desktop.domain import Answer, Folder
from guie_desktop.gui.file_names import readable, readable_path
from guie_desktop.gui.pictures import Pictures, Wish
from guie_desktop.gui.progress_text import counted
from guie_desktop.gui.searching import Example, Question
from guie_desktop.gui.theme import GAP
from guie_desktop.gui.widgets.buttons import push_button, tool_button
from guie_desktop.gui.widgets.chip import Chip
from guie_desktop.gui.widgets.labels import ElidedLabel, plain_label
from guie_desktop.library.thumbnails import THUMBNAIL
from guie_desktop.settings import SortOrder

_HEIGHT = 64
_SORTS: tuple[tuple[str, SortOrder], ...] = (("Most alike first", "likeness"), ("Newest first", "date"))


class SearchPanel(QWidget):
    """Shows the question with chips, and a line about the answer."""

    files_asked = Signal()
    add_asked = Signal()
    paste_asked = Signal()
    clear_asked = Signal()
    back_asked = Signal()
    removal_asked = Signal(int)
    folder_changed = Signal(object)
    sort_changed = Signal(str)
    words_given = Signal(str)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.frame = QFrame()
        self.frame.setObjectName("search_panel")
        self.frame.setFixedHeight(_HEIGHT)
        self._invitation = self._make_invitation()
        self._question = self._make_question()
        frame_layout = QHBoxLayout(self.frame)
        frame_layout.setContentsMargins(12, 6, 12, 6)
        frame_layout.setSpacing(GAP)
        self.scope = QComboBox()
        self.scope.setAccessibleName("Where to look")
        self.scope.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.scope.setMaximumWidth(220)
        self.scope.addItem("In all folders", None)
        self.scope.activated.connect(self._tell_folder)
        frame_layout.addWidget(self._invitation, 1)
        frame_layout.addWidget(self._question, 1)
        self.words = QLineEdit(placeholderText="Describe it in words")
        self.words.setAccessibleName("Words that describe what to look for")
        self.words.setClearButtonEnabled(True)
        self.words.setMaximumWidth(260)
        self.words.editingFinished.connect(lambda: self.words_given.emit(self.words.text().strip()))
        self.words.hide()
        frame_layout.addWidget(self.words)
        self.result = ElidedLabel(muted=True)
        self.sort = QComboBox()
        self.sort.setAccessibleName("Order of the photos that were found")
        for name, order in _SORTS:
            self.sort.addItem(name, order)
        self.sort.activated.connect(self._tell_sort)
        self._result_line = QWidget()
        result_layout = QHBoxLayout(self._result_line)
        result_layout.setContentsMargins(4, 0, 0, 0)
        result_layout.addWidget(self.result, 1)
        result_layout.addWidget(self.scope)
        result_layout.addWidget(self.sort)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.frame)
        layout.addWidget(self._result_line)
        self._chips: list[Chip] = []
        self._shown: Question | None = None
        self._answer_text = ""
        self.show_question(Question())

    def show_question(self, question: Question) -> None:
        """Show what is looked for."""
        on = question.is_on
        self.words.setText(question.text)
        self._invitation.setVisible(not on)
        self._question.setVisible(on)
        self._result_line.setVisible(on)
        before, self._shown = self._shown, question
        if before is None or (before.examples, before.region) != (question.examples, question.region):
            self._show_chips(question)
        if on and not (before and before.is_on):
            self._answer_text = ""
            self.result.set_text("")
        self._choose_scope(question.folder)

    def offer_words(self, understood: bool) -> None:
        """Whether the model in use understands words."""
        self.words.setVisible(understood)

    def show_busy(self, busy: bool) -> None:
        """A search takes longer than an eye's blink."""
        self.result.set_text("Searching…" if busy else self._answer_text)

    def show_answer(self, answer: Answer) -> None:
        """Say how many were found."""
        alike = sum(hit.similar for hit in answer.hits)
        if not answer.hits:
            found = "No photos to compare with here yet"
        elif answer.nothing_similar or not alike:
            found = "Nothing in your library looks like this. These come closest"
        elif alike == len(answer.hits):
            found = f"The {counted(alike, 'photo')} most alike"
        else:
            found = counted(alike, "look-alike")
        self._answer_text = f"{found} · {answer.seconds:.2f} s · {answer.model}"
        self.result.set_text(self._answer_text)

    def show_failure(self, title: str) -> None:
        """The search did not work."""
        self._answer_text = title
        self.result.set_text(title)

    def show_folders(self, folders: tuple[Folder, ...]) -> None:
        """The folders among which the search can be confined to one."""
        chosen = self.scope.currentData()
        if [self.scope.itemData(row) for row in range(1, self.scope.count())] == [folder.path for folder in folders]:
            return
        while self.scope.count() > 1:
            self.scope.removeItem(1)
        for folder in folders:
            self.scope.addItem(f"Only in {readable(folder.path.name or str(folder.path))}", folder.path)
        self._choose_scope(chosen)

    def set_sort(self, order: SortOrder) -> None:
        """Show the order that was remembered."""
        self.sort.setCurrentIndex([order for _, order in _SORTS].index(order))

    def _make_invitation(self) -> QWidget:
        icon = tool_button("similar", "Choose photos (Ctrl+O)", 22)
        icon.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        icon.clicked.connect(self.files_asked)
        choose = push_button("Choose photos…", tooltip="Photo files to look for (Ctrl+O)")
        choose.clicked.connect(self.files_asked)
        paste = push_button("Paste", tooltip="Look for the picture on the clipboard (Ctrl+V)")
        paste.clicked.connect(self.paste_asked)
        text = ElidedLabel("Drop a photo anywhere in this window to find its look-alikes", muted=True)
        return _line(icon, (text, 1), paste, choose)

    def _make_question(self) -> QWidget:
        back = tool_button("left", "The search before this one (Alt+Left)")
        back.clicked.connect(self.back_asked)
        self.back_button = back
        more = tool_button("add", "Look for more photos at the same time")
        more.clicked.connect(self.add_asked)
        clear = push_button("Clear", tooltip="Back to browsing (Esc)")
        clear.clicked.connect(self.clear_asked)
        holder = QWidget()
        holder.setAutoFillBackground(False)
        self._chip_line = QHBoxLayout(holder)
        self._chip_line.setContentsMargins(0, 0, 0, 0)
        self._chip_line.setSpacing(GAP)
        self._chip_line.addStretch(1)
        area = QScrollArea()
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
        self._chip_area = area
        return _line(back, (plain_label("Like"), 0), (area, 1), more, clear)

    def _show_chips(self, question: Question) -> None:
        for chip in self._chips:
            self._chip_line.removeWidget(chip)
            chip.deleteLater()
        self._chips = []
        for position, example in enumerate(question.examples):
            chip = self._chip(example, question)
            chip.removed.connect(lambda position=position: self.removal_asked.emit(position))
            self._chip_line.insertWidget(position, chip)
            self._chips.append(chip)

    def _chip(self, example: Example, question: Question) -> Chip:
        part = "Part of " if question.region is not None else ""
        chip = Chip(part + readable(example.path.name), readable_path(example.path))
        content_hash = example.photo.content_hash if example.photo else None

        def still_there() -> bool:
            return chip in self._chips

        wish = Wish(
            example.path,
            THUMBNAIL,
            then=lambda image: chip.show_picture(image, question.region) if still_there() else None,
            failed=lambda title, remedy: chip.show_failure(f"{title} {remedy}") if still_there() else None,
        )
        self._pictures.fetch(wish, content_hash)
        return chip

    def _choose_scope(self, folder: Path | None) -> None:
        rows = [row for row in range(self.scope.count()) if self.scope.itemData(row) == folder]
        self.scope.setCurrentIndex(rows[0] if rows else 0)

    @Slot()
    def _tell_folder(self) -> None:
        self.folder_changed.emit(self.scope.currentData())

    @Slot()
    def _tell_sort(self) -> None:
        self.sort_changed.emit(self.sort.currentData())


def _line(*parts: QLabel | QWidget | tuple[QWidget, int]) -> QWidget:
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GAP)
    for part in parts:
        widget, stretch = part if isinstance(part, tuple) else (part, 0)
        layout.addWidget(widget, stretch)
    return line
