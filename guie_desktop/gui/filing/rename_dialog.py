"""The dialogs that ask for new names: of one photo its name, of several a rule."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from guie_desktop.domain import Photo
from guie_desktop.filing import safe_name
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.filing.form import FileForm
from guie_desktop.gui.filing.name_rule import NameRule
from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import listed, ntr, tr, tr_noop

_NAMED = 3
_REFUSED = tr_noop(
    'A name may not be empty, begin or end with a space, end with a dot or hold any of / \\ : * ? " < > |'
)
_WHAT_HAPPENS = tr_noop(
    "The files themselves are renamed, with what belongs to them: RAW, film of a Live Photo, XMP. They "
    "stay in their folders and albums. Where a name is taken, a number is added. You can undo it."
)


class RenameDialog(FileForm):
    """For one photo; the end of its name stays."""

    wanted = Signal(str)
    """The new name, with its end."""

    def __init__(self, photo: Photo, along: Sequence[Path], parent: QWidget | None = None) -> None:
        """`along` are the files that get the new name, too."""
        super().__init__(tr("Rename {file}", file=readable(photo.path.name)), tr("Rename"), parent)
        self._photo = photo
        self.field = QLineEdit(readable(photo.path.stem))
        self.field.setAccessibleName(tr("New name of the file"))
        self.field.setAcceptDrops(False)  # of a file it would take the path, and say that the file was moved
        self.field.selectAll()
        self.field.textChanged.connect(self._look)
        self._told = plain_label(style="muted", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.field, 1)
        line.addWidget(plain_label(readable(photo.path.suffix)))
        self.column.addLayout(line)
        self.column.addWidget(self._told)
        sentences = [tr("The file itself is renamed. It stays in its albums."), *([_along(along)] if along else [])]
        self._what_happens = " ".join(sentences)
        self.accepted.connect(lambda: self.wanted.emit(f"{self.field.text()}{photo.path.suffix}"))
        self._look(self.field.text())
        self.field.setFocus()

    def _look(self, text: str) -> None:
        good = bool(text) and safe_name(text) == text
        self.verb.setEnabled(good and text != readable(self._photo.path.stem))
        self._told.setText(self._what_happens if good else tr(_REFUSED))
        self.fit()


class RenameManyDialog(FileForm):
    """For several: a rule, with the first names that it makes."""

    wanted = Signal(str)
    """The rule, as filing.name_by takes it."""

    def __init__(self, photos: Sequence[Photo], of: int, title: str, parent: QWidget | None = None) -> None:
        """`photos` are the first ones, `of` the number of all."""
        super().__init__(ntr("Rename {number} photo", "Rename {number} photos", of), tr("Rename"), parent)
        self.names = NameRule(photos, of, title, keeps=False)
        self.names.changed.connect(lambda: self.verb.setEnabled(self.names.is_good))
        self.add(tr("Names"), self.names)
        self.column.addWidget(plain_label(tr(_WHAT_HAPPENS), style="muted", wrap=True))
        self.accepted.connect(lambda: self.wanted.emit(self.names.template))
        self.names.choice.setFocus()


def _along(along: Sequence[Path]) -> str:
    names, more = [readable(path.name) for path in along[:_NAMED]], len(along) - _NAMED
    if more > 0:
        return ntr(
            "{names} and {number} more go along.", "{names} and {number} more go along.", more, names=", ".join(names)
        )
    return ntr("{names} goes along.", "{names} go along.", len(along), names=listed(names))
