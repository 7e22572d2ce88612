"""The versions of what was learned: which one searches, their reports, and their way to a file and back."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QMessageBox

from guie_desktop.domain import HeadState
from guie_desktop.gui.file_names import readable_path
from guie_desktop.gui.flow import Flow
from guie_desktop.gui.window import MainWindow
from guie_desktop.gui.worker_client import WorkerClient
from guie_desktop.messages import (
    Event,
    ExportHead,
    Failed,
    Heads,
    ImportHead,
    Learned,
    ListHeads,
    ReadReport,
    UseHead,
)

_SUFFIX = "guie-head"
_HEAD_FILES = f"What was learned (*.{_SUFFIX});;All files (*)"


class HeadFlow(Flow):
    """What the page of versions does."""

    changed = Signal()
    """Another head searches now."""
    report_read = Signal(object)

    def __init__(self, window: MainWindow, client: WorkerClient) -> None:
        super().__init__(window)
        self._window, self._client = window, client
        self.heads: tuple[HeadState, ...] = ()
        window.heads.use_asked.connect(self.use)
        window.heads.report_asked.connect(self.read_report)
        window.heads.export_asked.connect(self.export)
        window.heads.import_asked.connect(self.choose_import)
        window.report.use_asked.connect(self.use)
        window.report.general_asked.connect(lambda: self.use(0))
        window.report.export_asked.connect(self._export_by_id)

    @property
    def in_use(self) -> HeadState | None:
        """The head that searches now; None while it is not known."""
        return next((head for head in self.heads if head.in_use), None)

    @property
    def is_personal(self) -> bool:
        """Whether search goes by what was learned from albums."""
        return self.in_use is not None and self.in_use.id != 0

    def refresh(self) -> None:
        """Ask the worker how things stand."""
        self._client.ask(ListHeads, self.take)

    @Slot(object)
    def take(self, event: Event) -> None:
        """The worker's answer, or its news."""
        if isinstance(event, Failed) and self._window.heads.isVisible():
            self.refuse(event)
        if not isinstance(event, Heads):
            return
        before = self.in_use
        self.heads = event.heads
        self._window.heads.show_heads(event.heads)
        self.show_use()
        after = self.in_use
        if before is not None and after is not None and before.id != after.id:
            name = f"“{after.title}”" if after.id else "the general ranking"
            self._window.tasks.show_message(f"Search goes by {name} now.")
            self.changed.emit()

    def show_use(self) -> None:
        """Say on the left side and in the report which head searches."""
        learned = any(head.id for head in self.heads)
        self._window.sidebar.learn.show_head(self.in_use, others=learned)
        in_use = self.in_use.id if self.in_use is not None else 0
        self._window.report.show_use(in_use, {head.id for head in self.heads})

    @Slot(int)
    def use(self, head_id: int) -> None:
        """Search with this head; 0 is the general one."""
        self._client.ask(partial(UseHead, head_id=head_id), self._take_or_tell)

    @Slot(int)
    def read_report(self, head_id: int) -> None:
        """Read how a head was tested; report_read follows."""

        def answered(event: Event) -> None:
            if isinstance(event, Learned):
                self.report_read.emit(event.report)
            elif isinstance(event, Failed):
                self.refuse(event)

        self._client.ask(partial(ReadReport, head_id=head_id), answered)

    @Slot(object)
    def export(self, head: HeadState) -> None:
        """Ask what goes into the file, and where it goes."""
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Export “{head.title}”?")
        box.setInformativeText(
            "The file holds what was learned and how it was tested. It holds no photos, but whoever has it can tell "
            "what kinds of photos were told apart."
        )
        with_names = QCheckBox("Include the names of the albums")
        box.setCheckBox(with_names)
        accept = box.addButton("Choose a file…", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        accept.clicked.connect(lambda: self._choose_export(head, with_names.isChecked()))
        box.open()

    @Slot()
    def choose_import(self) -> None:
        """Let the user choose a file that holds a head."""
        dialog = QFileDialog(self._window, "Import what was learned elsewhere", str(Path.home()), _HEAD_FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._import)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose_export(self, head: HeadState, with_names: bool) -> None:
        name = "".join(sign if sign.isalnum() or sign in " -_," else "_" for sign in head.title).strip() or "albums"
        dialog = QFileDialog(self._window, "Export what was learned", str(Path.home() / name), _HEAD_FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(_SUFFIX)
        dialog.fileSelected.connect(lambda path: self._export(head, Path(path), with_names=with_names))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _export(self, head: HeadState, path: Path, *, with_names: bool) -> None:
        def answered(event: Event) -> None:
            self._take_or_tell(event)
            if isinstance(event, Heads):
                self._window.tasks.show_message(f"Written to {readable_path(path)}.")

        self._client.ask(partial(ExportHead, head_id=head.id, path=path, with_names=with_names), answered)

    @Slot(int)
    def _export_by_id(self, head_id: int) -> None:
        for head in self.heads:
            if head.id == head_id:
                self.export(head)

    @Slot(str)
    def _import(self, name: str) -> None:
        known = {head.id for head in self.heads}

        def answered(event: Event) -> None:
            self._take_or_tell(event)
            new = [head for head in self.heads if head.id not in known]
            if isinstance(event, Heads) and new:
                self._window.tasks.show_message(f"“{new[0].title}” was added. Choose Use to search with it.")

        self._client.ask(partial(ImportHead, path=Path(name)), answered)

    def _take_or_tell(self, event: Event) -> None:
        if isinstance(event, Failed):
            self.refuse(event)
        else:
            self.take(event)
