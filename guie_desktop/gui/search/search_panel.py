"""The area above the grid: what is looked for, and what came of it."""

from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from guie_desktop.domain import ModelState, Region
from guie_desktop.gui.backend.pictures import PictureRequest, Pictures
from guie_desktop.gui.desktop.file_names import readable, readable_path
from guie_desktop.gui.look.theme import GAP, NO_LIMIT, TIGHT
from guie_desktop.gui.search.chip import FEW, Chip, GroupChip
from guie_desktop.gui.search.chip_area import ChipArea
from guie_desktop.gui.search.result_line import ResultLine
from guie_desktop.gui.search.words_field import WIDTH as WORDS_WIDTH
from guie_desktop.gui.search.words_field import WordsField
from guie_desktop.gui.widgets.buttons import push_button, tool_button
from guie_desktop.gui.widgets.context_menu import offer_menu, open_menu
from guie_desktop.gui.widgets.in_a_line import in_a_line
from guie_desktop.gui.widgets.labels import ElidedLabel
from guie_desktop.language import tr, tr_noop
from guie_desktop.pictures.picture_sizes import THUMBNAIL
from guie_desktop.question import Example, Question, parted

_LINE, _BUTTONS = 52, 34
"""Height of a chip, and of a line without any."""
_WORDS_BESIDE = 760
"""From this width on the words have their place beside the examples, and not below them."""
_WEIGHTS: Mapping[float, str] = {
    0.5: tr_noop("Half as much as others"),
    1.0: tr_noop("As much as others"),
    2.0: tr_noop("Twice as much"),
    3.0: tr_noop("Three times as much"),
}
MOST_CHIPS = 12
"""Photos of the library with a chip each; where they are more they have one together."""

_Key = tuple[object, Region | None]
"""What a chip stands for, as it was when its picture was fetched."""


