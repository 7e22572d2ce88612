"""How the folders of the library are read, and what is left out of it: asked, changed, and taken back."""

from collections.abc import Callable, Iterable

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
        self._asked: dict[type[Command[Done]], Command[Done]] = {}
        """What was asked last of each kind, and is not answered: more is built on that than on what is stored."""
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
        ask_lines(
            self.page.window(),
            "Leave out",
            "Folders and photos with these names are left out of the library, one name a line.\n"
            "* stands for any characters, as in *_edited*; a slash at the end for folders only, as in Exports/.\n"
            "Your files are not touched, and what you decided is kept: take a line away, and all is back.",
            self._reader.skipped(),
            self.leave_out,
        )

    def leave_out(self, patterns: Iterable[str]) -> None:
        """Leave out what has such names, and nothing else."""
        self._do("What is left out was changed.", LeaveOut(tuple(patterns)), lambda: LeaveOut(self._reader.skipped()))

    @Slot(object)
    def _change(self, choices: ReadingChoices) -> None:
        self._do(
            "A setting of the library was changed.",
            ReadFoldersSo(choices),
            lambda: ReadFoldersSo(self._reader.reading_choices()),
        )

    def _do(self, sentence: str, command: Command[Done], stored: Callable[[], Command[Done]]) -> None:
        def so_far() -> Command[Done]:
            return self._asked.get(type(command)) or stored()

        before = so_far()
        if command == before:
            return

        def begin(ended: Ended) -> None:
            nonlocal before
            before = so_far()  # as it is now: what was asked for earlier may have been undone meanwhile
            self._asking(command)(ended)

        def revert(ended: Ended) -> None:
            self._asking(before)(ended)

        self._undo.do(sentence, begin, revert, again=self._asking(command))

    def _asking(self, command: Command[Done]) -> Step:
        """Whatever comes of it, the page shows what is so then."""
        ask = asking(self._client, command)

        def step(ended: Ended) -> None:
            def end(outcome: Outcome) -> None:
                if self._asked.get(type(command)) is command:
                    del self._asked[type(command)]
                self._show_truth()
                ended(outcome)

            self._asked[type(command)] = command
            ask(end)

        return step

    def _show_truth(self) -> None:
        self.page.show_choices(self._reader.reading_choices(), self._reader.skipped())
