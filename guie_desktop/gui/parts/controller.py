"""Looking into photos: what it takes is told before it begins, and it can be forgotten."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.domain import Album
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.widgets.dialogs import confirm, inform
from guie_desktop.language import tr
from guie_desktop.messages import EstimateParts, Failed, ForgetParts, LookInside, PartsCost, PartsHeld, ReadParts
from guie_desktop.wording.parts import cost_text


class PartsController(QObject):
    """What the menus of folders and albums ask for, and the row in the settings."""

    told = Signal(object)
    """PartsHeld: how far it is now."""

    def __init__(self, window: QWidget, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._client, self._undo, self._reporter = services.client, services.undo, services.reporter
        self._tries = False
        """Whether an answer is on its way, so that the next question waits."""
        services.client.on(PartsHeld, self.told.emit)

    @Slot()
    def tell(self) -> None:
        """Ask how far it is."""
        self._client.ask(ReadParts(), then=self.told.emit)

    @Slot(object)
    def ask_for_folder(self, folder: Path | None) -> None:
        """Offer to look into the photos of a folder, or of all."""
        if folder is None:
            self._try(EVERYTHING, tr("Look inside all photos?"))
        else:
            name = readable(folder.name or str(folder))
            self._try(Filter(folder=folder), tr("Look inside the photos in {folder}?", folder=name))

    @Slot(object)
    def ask_for_album(self, album: Album) -> None:
        """Offer to look into the photos of an album."""
        question = tr("Look inside the photos of the album “{album}”?", album=album.name)
        self._try(Filter(albums=(album.id,)), question)

    @Slot()
    def ask_to_forget(self) -> None:
        """Offer to let go of all parts."""
        confirm(
            self._window,
            tr("Forget the parts of your photos?"),
            tr("Photos are found as a whole again, and the room on the disk is free. Your photos are not touched."),
            tr("Forget"),
            self._forget,
        )

    def _try(self, which: Filter, question: str) -> None:
        """Have a few photos tried, and ask with what that says; meanwhile the line of jobs tells of it."""
        if self._tries:
            return
        self._tries = True

        def tried(cost: PartsCost) -> None:
            self._tries = False
            self._offer(question, cost)

        def refused(refusal: Failed) -> None:
            self._tries = False
            self._reporter.refuse(refusal)

        def cancelled() -> None:
            self._tries = False

        self._client.ask(EstimateParts(which), then=tried, failed=refused, cancelled=cancelled)

    def _offer(self, question: str, cost: PartsCost) -> None:
        if not cost.photos or cost.bytes >= cost.free:
            inform(self._window, question, cost_text(cost), ())
            return
        meaning = tr(
            "From then on, a search also finds photos by what is small in them, such as a sign or a cup. It is done "
            "while nothing else is to do, for photos that are added later, too. The settings let you take it back."
        )
        confirm(
            self._window,
            question,
            f"{cost_text(cost)}\n\n{meaning}",
            tr("Look inside"),
            lambda: self._client.ask(LookInside(cost.which), then=self.told.emit),
            is_default=True,
        )

    def _forget(self) -> None:
        def forgotten(held: PartsHeld) -> None:
            self.told.emit(held)
            way_back = tr("This cannot be undone; they are made again when you choose so.")
            self._undo.note_final(tr("The parts of your photos were forgotten."), way_back)

        self._client.ask(ForgetParts(), then=forgotten)
