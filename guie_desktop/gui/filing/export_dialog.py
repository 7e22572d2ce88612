"""The dialog that asks how photos are to be copied to a folder."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from guie_desktop.domain import Photo
from guie_desktop.filing import DEFAULT_QUALITY, LARGEST_COPY, ExportChoices
from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.filing.form import FileForm
from guie_desktop.gui.filing.name_rule import NameRule
from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.look.wording import counted
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.choice_box import ChoiceBox
from guie_desktop.gui.widgets.dialogs import choose_folder
from guie_desktop.gui.widgets.labels import ElidedLabel

_SIZES = (
    ("The files as they are", None),
    ("JPEG, 1,024 pixels", 1024),
    ("JPEG, 1,600 pixels", 1600),
    ("JPEG, 2,048 pixels", 2048),
    ("JPEG, 3,840 pixels", 3840),
    ("JPEG, full size", LARGEST_COPY),
)
_QUALITIES = (("Small files", 75), ("Good quality", DEFAULT_QUALITY), ("Best quality", 97))


class ExportDialog(FileForm):
    """`wanted` tells the choices; whether names are taken is asked after that."""

    wanted = Signal(object)

    def __init__(
        self, photos: Sequence[Photo], of: int, title: str, before: ExportChoices, parent: QWidget | None = None
    ) -> None:
        """`photos` are the first of those that are to be copied, `of` all of them; `before` is what was chosen last."""
        super().__init__(f"Copy {counted(of, 'photo')} to a folder", "Copy", parent)
        self.folder = before.folder
        self.place = ElidedLabel(readable_path(before.folder))
        self.browse = push_button("Choose…")
        self.browse.setAutoDefault(False)
        self.browse.setAccessibleName("Choose the folder")
        self.browse.clicked.connect(
            lambda: choose_folder(self, "Copy to this folder", self.choose, before.folder / "x")
        )
        self.kind = ChoiceBox("What is copied")
        for text, size in _SIZES:
            self.kind.addItem(text, size)
        self.kind.setCurrentIndex(max(0, self.kind.findData(before.size)))
        self.quality = ChoiceBox("Quality of the JPEGs")
        for text, quality in _QUALITIES:
            self.quality.addItem(text, quality)
        self.quality.setCurrentIndex(max(0, self.quality.findData(before.quality)))
        self.names = NameRule(photos, of, title, keeps=True)
        self.names.choose(before.names)
        self.companions = QCheckBox("With what belongs to them: RAW, film of a Live Photo, XMP")
        self.companions.setChecked(before.with_companions)
        self.notes = QCheckBox("Write XMP files with albums and date beside the copies")
        self.notes.setChecked(before.with_notes)
        self.add("To", _line((self.place, 1), (self.browse, 0)))
        self.add("As", _line((self.kind, 0), (self.quality, 0)))
        self.add("Names", self.names)
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


def _line(*parts: tuple[QWidget, int]) -> QWidget:
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GAP)
    for part, stretch in parts:
        layout.addWidget(part, stretch, Qt.AlignmentFlag.AlignVCenter)
    if not any(stretch for _, stretch in parts):
        layout.addStretch(1)
    return line
