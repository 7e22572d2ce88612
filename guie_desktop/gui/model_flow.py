"""Choosing the backbone: the page, the offer of a better one, and what is asked of the worker."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox

from guie_desktop.domain import WEIGHT_SUFFIXES, DeviceChoice, IndexReport, ModelState
from guie_desktop.gui.file_names import file_filter
from guie_desktop.gui.flow import Flow
from guie_desktop.gui.model_text import offer_text
from guie_desktop.gui.progress_text import size_text
from guie_desktop.gui.window import MainWindow
from guie_desktop.gui.worker_client import WorkerClient
from guie_desktop.messages import AddWeights, Event, Failed, ListModels, Models, Progress, Stage, UseDevice, UseModel

_WEIGHT_FILES = file_filter("Weights", WEIGHT_SUFFIXES)
_LARGE = 100_000_000
"""Bytes from which on a download is confirmed."""
_LOOK_AGAIN_MS = 3000
"""Between two looks at how far a switch is; counting a large library takes the worker a moment."""
_WORTH_AN_OFFER = 100
"""Photos; a smaller library is found well enough with any model."""


class ModelFlow(Flow):
    """What the page of models does."""

    def __init__(self, window: MainWindow, client: WorkerClient, *, offered: bool) -> None:
        super().__init__(window)
        self._window, self._client = window, client
        self._photos = 0
        self._measured: tuple[ModelState, ...] = ()
        self.models: tuple[ModelState, ...] = ()
        self.offered = offered
        """Whether the user was offered a better model, ever."""
        self._may_offer = False
        self._wanted = ""
        """What was chosen, until the worker has begun with it."""
        self._stage: Stage | None = None
        self._look_again = QTimer(self, singleShot=True, interval=_LOOK_AGAIN_MS)
        view = window.models
        view.use_asked.connect(self.use)
        view.give_up_asked.connect(self.give_up)
        view.device_chosen.connect(self.use_device)
        view.add_asked.connect(self.choose_file)
        view.add_folder_asked.connect(self.choose_folder)

    @property
    def in_use(self) -> ModelState | None:
        """The backbone that searches now."""
        return next((model for model in self.models if model.in_use), None)

    def refresh(self, *, measure: bool = False) -> None:
        """Ask the worker how things stand; `measure` tries this computer's speed."""
        self._client.ask(partial(ListModels, measure=measure and not self._measured), self.take)

    def set_photos(self, photos: int) -> None:
        """The library has so many photos."""
        if photos != self._photos:
            self._photos = photos
            self._show()
            self._offer()

    @Slot(object)
    def take(self, event: Event) -> None:
        """The worker's answer, or its news."""
        if isinstance(event, Failed) and self._window.models.isVisible():
            self.refuse(event)
        if not isinstance(event, Models):
            return
        before, installed = self.in_use, {model.name for model in self.models if model.installed}
        if any(model.photos_per_second for model in event.models):
            self._measured = event.models
        if any(model.coming or (model.in_use and model.name == self._wanted) for model in event.models):
            self._wanted = ""
        known = {model.name: model for model in self._measured}
        self.models = tuple(self._as_known(model, known.get(model.name)) for model in event.models)
        self._show()
        self._window.models.show_devices(event.devices, event.device)
        if before is not None and self.in_use is not None and before.name != self.in_use.name:
            self._window.tasks.show_message(f"{self.in_use.title} is in use now.")
            return
        arrived = [model for model in self.models if model.installed and model.name not in installed]
        if installed and arrived and not arrived[0].coming:
            self._window.tasks.show_message(f"{arrived[0].title} was added. Choose Use to search with it.")

    def note_progress(self, progress: Progress) -> None:
        """While the page is open it follows a running switch."""
        if progress.stage != self._stage or not self._look_again.isActive():
            self._stage = progress.stage
            if self._window.models.isVisible():
                self._look_again.start()
                self.refresh()

    def job_ended(self, report: IndexReport | None) -> None:
        """A job is over: a switch (no report), or one that may have made the library worth an offer."""
        self._stage = None
        if report is None:
            self._wanted = ""
        elif report.added:
            self._may_offer = True
            self._offer()
        self.refresh()

    def _offer(self) -> None:
        """Say once that there is a better backbone for this computer."""
        if not self._may_offer or self.offered or self._photos <= _WORTH_AN_OFFER:
            return
        self._may_offer = False

        def then(event: Event) -> None:
            self.take(event)
            best = next((model for model in self.models if model.recommended), None)
            if self.offered or best is None or best.in_use or best.coming:
                return
            self.offered = True
            self._window.offer.tell(*offer_text(best, self._photos))

        self._client.ask(partial(ListModels, measure=not self._measured), then)

    @Slot(object)
    def use(self, model: ModelState) -> None:
        """Take a backbone; a large download is confirmed first."""
        if model.installed or model.download_bytes < _LARGE:
            self._use(model.name)
            return
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Download {size_text(model.download_bytes)} for {model.title}?")
        box.setInformativeText(
            "It comes from the Hugging Face Hub; nothing about your photos is sent. Search goes on with the present "
            "model until all photos are prepared. You can pause, stop and go back at any time."
        )
        accept = box.addButton("Download and use", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        accept.clicked.connect(lambda: self._use(model.name))
        box.open()

    @Slot(str)
    def use_device(self, device: DeviceChoice) -> None:
        """Run networks there."""
        self._client.ask(partial(UseDevice, device=device), self.take)

    @Slot()
    def give_up(self) -> None:
        """Stay with the backbone in use."""
        if self.in_use is not None:
            self._use(self.in_use.name)

    @Slot()
    def choose_file(self) -> None:
        """Let the user choose a file of weights."""
        dialog = QFileDialog(self._window, "Add a model's weights", str(Path.home()), _WEIGHT_FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._open(dialog)

    @Slot()
    def choose_folder(self) -> None:
        """Let the user choose a folder that holds weights."""
        dialog = QFileDialog(self._window, "Add a folder with a model's weights", str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open(dialog)

    @Slot(str)
    def add_file(self, name: str) -> None:
        """Give the worker a file or folder of weights; Models or Failed follows."""
        self._client.ask(partial(AddWeights, path=Path(name)))

    def _open(self, dialog: QFileDialog) -> None:
        dialog.fileSelected.connect(self.add_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _use(self, name: str) -> None:
        self._window.offer.dismiss()
        self._wanted = name
        self._client.ask(partial(UseModel, name=name))
        self.models = tuple(replace(model, coming=model.name == name and not model.in_use) for model in self.models)
        self._show()
        self.refresh()

    def _as_known(self, model: ModelState, tried: ModelState | None) -> ModelState:
        """The model as it stands, with what an earlier trial of the speed said and what was asked for since."""
        wanted = model.name == self._wanted and not model.in_use
        model = replace(model, coming=model.coming or wanted)
        if tried is None:
            return model
        return replace(model, photos_per_second=tried.photos_per_second, recommended=tried.recommended)

    def _show(self) -> None:
        self._window.models.show_models(self.models, self._photos)
        self._window.show_model(self.in_use)
