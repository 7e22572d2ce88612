"""How the folders of the library are read, and what is left out of it: asked, changed, and taken back."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Slot

from guie_desktop.domain import ReadingChoices
from guie_desktop.gui.backend.library_reader import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.steps import Ended, Outcome, Step, asking
from guie_desktop.gui.library_settings.page import LibrarySettingsPage
from guie_desktop.gui.widgets.dialogs import ask_lines
from guie_desktop.messages import Command, Done, LeaveOut, ReadFoldersSo


class LibrarySettingsController(QObject):
    """What the page of settings does."""

    def __init__(self, page: LibrarySettingsPage, services: Services) -> None:
        super().__init__(page)
        self.page = page
        self._client, self._reader = services.client, services.reader
        self._undo = services.undo
        page.changed.connect(self._change)
        page.leave_out_asked.connect(self.ask_what_to_leave_out)

    @Slot()
    def open(self) -> None:
        """Show the page."""
        self._show_truth()
        self.page.open_asked.emit()

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """The library was read again; somebody else may have changed its settings."""
        if self.page.isVisible():
            self._show_truth()

    @Slot()
    def ask_what_to_leave_out(self) -> None:
        """Let the user write the names that are left out."""
        before = self._reader.skipped()

        def leave_out(lines: Iterable[str]) -> None:
            self._do("What is left out was changed.", LeaveOut(tuple(lines)), LeaveOut(before))

        ask_lines(
            self.page.window(),
            "Leave out",
            "Folders and photos with these names are left out of the library, one name a line.\n"
            "* stands for any characters, as in *_edited*; a slash at the end for folders only, as in Exports/.\n"
            "Your files are not touched, and what you decided is kept: take a line away, and all is back.",
            before,
            leave_out,
        )

    @Slot(object)
    def _change(self, choices: ReadingChoices) -> None:
        before = self._reader.reading_choices()
        if choices != before:
            self._do("A setting of the library was changed.", ReadFoldersSo(choices), ReadFoldersSo(before))

    def _do(self, sentence: str, command: Command[Done], back: Command[Done]) -> None:
        self._undo.do(sentence, self._asking(command), self._asking(back))

    def _asking(self, command: Command[Done]) -> Step:
        """Whatever comes of it, the page shows what is so then."""
        ask = asking(self._client, command)

        def step(ended: Ended) -> None:
            def show(outcome: Outcome) -> None:
                self._show_truth()
                ended(outcome)

            ask(show)

        return step

    def _show_truth(self) -> None:
        self.page.show_choices(self._reader.reading_choices(), self._reader.skipped())
