"""The lines between what is looked for and what was found: how many, where, and by which ranking."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from guie_desktop.asking import Answer
from guie_desktop.domain import Album, Folder
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.look.theme import TIGHT
from guie_desktop.gui.search.nothing_here import NothingHere
from guie_desktop.gui.search.ranking_line import RankingLine
from guie_desktop.gui.search.source_line import SourceLine
from guie_desktop.gui.search.strictness import Strictness
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.choice_box import ChoiceBox
from guie_desktop.gui.widgets.labels import ElidedLabel
from guie_desktop.language import decimal_text, ntr, tr, tr_noop
from guie_desktop.question import Scope
from guie_desktop.settings import SortOrder
from guie_desktop.wording.known_words import knowledge

_LEAST_CHOICE = 110
_WIDE_ENOUGH = 560
"""Pixels, for words and choices beside each other."""
_MOST_ALIKE, _BEST_MATCHES = tr_noop("Most alike first"), tr_noop("Best matches first")
"""The order that hits come in: of what was found by its looks, and of what words were found in or are likely for."""
_SORTS: tuple[tuple[str, SortOrder], ...] = ((_MOST_ALIKE, "likeness"), (tr_noop("Newest first"), "date"))


class ResultLine(QWidget):
    """Tells of the answer, and takes wishes about it."""

    scope_chosen = Signal(object)
    """A folder's path, an album's id, or None for all photos."""
    sort_chosen = Signal(str)
    inside_chosen = Signal(bool)
    """Whether parts of photos are to be looked at as well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ElidedLabel(muted=True)
        self.scope = ChoiceBox(tr("Where to look"))
        self.scope.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.scope.setMinimumWidth(_LEAST_CHOICE)
        self.scope.setMaximumWidth(220)
        self.scope.addItem(tr("In all photos"), None)
        self.scope.activated.connect(lambda _: self.scope_chosen.emit(self.scope.currentData()))
        self.sort = ChoiceBox(tr("Order of the photos that were found"))
        self.sort.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # where to look gives way
        self.sort.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for name, order in _SORTS:
            self.sort.addItem(tr(name), order)
        self.sort.activated.connect(lambda _: self.sort_chosen.emit(self.sort.currentData()))
        words = tr("Also find photos by what is small in them, where they have been looked into")
        self.inside = push_button(tr("Look inside"), tooltip=words, beside=True)
        self.inside.setCheckable(True)
        self.inside.hide()
        self.inside.clicked.connect(self.inside_chosen)
        self.strictness = Strictness()
        self.sources = SourceLine()
        self.ranking = RankingLine()
        self.nothing = NothingHere()
        choices = QHBoxLayout()
        choices.addWidget(self.inside)
        choices.addWidget(self.scope)
        choices.addWidget(self.sort)
        choices.addWidget(self.strictness)
        self._first = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._first.addWidget(self.text, 1)
        self._first.addLayout(choices)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addLayout(self._first)
        layout.addWidget(self.sources)
        layout.addWidget(self.ranking)
        layout.addWidget(self.nothing)
        self._folders: tuple[Folder, ...] = ()
        self._albums: tuple[Album, ...] = ()
        self._answer_text = ""
        self._details = ""
        """How it was found, where something was; while not all can be searched that is told instead."""
        self._unsearchable = 0
        self._is_busy = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the words have a line of their own."""
        super().resizeEvent(event)
        self._arrange()
        self._show_strictness()

    def _arrange(self) -> None:
        needed = _WIDE_ENOUGH + (0 if self.inside.isHidden() else self.inside.sizeHint().width())
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._first.setDirection(beside if self.width() >= needed else below)

    def show_line(self, line: float | None) -> None:
        """Show how likely hits above the line are right; None where that cannot be told, nor chosen."""
        self.strictness.show_line(line)
        self._show_strictness()

    def _show_strictness(self) -> None:
        """In a narrow window there is no room for it."""
        self.strictness.setVisible(self.strictness.is_known and self.width() >= _WIDE_ENOUGH)

    def clear(self) -> None:
        """Nothing is known of the answer yet."""
        self._answer_text = self._details = ""
        self._show_text()
        self._show_orders(None)
        self.sources.forget_answer()
        self.nothing.hide()
        self.show_line(None)

    def show_busy(self, busy: bool) -> None:
        """A search takes longer than an eye's blink."""
        self._is_busy = busy
        self._show_text()

    def show_unsearchable(self, photos: int) -> None:
        """Say of so many photos that they cannot be among those that were found."""
        self._unsearchable = photos
        if self._answer_text and not self._is_busy:
            self._show_text()

    def _show_text(self) -> None:
        details = self._details
        if self._unsearchable:
            details = ntr(
                "{number} photo cannot be searched yet", "{number} photos cannot be searched yet", self._unsearchable
            )
        told = f"{self._answer_text} · {details}" if self._details else self._answer_text
        self.text.set_text(tr("Searching…") if self._is_busy else told)
        self.text.setVisible(bool(self.text.text) or self.width() >= _WIDE_ENOUGH)

    def show_answer(self, answer: Answer) -> None:
        """Say how many were found."""
        self.inside.setVisible(answer.looked_into > 0)
        self._arrange()
        alike = sum(hit.similar for hit in answer.hits)
        nothing = bool(answer.hits) and (answer.nothing_similar or not alike)
        if nothing:
            self.nothing.tell(self._nothing_text(self.scope.currentData()))
        else:
            self.nothing.hide()
        self._show_orders(answer)
        self.sources.show_answer(answer)
        if not answer.hits:
            found = tr("Nothing found") if answer.dates else tr("No other photos here")
        elif answer.found.get("names") or answer.found.get("dates"):
            found = ntr("{number} photo", "{number} photos", alike)
        elif any(hit.is_recognised for hit in answer.hits):
            found = _recognised_text(alike, answer)
        elif nothing:
            found = tr("No look-alikes")
        elif alike == len(answer.hits):
            found = ntr("The {number} photo most alike", "The {number} photos most alike", alike)
        else:
            found = ntr("{number} look-alike", "{number} look-alikes", alike)
        self._answer_text, self._details = found, f"{decimal_text(answer.seconds, 2)} s · {_answerer(answer)}"
        self._show_text()

    def _show_orders(self, answer: Answer | None) -> None:
        """Call the order what it is; what was found by dates alone has only one."""
        hits = answer.hits if answer is not None else ()
        by_words = any(hit.found_in is not None or hit.is_recognised for hit in hits if hit.similar)
        self.sort.setItemText(0, tr(_BEST_MATCHES if by_words else _MOST_ALIKE))
        self.sort.setVisible(answer is None or set(answer.found) != {"dates"})

    def show_failure(self) -> None:
        """There is no answer; the page says why."""
        self.clear()

    def show_scopes(self, folders: tuple[Folder, ...], albums: tuple[Album, ...]) -> None:
        """The folders and albums to one of which the search can be confined."""
        if (folders, albums) == (self._folders, self._albums):
            return
        chosen = self.scope.currentData()
        self._folders, self._albums = folders, albums
        while self.scope.count() > 1:
            self.scope.removeItem(1)
        for folder in folders:
            self.scope.addItem(_only_in(folder.path), folder.path)
        for album in albums:
            self.scope.addItem(tr("Only in album “{album}”", album=album.name), album.id)
        if folders and albums:
            self.scope.insertSeparator(1 + len(folders))
        self.choose_scope(chosen)

    def choose_scope(self, scope: Scope) -> None:
        """Show where is looked, be it a folder in one of those that can be chosen here."""
        known = [self.scope.itemData(row) for row in range(self.scope.count())]
        if isinstance(scope, Path) and scope not in known:
            known.insert(1, scope)
            self.scope.insertItem(1, _only_in(scope), scope)
        rows = [row for row, one in enumerate(known) if one == scope]
        self.scope.setCurrentIndex(rows[0] if rows else 0)

    def set_sort(self, order: SortOrder) -> None:
        """Show the order that was remembered."""
        self.sort.setCurrentIndex([order for _, order in _SORTS].index(order))

    def _nothing_text(self, scope: Scope) -> str:
        """That nothing was found where was looked."""
        if isinstance(scope, Path):
            return tr("There is nothing like this in {folder}.", folder=_name_of(scope))
        album = next((album for album in self._albums if album.id == scope), None)
        if album is not None:
            return tr("There is nothing like this in album “{album}”.", album=album.name)
        return tr("There is nothing like this here.")


def _recognised_text(likely: int, answer: Answer) -> str:
    """How many photos probably show what is asked for by name."""
    if not likely:
        return tr("Probably not in any of the photos")
    if likely == len(answer.hits):
        return ntr("The {number} photo most likely to show it", "The {number} photos most likely to show it", likely)
    return ntr("{number} photo probably shows it", "{number} photos probably show it", likely)


def _answerer(answer: Answer) -> str:
    """The model that answered; where it did so by what it knows, what that is."""
    return " ".join(tr(sentence) for sentence in knowledge(answer)) or answer.model_title


def _only_in(folder: Path) -> str:
    return tr("Only in {folder}", folder=_name_of(folder))


def _name_of(folder: Path) -> str:
    return readable(folder.name or str(folder))
