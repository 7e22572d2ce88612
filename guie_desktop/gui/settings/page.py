"""The page of settings: sections below each other, each change of which takes effect at once."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from guie_desktop.domain import Folder, ReadingChoices
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.settings.computing_section import ComputingSection
from guie_desktop.gui.settings.folder_rows import FolderRows
from guie_desktop.gui.settings.library_section import LibrarySection
from guie_desktop.gui.settings.rows import ChoiceRow, Row, Section, told_by
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.overlay_page import OverlayPage
from guie_desktop.gui.widgets.row_list import RowList
from guie_desktop.language import LANGUAGES, size_text, tr
from guie_desktop.settings import ThemeChoice
from guie_desktop.wording.reading_choices import (
    POLL,
    RAW_BESIDE_JPEG,
    VIDEOS,
    left_out_by_name,
    smallest_text,
)

_SMALL_FILES = 10_000, 30_000, 100_000
"""Bytes; icons have less than the first, the small pictures of web pages mostly less than the last."""


class SettingsPage(OverlayPage):
    """All that can be set."""

    reading_chosen = Signal(object)
    """The ReadingChoices as the user wants them."""
    leave_out_asked = Signal()
    theme_chosen = Signal(object)
    """The ThemeChoice."""
    language_chosen = Signal(str)
    """Its tag; empty for that of the system."""
    start_again_asked = Signal()

    def __init__(self, add_folder: QAction, parent: QWidget | None = None) -> None:
        super().__init__(plain_label(tr("Settings"), style="title", wrap=True), parent)
        self._language_now = ""
        self.computing, self.library = ComputingSection(), LibrarySection()
        folders, reading, appearance = self._make_folders(add_folder), self._make_reading(), self._make_appearance()
        sections = (folders, reading, appearance, self.computing, self.library)
        self.area = RowList(tr("Settings"))
        self.area.show_rows(sections)
        self.column.addWidget(self.area, 1)
        self.begin_at(self.area)

    def show_reading(self, choices: ReadingChoices, left_out: Sequence[str]) -> None:
        """Show what is chosen, and the patterns of the names that are left out."""
        self.raw.show_value(choices.raw_beside_jpeg)
        self.videos.show_value(choices.videos)
        self.poll.show_value(choices.poll)
        self.smallest.show_value(choices.smallest, _smaller_than(choices.smallest))
        always = tr("Hidden folders, and those of other programs such as @eaDir, are always left out.")
        self.left_out.explain(f"{always}\n{readable(left_out_by_name(left_out))}" if left_out else always)

    def show_folders(self, folders: tuple[Folder, ...]) -> None:
        """Show the folders of the library."""
        self.folders.show_folders(folders)

    def show_appearance(self, theme: ThemeChoice, language: str) -> None:
        """Show what is chosen of how the window looks and speaks; the first language is the one that is spoken."""
        self.theme.show_value(theme)
        self.language.show_value(language, language)
        self._language_now = language
        self._offer_start()

    def _make_folders(self, add_folder: QAction) -> Section:
        add = push_button(tr("Add folder…"))
        add.clicked.connect(add_folder.trigger)
        self.leave_out = push_button(tr("Change…"))
        self.leave_out.setAccessibleName(tr("Change what is left out by name"))
        self.leave_out.clicked.connect(self.leave_out_asked)
        self.left_out = Row(tr("Left out by name"), self.leave_out)
        sizes = [(tr("Read all"), 0), *((_smaller_than(size), size) for size in _SMALL_FILES)]
        self.smallest = ChoiceRow(tr("Small files"), sizes, smallest_text)
        poll = ((tr("Where needed"), "auto"), (tr("All"), "always"), (tr("None"), "never"))
        self.poll = ChoiceRow(tr("Look into folders regularly"), poll, told_by(POLL))
        adding = Row(tr("Another folder"), add, meaning=tr("Your photos stay where they are, and are never changed."))
        section = Section(tr("Folders"), adding, self.left_out, self.smallest, self.poll)
        self.folders = FolderRows(section)
        return section

    def _make_reading(self) -> Section:
        raw = ((tr("One photo"), "one"), (tr("Two photos"), "both"))
        self.raw = ChoiceRow(tr("RAW and JPEG of the same name"), raw, told_by(RAW_BESIDE_JPEG))
        videos = ((tr("Read"), True), (tr("Left out"), False))
        self.videos = ChoiceRow(tr("Videos"), videos, told_by(VIDEOS))
        for row in (self.raw, self.videos, self.smallest, self.poll):
            row.chosen.connect(self._tell_reading)
        return Section(tr("Reading"), self.raw, self.videos)

    def _make_appearance(self) -> Section:
        themes = ((tr("Same as system"), "system"), (tr("Light"), "light"), (tr("Dark"), "dark"))
        self.theme = ChoiceRow(tr("Colours"), themes)
        self.theme.chosen.connect(self.theme_chosen)
        languages = ((tr("Same as system"), ""), *((name, tag) for tag, name in LANGUAGES.items()))
        self.language = ChoiceRow(tr("Language"), languages)
        self.language.chosen.connect(self._tell_language)
        start = push_button(tr("Restart"))
        start.clicked.connect(self.start_again_asked)
        self.start_again = Row(tr("The language changes when the program starts the next time."), start)
        return Section(tr("Appearance"), self.theme, self.language, self.start_again)

    def _tell_reading(self) -> None:
        values = (row.value for row in (self.raw, self.poll, self.videos, self.smallest))
        self.reading_chosen.emit(ReadingChoices(*values))

    def _tell_language(self) -> None:
        self.language_chosen.emit(self.language.value)
        self._offer_start()

    def _offer_start(self) -> None:
        self.start_again.setVisible(self.language.value != self._language_now)


def _smaller_than(size: int) -> str:
    return tr("Leave out below {size}", size=size_text(size))
