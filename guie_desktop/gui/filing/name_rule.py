"""By what rule files are named: a few usual ones or the user's own, with an example that follows it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from guie_desktop.domain import Photo
from guie_desktop.errors import UserError
from guie_desktop.filing import ORIGINAL_NAME, check_template, name_by
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.look.theme import GAP, TIGHT
from guie_desktop.gui.widgets.choice_box import ChoiceBox
from guie_desktop.gui.widgets.labels import ElidedLabel
from guie_desktop.language import tr

_LEAST_WIDTH = 160
_PARTS = "{name} {date} {time} {year} {month} {day} {number} {title}"


class NameRule(QWidget):
    """`photos` are the first of those that are named, at least one; `of` is the number of all."""

    changed = Signal()

    def __init__(self, photos: Sequence[Photo], of: int, title: str, *, keeps: bool, suffix: str | None = None) -> None:
        """`keeps` offers the name that a file has; `suffix` is the end of all names, or else each keeps its own."""
        super().__init__()
        self._photos, self._of, self.title, self.suffix = photos, of, title, suffix
        self.choice = ChoiceBox(tr("Names"))
        if keeps:
            self.choice.addItem(tr("As they are called"), ORIGINAL_NAME)
        self.choice.addItem(tr("Date and name"), "{date} {name}")
        self.choice.addItem(tr("“{title}” and number", title=readable(title)), "{title} {number}")
        self.choice.addItem(tr("Date and number"), "{date} {number}")
        self.choice.addItem(tr("Another rule"), None)
        self.choice.setMinimumWidth(_LEAST_WIDTH)  # what is long is shortened in the box, and told by its tooltip
        self.own = QLineEdit("{date} {name} {number}")
        self.own.setAccessibleName(tr("Rule for the names"))
        self.own.setToolTip(tr("What can stand there: {parts}", parts=_PARTS))
        self.own.setAcceptDrops(False)
        self._examples = [ElidedLabel(muted=True) for _ in photos]
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.choice)
        line.addWidget(self.own, 1)
        line.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addLayout(line)
        for label in self._examples:
            column.addWidget(label)
        self.choice.currentIndexChanged.connect(self.show_example)
        self.own.textChanged.connect(self.show_example)
        self.show_example()

    def choose(self, template: str) -> None:
        """Choose this rule."""
        known = self.choice.findData(template)
        if known < 0:
            self.own.setText(template)
        self.choice.setCurrentIndex(known if known >= 0 else self.choice.count() - 1)

    @property
    def template(self) -> str:
        """The rule that is chosen."""
        chosen: str | None = self.choice.currentData()
        return self.own.text() if chosen is None else chosen

    @property
    def is_good(self) -> bool:
        """Whether it can be followed."""
        return self._problem() == ""

    def name_of(self, photo: Photo, number: int) -> str:
        """What the rule calls a photo's file, which is the one of this number, with its end."""
        stem = name_by(self.template, photo.path, photo.taken, number=number, of=self._of, title=self.title)
        return stem + (photo.path.suffix if self.suffix is None else self.suffix)

    def show_example(self) -> None:
        """Show what the rule makes of the first photos, or what is wrong with it."""
        self.own.setVisible(self.choice.currentData() is None)
        names = [readable(self.name_of(photo, number)) for number, photo in enumerate(self._photos, start=1)]
        names[0] = tr("For example: {name}", name=names[0])
        if problem := self._problem():
            names = [problem, "", ""]
        for label, text in zip(self._examples, names, strict=False):
            label.set_text(text)
        self.changed.emit()

    @property
    def told(self) -> tuple[str, ...]:
        """The examples, a line each, or what is wrong."""
        return tuple(label.text for label in self._examples if label.text)

    def _problem(self) -> str:
        try:
            check_template(self.template)
        except UserError as error:
            return tr(error.title)
        return ""
