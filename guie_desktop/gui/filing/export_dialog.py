"""The dialog that asks how photos are to be copied to a folder."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from guie_desktop.domain import Photo
from guie_desktop.filing import DEFAULT_QUALITY, LARGEST_COPY, ExportChoices
from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.filing.form import FileForm
from guie_desktop.gui.filing.name_rule import NameRule
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.choice_box import ChoiceBox
from guie_desktop.gui.widgets.dialogs import choose_folder
from guie_desktop.gui.widgets.in_a_line import in_a_line
from guie_desktop.gui.widgets.labels import ElidedLabel
from guie_desktop.language import ntr, tr, tr_in, tr_noop

_SIZES = (None, 1024, 1600, 2048, 3840, LARGEST_COPY)
_QUALITIES = (
    (tr_noop("Small files"), 75),
    (tr_noop("Good quality"), DEFAULT_QUALITY),
    (tr_noop("Best quality"), 97),
)


class ExportDialog(FileForm):
    """`wanted` tells the choices; whether names are taken is asked after that."""

    wanted = Signal(object)

    def __init__(
        self, photos: Sequence[Photo], of: int, title: str, before: ExportChoices, parent: QWidget | None = None
    ) -> None:
        """`photos` are the first of those that are to be copied, `of` all of them; `before` is what was chosen last."""
        heading = ntr("Copy {number} photo to a folder", "Copy {number} photos to a folder", of)
        super().__init__(heading, tr("Copy"), parent)
        self.folder = before.folder
        self.place = ElidedLabel(readable_path(before.folder))
        self.browse = push_button(tr("Choose…"))
        self.browse.setAutoDefault(False)
        self.browse.setAccessibleName(tr("Choose the folder"))
        self.browse.clicked.connect(
            lambda: choose_folder(self, tr("Copy to this folder"), self.choose, before.folder / "x")
        )
        self.kind = ChoiceBox(tr("What is copied"))
        for size in _SIZES:
            self.kind.addItem(_size_text(size), size)
        self.kind.setCurrentIndex(max(0, self.kind.findData(before.size)))
        self.quality = ChoiceBox(tr("Quality of the JPEGs"))
        for text, quality in _QUALITIES:
            self.quality.addItem(tr(text), quality)
        self.quality.setCurrentIndex(max(0, self.quality.findData(before.quality)))
        self.names = NameRule(photos, of, title, keeps=True)
        self.names.choose(before.names)
        self.companions = QCheckBox(tr("With what belongs to them: RAW, film of a Live Photo, XMP"))
        self.companions.setChecked(before.with_companions)
        self.notes = QCheckBox(tr("Write XMP files with albums and date beside the copies"))
        self.notes.setChecked(before.with_notes)
        self.add(tr_in("to which folder", "To"), in_a_line((self.place, 1), self.browse))
        self.add(tr_in("in which format", "As"), in_a_line(self.kind, self.quality))
        self.add(tr("Names"), self.names)
        for box in (self.companions, self.notes):
            self.column.addWidget(box)
        self.kind.currentIndexChanged.connect(self._fit_to_size)
        self.names.changed.connect(lambda: self.verb.setEnabled(self.names.is_good))
        self.accepted.connect(lambda: self.wanted.emit(self.choices()))
        self._fit_to_size()
        self.kind.setFocus()

    def choose(self, folder: Path) -> None:
        """Copy to this folder."""
        self.folder = folder
        self.place.set_text(readable_path(folder))

    def choices(self) -> ExportChoices:
        """As the user wants it."""
        return ExportChoices(
            folder=self.folder,
            size=self.kind.currentData(),
            quality=self.quality.currentData(),
            names=self.names.template,
            title=self.names.title,
            with_companions=self.companions.isChecked(),
            with_notes=self.notes.isChecked(),
        )

    def _fit_to_size(self) -> None:
        """Offer what makes sense for originals, or for JPEGs."""
        size = self.kind.currentData()
        self.quality.setVisible(size is not None)
        self.companions.setEnabled(size is None)
        self.names.suffix = None if size is None else ".jpg"
        self.names.show_example()


def _size_text(size: int | None) -> str:
    if size is None:
        return tr("The files as they are")
    return tr("JPEG, full size") if size == LARGEST_COPY else tr("JPEG, {number} pixels", number=size)
