"""Copies the chosen photos to a folder: asks how, asks once what of names that are taken, and tells what came of it."""

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from guie_desktop.domain import Photo
from guie_desktop.filing import ExportChoices, WhereTaken, name_by
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.desktop.file_names import readable, readable_path
from guie_desktop.gui.filing.export_dialog import ExportDialog
from guie_desktop.gui.widgets.dialogs import inform
from guie_desktop.language import ntr, tr, tr_noop
from guie_desktop.messages import Export, Exported
from guie_desktop.wording.filing import exported_lines, exported_sentence

_SHOWN = 3
"""Photos of which the dialog shows the names."""
_TAKEN: tuple[tuple[str, WhereTaken], ...] = (
    (tr_noop("Keep both"), "both"),
    (tr_noop("Skip"), "skip"),
    (tr_noop("Replace"), "replace"),
)


class ExportController(QObject):
    """One export after the other; the worker does it."""

    def __init__(self, window: QWidget, services: Services, choices: ExportChoices) -> None:
        """Dialogs open over the window; `choices` are those of the last time."""
        super().__init__(window)
        self._window, self._client, self._reader = window, services.client, services.reader
        self._background, self._reporter, self._undo = services.background, services.reporter, services.undo
        self.choices = choices
        services.client.on(Exported, self._tell)  # it was cancelled

    def begin(self, ids: Sequence[int], title: str) -> None:
        """Ask how these photos are to be copied; `title` is that of where they are shown."""

        def read() -> list[Photo]:
            found = self._reader.photos(ids[:_SHOWN])
            return [found[one] for one in ids[:_SHOWN] if one in found]

        def ask(photos: list[Photo]) -> None:
            if photos:
                dialog = ExportDialog(photos, len(ids), title, self.choices, self._window)
                dialog.wanted.connect(lambda choices: self._look(ids, choices))
                dialog.open()

        self._background.run(read, ask, self._reporter.report)

    def _look(self, ids: Sequence[int], choices: ExportChoices) -> None:
        """Ask what of the names that are taken, if there are any."""
        self.choices = choices
        folders = [folder.path for folder in self._reader.folders()]

        def look() -> tuple[int, bool]:
            real = Path(os.path.realpath(choices.folder))
            photos = self._reader.photos(ids)
            taken = taken_names([photos[one] for one in ids if one in photos], choices)
            return taken, any(real.is_relative_to(folder) for folder in folders)

        def then(found: tuple[int, bool]) -> None:
            taken, in_library = found
            if taken:
                self._ask_of_taken(ids, choices, taken, may_replace=not in_library)
            else:
                self._send(ids, choices)

        self._background.run(look, then, self._reporter.report)

    def _ask_of_taken(self, ids: Sequence[int], choices: ExportChoices, taken: int, *, may_replace: bool) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(
            ntr(
                "{number} file of the same name is in {folder}.",
                "{number} files of the same name are in {folder}.",
                taken,
                folder=readable_path(choices.folder),
            )
        )
        sentences = [ntr("What is to become of it?", "What is to become of them?", taken)]
        if not may_replace:
            sentences.append(tr("The folder is in your library, where nothing is replaced."))
        box.setInformativeText(" ".join(sentences))
        for text, where_taken in _TAKEN:
            if where_taken == "replace" and not may_replace:
                continue
            button = box.addButton(tr(text), QMessageBox.ButtonRole.AcceptRole)
            button.clicked.connect(partial(self._send, ids, replace(choices, where_taken=where_taken)))
            if where_taken == "both":
                box.setDefaultButton(button)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.open()

    def _send(self, ids: Sequence[int], choices: ExportChoices, _checked: bool = False) -> None:
        self._client.ask(Export(tuple(ids), choices), then=self._tell)

    def _tell(self, done: Exported) -> None:
        sentence = readable(exported_sentence(done))
        if done.copied:
            way_back = tr(
                "This cannot be undone here: remove the copies in {folder}.", folder=readable_path(done.folder)
            )
            self._undo.note_final(sentence, way_back)
        else:
            self._undo.say(sentence)
        if done.left or done.trouble:
            lines = [readable(line) for line in exported_lines(done)]
            text = readable(tr(done.trouble)) or tr("What could not be copied is in the list.")
            inform(self._window, sentence, text, lines)


def taken_names(photos: Sequence[Photo], choices: ExportChoices) -> int:
    """How many of the copies would have the name of a file that is there. For a thread."""
    try:
        there = {name.casefold() for name in os.listdir(choices.folder)}  # noqa: PTH208 - compared as names
    except OSError:
        return 0  # not there yet, or else the worker tells why not
    number, taken = len(photos), set()
    for place, photo in enumerate(photos, start=1):
        stem = name_by(choices.names, photo.path, photo.taken, number=place, of=number, title=choices.title)
        name = (stem + (photo.path.suffix if choices.size is None else ".jpg")).casefold()
        if name in there:
            taken.add(name)
    return len(taken)
