"""Choosing the backbone: the page, the offer of a better one, and what is asked of the worker."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from guie_desktop.domain import DeviceChoice, ModelState
from guie_desktop.file_kinds import WEIGHT_SUFFIXES
from guie_desktop.gui.backbones.page import ModelsPage
from guie_desktop.gui.backbones.wording import offer_text
from guie_desktop.gui.backend.failure_reporter import Help
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.steps import Ended, Outcome, Step, asking
from guie_desktop.gui.desktop.file_names import file_filter, readable
from guie_desktop.gui.widgets.dialogs import choose_file, choose_folder, confirm
from guie_desktop.gui.widgets.offer import Offer
from guie_desktop.language import size_text, tr, tr_noop
from guie_desktop.messages import (
    AddWeights,
    Done,
    Failed,
    JobEnded,
    ListModels,
    Models,
    Progress,
    Ready,
    Stage,
    UseDevice,
    UseModel,
)

_ADDING = "adding weights"
_LARGE = 100_000_000
"""Bytes from which on a download is confirmed."""
_LOOK_AGAIN_MS = 3000
"""Between two looks at how far a switch is; counting a large library takes the worker a moment."""
_WORTH_AN_OFFER = 100
"""Photos; a smaller library is found well enough with any model."""
_WHAT_A_DOWNLOAD_MEANS = tr_noop(
    "It comes from the Hugging Face Hub; nothing about your photos is sent. Search goes on with the present "
    "model until all photos are prepared. You can pause, stop and go back at any time."
)


class BackbonesController(QObject):
    """What the page of models does."""

    in_use_changed = Signal(object)
    """The ModelState of the backbone that searches now, or None while it is not known."""

    def __init__(
        self, page: ModelsPage, offer: Offer, services: Services, say: Callable[[str], None], *, offered: bool
    ) -> None:
        """`say` tells the user something in passing; `offered` is whether a better model was offered ever."""
        super().__init__(page)
        self.page = page
        client = services.client
        self._offer, self._client, self._reporter, self._say = offer, client, services.reporter, say
        self._undo = services.undo
        self._device: DeviceChoice = "auto"
        self._photos = 0
        self._measured: tuple[ModelState, ...] = ()
        self.models: tuple[ModelState, ...] = ()
        self.offered = offered
        self._told: ModelState | None = None
        """What was said last to be in use."""
        self._may_offer = False
        """Whether the first index is done, or another that brought photos."""
        self._is_held = False
        """Whether the user is not to be asked anything now."""
        self._wanted = ""
        """What was chosen, until the worker has begun with it."""
        self._stage: Stage | None = None
        self._look_again = QTimer(self, singleShot=True, interval=_LOOK_AGAIN_MS)
        page.use_asked.connect(self.use)
        page.cancel_asked.connect(self.cancel)
        page.device_chosen.connect(self.use_device)
        page.add_asked.connect(self.choose_file)
        page.add_folder_asked.connect(self.choose_folder)
        offer.accepted.connect(self.open)
        client.on(Ready, lambda _: self.refresh())
        client.on(Models, self.take)
        client.on(Progress, self._note_progress)
        client.on(JobEnded, self._note_end)

    @property
    def in_use(self) -> ModelState | None:
        """The backbone that searches now."""
        return next((model for model in self.models if model.in_use), None)

    @Slot()
    def open(self) -> None:
        """Show the page."""
        self.refresh(measure=True)
        self.page.open_asked.emit()

    def refresh(self, *, measure: bool = False) -> None:
        """Ask the worker how things stand; `measure` tries this computer's speed."""
        # What nobody looks at may fail unnoticed; the next look asks again.
        measure = measure and not self._measured
        self._client.ask(ListModels(measure), then=self.take, failed=self._take_refusal)

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """The library was read again, and has so many photos now."""
        if overview.counts.photos != self._photos:
            self._photos = overview.counts.photos
            self._show()
            self._offer_better()

    @Slot(bool)
    def hold_offer(self, held: bool) -> None:
        """Offer nothing while something else comes first, and what is to be offered afterwards."""
        self._is_held = held
        self._offer_better()

    def take(self, models: Models) -> None:
        """The worker's answer, or its news."""
        before, installed = self.in_use, {model.name for model in self.models if model.installed}
        if any(model.photos_per_second for model in models.models):
            self._measured = models.models
        if any(model.pending or (model.in_use and model.name == self._wanted) for model in models.models):
            self._wanted = ""
        known = {model.name: model for model in self._measured}
        self.models = tuple(self._as_known(model, known.get(model.name)) for model in models.models)
        self._show()
        self._device = models.device
        self.page.show_devices(models.devices, models.device)
        if before is not None and self.in_use is not None and before.name != self.in_use.name:
            self._say(tr("{model} is in use now.", model=self.in_use.title))
            return
        arrived = [model for model in self.models if model.installed and model.name not in installed]
        if installed and arrived and not arrived[0].pending:
            self._say(tr("{model} was added. Choose Use to search with it.", model=arrived[0].title))

    @Slot(object)
    def use(self, model: ModelState) -> None:
        """Take a backbone; a large download is confirmed first."""
        if model.installed or model.download_bytes < _LARGE:
            self._use(model.name)
            return
        confirm(
            self.page,
            tr("Download {size} for {model}?", size=size_text(model.download_bytes), model=model.title),
            tr(_WHAT_A_DOWNLOAD_MEANS),
            tr("Download and use"),
            lambda: self._use(model.name),
        )

    @Slot(str)
    def use_device(self, device: DeviceChoice) -> None:
        """Run networks there."""
        there, back = (asking(self._client, UseDevice(one), self.take) for one in (device, self._device))
        self._undo.do(tr("Where networks run was changed."), there, back)

    @Slot()
    def cancel(self) -> None:
        """Stay with the backbone in use."""
        if self.in_use is not None:
            self._use(self.in_use.name)

    @Slot()
    def choose_file(self) -> None:
        """Let the user choose a file of weights."""
        choose_file(self.page, tr("Add a model's weights"), file_filter(tr("Weights"), WEIGHT_SUFFIXES), self.add)

    @Slot()
    def choose_folder(self) -> None:
        """Let the user choose a folder that holds weights."""
        choose_folder(self.page, tr("Add a folder with a model's weights"), self.add)

    def add(self, path: Path) -> None:
        """Give the worker a file or folder of weights."""

        def refused(refusal: Failed) -> None:
            self._reporter.refuse(refusal, Help(tr("Choose another file…"), self.choose_file), _ADDING)

        def done(models: Models) -> None:
            self._reporter.over.emit(_ADDING)
            way_back = tr("This cannot be undone here: the copy in your library stays until another one replaces it.")
            self._undo.note_final(tr("{file} was added to the models.", file=readable(path.name)), way_back)
            self.take(models)

        self._client.ask(AddWeights(path), then=done, failed=refused)

    def _note_progress(self, progress: Progress) -> None:
        """While the page is open it follows a running switch."""
        if progress.stage != self._stage or not self._look_again.isActive():
            self._stage = progress.stage
            if self.page.isVisible():
                self._look_again.start()
                self.refresh()

    def _note_end(self, ended: JobEnded) -> None:
        """A job is over: a switch (no report), or one that may have made the library worth an offer."""
        self._stage = None
        if ended.report is None:
            self._wanted = ""
        elif ended.report.added:
            self._may_offer = True
            self._offer_better()
        self.refresh()

    def _offer_better(self) -> None:
        """Say once that there is a better backbone for this computer."""
        if self._is_held or not self._may_offer or self.offered or self._photos <= _WORTH_AN_OFFER:
            return
        self._may_offer = False

        def then(models: Models) -> None:
            self.take(models)
            best = next((model for model in self.models if model.recommended), None)
            if self.offered or best is None or best.in_use or best.pending:
                return
            if self._is_held:  # since the worker was asked
                self._may_offer = True
                return
            self.offered = True
            self._offer.tell(*offer_text(best, self._photos))

        self._client.ask(ListModels(measure=not self._measured), then=then, failed=self._take_refusal)

    def _use(self, name: str) -> None:
        self._offer.dismiss()
        wanted = next((model for model in self.models if model.pending), self.in_use)
        titles = {model.name: model.title for model in self.models}
        begin = self._using(name)
        if wanted is not None and wanted.name != name:
            self._undo.do(tr("{model} was chosen.", model=titles[name]), begin, self._using(wanted.name))
        else:
            begin(lambda outcome: self._reporter.refuse(outcome) if isinstance(outcome, Failed) else None)

    def _using(self, name: str) -> Step:
        """Use a backbone from when all is ready for it, or give up another one that is not ready."""

        def step(ended: Ended) -> None:
            def end(outcome: Outcome) -> None:
                if not isinstance(outcome, Done):
                    self._wanted = ""
                    self.refresh()
                ended(outcome)

            self._wanted = name
            asking(self._client, UseModel(name), self.take)(end)
            self.models = tuple(
                replace(model, pending=model.name == name and not model.in_use) for model in self.models
            )
            self._show()

        return step

    def _take_refusal(self, refusal: Failed) -> None:
        if self.page.isVisible():
            self._reporter.refuse(refusal)

    def _as_known(self, model: ModelState, tried: ModelState | None) -> ModelState:
        """The model as it stands, with what an earlier trial of the speed said and what was asked for since."""
        wanted = model.name == self._wanted and not model.in_use
        model = replace(model, pending=model.pending or wanted)
        if tried is None:
            return model
        return replace(model, photos_per_second=tried.photos_per_second, recommended=tried.recommended)

    def _show(self) -> None:
        self.page.show_models(self.models, self._photos)
        if self.in_use != self._told:
            self._told = self.in_use
            self.in_use_changed.emit(self.in_use)
