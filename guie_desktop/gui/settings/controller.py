"""What the page of settings does: what concerns the library is asked of the worker, and can be taken back."""

import glob
from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.computing import ComputingChoices
from guie_desktop.domain import Folder, ReadingChoices
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.steps import Ended, Exchange, Outcome, Step, asking
from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.settings.library_controller import LibraryController
from guie_desktop.gui.settings.page import SettingsPage
from guie_desktop.gui.widgets.dialogs import ask_lines
from guie_desktop.language import tr
from guie_desktop.messages import Command, ComputeSo, Done, LeaveOut, ReadFoldersSo, WatchFolder
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import Settings, ThemeChoice
from guie_desktop.workspace.machine import has_battery


class SettingsController(QObject):
    """What the page of settings does."""

    parts_asked = Signal()
    """The page is to say what is known of parts of photos."""
    theme_chosen = Signal(object)
    start_again_asked = Signal()

    def __init__(self, page: SettingsPage, services: Services, settings: Settings, paths: LibraryPaths) -> None:
        super().__init__(page)
        self.page = page
        self._client, self._reader = services.client, services.reader
        self._undo = services.undo
        self.library = LibraryController(page.library, services, paths)
        self._theme: ThemeChoice = settings.theme
        self._language = settings.language
        self.library.moved.connect(self.start_again_asked)
        self._asked: dict[type[Command[Done]], Command[Done]] = {}
        """What was asked last of each kind, and is not answered: more is built on that than on what is stored."""
        page.show_appearance(self._theme, self._language)
        page.reading_chosen.connect(self._read_so)
        page.computing.chosen.connect(self._compute_so)
        page.leave_out_asked.connect(self.ask_what_to_leave_out)
        page.folders.watch_asked.connect(self.watch)
        page.theme_chosen.connect(self._choose_theme)
        page.language_chosen.connect(self._choose_language)
        page.start_again_asked.connect(self.start_again_asked)

    @Slot()
    def open(self) -> None:
        """Show the page."""
        self._show_truth()
        self.library.measure()
        self.parts_asked.emit()
        self.page.open_asked.emit()

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """The library was read again; somebody else may have changed its settings."""
        if self.page.isVisible():
            self._show_truth()

    def remember(self, settings: Settings) -> Settings:
        """These settings of the window, with those of them that are chosen on the page."""
        return replace(settings, theme=self._theme, language=self._language)

    @Slot()
    def ask_what_to_leave_out(self) -> None:
        """Let the user write the names that are left out."""
        ask_lines(
            self.page.window(),
            tr("Leave out"),
            tr(
                "Folders and photos with these names are left out of the library, one name a line.\n"
                "* stands for any characters, as in *_edited*; a slash at the end for folders only, as in Exports/.\n"
                "Your files are not touched, and what you decided is kept: take a line away, and all is back."
            ),
            self._reader.skipped(),
            self.leave_out,
        )

    def leave_out(self, patterns: Iterable[str]) -> None:
        """Leave out what has such names, and nothing else."""
        self._do(
            tr("What is left out was changed."),
            LeaveOut(tuple(patterns)),
            lambda: LeaveOut(self._reader.skipped()),
        )

    @Slot(str)
    def leave_out_too(self, name: str) -> None:
        """Leave out what has this name as well."""
        pattern = glob.escape(name)
        if pattern[0] in "!#":  # which mean something at the beginning of a pattern
            pattern = f"**/{pattern}"
        self.leave_out((*self._reader.skipped(), pattern))

    @Slot(object, bool)
    def watch(self, folder: Folder, watched: bool) -> None:
        """Notice at once what happens in a folder, or only where it is looked for."""
        path = readable_path(folder.path)
        told = tr("{folder} is watched.", folder=path) if watched else tr("{folder} is not watched.", folder=path)
        kept = Exchange(self._client)
        begin = self._telling_truth(asking(self._client, WatchFolder(folder.id, watched), kept.keep))
        back = self._telling_truth(kept)
        self._undo.do(told, begin, back, again=back)

    @Slot(object)
    def _read_so(self, choices: ReadingChoices) -> None:
        self._do(
            tr("A setting of the library was changed."),
            ReadFoldersSo(choices),
            lambda: ReadFoldersSo(self._reader.reading_choices()),
        )

    @Slot(object)
    def _compute_so(self, choices: ComputingChoices) -> None:
        self._do(
            tr("How hard the computer works was changed."),
            ComputeSo(choices),
            lambda: ComputeSo(self._reader.computing_choices()),
        )

    @Slot(object)
    def _choose_theme(self, theme: ThemeChoice) -> None:
        self._theme = theme
        self.theme_chosen.emit(theme)

    @Slot(str)
    def _choose_language(self, tag: str) -> None:
        self._language = tag

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
        ask = self._telling_truth(asking(self._client, command))

        def step(ended: Ended) -> None:
            def end(outcome: Outcome) -> None:
                if self._asked.get(type(command)) is command:
                    del self._asked[type(command)]
                ended(outcome)

            self._asked[type(command)] = command
            ask(end)

        return step

    def _telling_truth(self, step: Step) -> Step:
        """The same step; whatever comes of it, the page shows what is so then."""

        def begin(ended: Ended) -> None:
            def end(outcome: Outcome) -> None:
                self._show_truth()
                ended(outcome)

            step(end)

        return begin

    def _show_truth(self) -> None:
        self.page.show_reading(self._reader.reading_choices(), self._reader.skipped())
        self.page.show_folders(self._reader.folders())
        self.page.computing.show_computing(self._reader.computing_choices())
        self.page.computing.offer_battery(has_battery())