class SearchPanel(QWidget):
    """Shows the question with chips, and below it the lines about the answer."""

    files_asked = Signal()
    add_asked = Signal()
    paste_asked = Signal()
    clear_asked = Signal()
    back_asked = Signal()
    forward_asked = Signal()
    past_menu_made = Signal(object)
    """A QMenu for the searches before this one, to be filled."""
    removal_asked = Signal(object)
    """An Example that is to be looked for no longer."""
    change_asked = Signal(object, object)
    """An Example, and what of it is to be otherwise, by name."""
    alone_asked = Signal(object)
    """An Example that is to be looked for, and nothing else."""
    photos_removal_asked = Signal(object)
    """Ids of photos that are to be looked for no longer."""
    many_asked = Signal()
    """The photos that have one chip together are to be seen."""
    words_given = Signal(str)
    words_typed = Signal(str)
    """Words that may go on."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.frame = QFrame()
        self.frame.setObjectName("search_panel")
        # Its parts go below each other where it is narrow, so what they need beside each other is no least width.
        self.frame.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._invitation = self._make_invitation()
        self._question = self._make_question()
        self.filter_button = tool_button("filter", tr("Filter (Ctrl+Shift+F)"))
        self.save_button = tool_button("bookmark", tr("Save this search (Ctrl+Shift+S)"))
        first = QHBoxLayout()
        for part in (self._invitation, self._question):
            part.setFixedHeight(_LINE)
            first.addWidget(part, 1)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.frame)
        self._parts.setContentsMargins(12, 6, 12, 6)
        self._parts.setSpacing(GAP)
        self._parts.addLayout(first, 1)
        self.words = WordsField()
        self.words.given.connect(self.words_given)
        self.words.typed.connect(self.words_typed)
        self.past_button = tool_button("history", tr("Searches before this one"))
        self.past_button.setEnabled(False)
        below = QPoint(0, self.past_button.sizeHint().height())
        self.past_button.clicked.connect(lambda: open_menu(self.past_button, below, self.past_menu_made.emit))
        second = QHBoxLayout()
        second.setSpacing(TIGHT)
        for widget in (self.words, self.filter_button, self.save_button, self.past_button):
            second.addWidget(widget)
        self._parts.addLayout(second)
        self.results = ResultLine()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.frame)
        layout.addWidget(self.results)
        self._chips: dict[_Key, Chip] = {}
        self._shown: Question | None = None
        self.show_question(Question())

    def show_question(self, question: Question) -> None:
        """Show what is looked for."""
        on = question.is_on
        if not (self.words.hasFocus() and parted(self.words.text().strip()) == parted(question.text)):
            self.words.setText(question.text)  # else a space that was just typed would go
        self._invitation.setVisible(not on)
        self._question.setVisible(on)
        self._question.setFixedHeight(_LINE if question.examples else _BUTTONS)
        self.results.setVisible(on)
        before, self._shown = self._shown, question
        if before is None or (before.examples, before.region) != (question.examples, question.region):
            self._show_chips(question)
        if on and not (before and before.is_on):
            self.results.clear()
        self.results.choose_scope(question.scope)
        self.results.sources.show_question(question)
        self.results.inside.setChecked(question.inside)

    def show_ways(self, back: bool, forward: bool) -> None:
        """Whether there are searches before this one, and after it."""
        for button in (self.back_button, self.past_button):
            button.setEnabled(back)
        self.forward_button.setVisible(forward)  # which is seldom, so it takes no room from the chips

    def fetch_again(self, paths: Collection[Path]) -> None:
        """Get the pictures of these files anew, where they are looked for already."""
        question = self._shown or Question()
        for example in question.examples:
            chip = self._chips.get(_key(example, question.region))
            if chip is not None and example.photo is None and example.path in paths:
                self._fetch(chip, example, question)

    @property
    def is_asking(self) -> bool:
        """Whether something is looked for."""
        return self._shown is not None and self._shown.is_on

    def offer_words(self, model: ModelState | None) -> None:
        """Take the words that the model in use understands, or knows."""
        self.words.offer(understands=model is not None and model.words, knows=model is not None and model.knows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the words go below the examples, which have all of the line."""
        super().resizeEvent(event)
        beside = event.size().width() >= _WORDS_BESIDE
        self._parts.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.words.setMaximumWidth(WORDS_WIDTH if beside else NO_LIMIT)
        self._icon.setVisible(beside)

    def _make_invitation(self) -> QWidget:
        self._icon = icon = tool_button("similar", tr("Choose photos (Ctrl+O)"), 22)
        icon.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        icon.clicked.connect(self.files_asked)
        choose = push_button(tr("Choose photos…"), tooltip=tr("Photo files to look for (Ctrl+O)"))
        choose.clicked.connect(self.files_asked)
        paste = push_button(tr("Paste"), tooltip=tr("Look for the picture on the clipboard (Ctrl+V)"))
        paste.clicked.connect(self.paste_asked)
        text = ElidedLabel(
            tr("Drop a photo anywhere in this window to find its look-alikes"),
            shorter=(tr("Drop a photo to find its look-alikes"), tr("Drop a photo")),
            muted=True,
        )
        return in_a_line(icon, (text, 1), paste, choose)

    def _make_question(self) -> QWidget:
        back = tool_button("left", tr("The search before this one (Alt+Left)"))
        back.clicked.connect(self.back_asked)
        self.back_button = back
        self.forward_button = tool_button("right", tr("The search that you went back from (Alt+Right)"))
        self.forward_button.clicked.connect(self.forward_asked)
        more = tool_button("add", tr("Add photos to the search"))
        more.clicked.connect(self.add_asked)
        clear = push_button(tr("Clear"), tooltip=tr("Back to browsing (Esc)"))
        clear.clicked.connect(self.clear_asked)
        self.area = ChipArea()
        offer_menu(back, self.past_menu_made.emit)
        return in_a_line(back, self.forward_button, (self.area, 1), more, clear)

    def _show_chips(self, question: Question) -> None:
        """A chip for each example, those that are there already as they are; one for photos that are many."""
        together = tuple(one.photo.id for one in question.examples if _joins(one) and one.photo is not None)
        many = together if len(together) > MOST_CHIPS else ()
        chips: dict[_Key, Chip] = {}
        if many:
            chips[many, question.region] = self._chips.get((many, question.region)) or self._group(question)
        for example in question.examples:
            if many and _joins(example):
                continue
            key = _key(example, question.region)
            chips[key] = self._chips.get(key) or self._chip(example, question)
            chips[key].show_part(unlike=example.unlike, weight=example.weight, off=example.off)
        self._chips = chips
        self.area.show_chips(list(chips.values()))

    def _group(self, question: Question) -> GroupChip:
        photos = [example for example in question.examples if _joins(example)]
        ids = [example.photo.id for example in photos if example.photo is not None]
        chip = GroupChip(len(photos))
        chip.open_asked.connect(self.many_asked)
        chip.removed.connect(lambda: self.photos_removal_asked.emit(ids))

        def fill(menu: QMenu) -> None:
            menu.addAction(tr("Show them"), self.many_asked.emit)
            menu.addSeparator()
            self._fill_end(menu, chip)

        offer_menu(chip, fill)
        for example in photos[:FEW]:
            self._fetch(chip, example, question)
        return chip

    def _chip(self, example: Example, question: Question) -> Chip:
        name = readable(example.name)
        whole = readable_path(example.path) if example.name == example.path.name else example.name
        chip = Chip(name if question.region is None else tr("Part of {name}", name=name), whole)
        chip.removed.connect(lambda: self.removal_asked.emit(example))
        chip.turned.connect(lambda: change(unlike=not now().unlike))
        chip.switched.connect(lambda: change(off=not now().off))

        def now() -> Example:
            examples = self._shown.examples if self._shown is not None else ()
            return next((one for one in examples if one.key == example.key), example)

        def change(**changes: Any) -> None:
            self.change_asked.emit(example, changes)

        def fill(menu: QMenu) -> None:
            part = now()
            menu.addAction(tr("Like this") if part.unlike else tr("Not like this"), chip.turned.emit)
            weights = menu.addMenu(tr("How much it counts"))
            for weight, words in _WEIGHTS.items():
                action = weights.addAction(tr(words), partial(change, weight=weight))
                action.setCheckable(True)
                action.setChecked(weight == part.weight)
            menu.addAction(tr("Switch on") if part.off else tr("Switch off for now"), chip.switched.emit)
            menu.addSeparator()
            menu.addAction(tr("Look for this alone"), lambda: self.alone_asked.emit(example))
            if example.album is None:
                path = readable(str(example.path))
                menu.addAction(tr("Copy path"), lambda: QGuiApplication.clipboard().setText(path))
            menu.addSeparator()
            self._fill_end(menu, chip)

        offer_menu(chip, fill)
        if example.album is None:
            self._fetch(chip, example, question)
        else:
            chip.show_icon("album")
        return chip

    def _fill_end(self, menu: QMenu, chip: Chip) -> None:
        menu.addAction(tr("Take out of the search"), chip.removed.emit)
        menu.addAction(tr("Clear the search"), self.clear_asked.emit)

    def _fetch(self, chip: Chip, example: Example, question: Question) -> None:
        photo = example.photo

        def still_there() -> bool:
            return chip in self.area.chips

        request = PictureRequest(
            example.path,
            THUMBNAIL,
            then=lambda image: chip.show_picture(image, question.region) if still_there() else None,
            failed=lambda title, remedy: chip.show_failure(f"{tr(title)} {tr(remedy)}") if still_there() else None,
            moment=None if photo is None else photo.moment,
        )
        self._pictures.fetch(request, None if photo is None else photo.picture_hash)


def _key(example: Example, region: Region | None) -> _Key:
    photo = example.photo
    return (example.key, photo and (photo.path, photo.picture_hash)), region


def _joins(example: Example) -> bool:
    """Whether it may have a chip together with others."""
    return example.photo is not None and example.is_plain and not example.off
