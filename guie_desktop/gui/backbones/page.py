"""The page on which the user chooses the backbone."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from guie_desktop.domain import DeviceChoice, ModelState
from guie_desktop.gui.backbones.wording import DEVICE_TEXTS, facts_text, standing_text, verb_text
from guie_desktop.gui.look.style_sheet import set_style
from guie_desktop.gui.look.theme import TIGHT
from guie_desktop.gui.widgets.buttons import push_button, set_words
from guie_desktop.gui.widgets.choice_box import ChoiceBox
from guie_desktop.gui.widgets.flowing import Flowing
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.overlay_page import OverlayPage
from guie_desktop.gui.widgets.row_list import RowList
from guie_desktop.language import tr


class ModelRow(QFrame):
    """One backbone: what it is good for, what is known of it, and the button that takes it."""

    use_asked = Signal(object)
    cancel_asked = Signal()

    def __init__(self, model: ModelState, photos: int) -> None:
        super().__init__()
        self.model = model
        self.setObjectName("model_row")
        self.title = plain_label(style="heading", wrap=True)
        self.standing = plain_label(style="accent", wrap=True)
        self.good_for = plain_label(wrap=True)
        self.facts = plain_label(style="muted", wrap=True)
        self.button = push_button("")
        self.button.clicked.connect(self._tell)
        texts = QVBoxLayout()
        texts.setSpacing(TIGHT)
        for label in (self.title, self.standing, self.good_for, self.facts):
            texts.addWidget(label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(12)
        layout.addLayout(texts, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_model(model, photos)

    def show_model(self, model: ModelState, photos: int) -> None:
        """Say how it stands now."""
        self.model = model
        standing, verb = standing_text(model, photos), verb_text(model, photos)
        self.title.setText(model.title)
        self.standing.setText(standing)
        self.standing.setVisible(bool(standing))
        self.good_for.setText(tr(model.good_for))
        self.facts.setText(facts_text(model, photos))
        set_words(self.button, verb, has_icon=False)
        self.button.setAccessibleName(f"{verb}: {model.title}")
        self.button.setToolTip(tr("What is prepared is kept") if model.pending else "")
        self.button.setVisible(not model.in_use)
        set_style(self, "chosen", model.in_use)
        set_style(self.button, "primary", model.recommended and not model.pending)

    def _tell(self) -> None:
        if self.model.pending:
            self.cancel_asked.emit()
        else:
            self.use_asked.emit(self.model)


class ModelsPage(OverlayPage):
    """All backbones, the one in use first, then the one that is recommended."""

    use_asked = Signal(object)
    cancel_asked = Signal()
    add_asked = Signal()
    add_folder_asked = Signal()
    device_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(plain_label(tr("Models"), style="title"), parent)
        self.rows: list[ModelRow] = []
        self._wanted: tuple[tuple[ModelState, ...], int] = (), 0
        self._shown: tuple[tuple[ModelState, ...], int] = (), 0
        self.area = RowList(tr("Models"))
        self.add_button = push_button(
            tr("Add from a file…"), "open", tooltip=tr("Weights that you copied from elsewhere")
        )
        self.add_button.clicked.connect(self.add_asked)
        self.add_folder_button = push_button(
            tr("Add from a folder…"), "folder", tooltip=tr("A folder that holds the weights")
        )
        self.add_folder_button.clicked.connect(self.add_folder_asked)
        promise = tr("A model looks at your photos on this computer. What you have stays when you try another.")
        self.device = ChoiceBox(tr("Where models run"))
        self.device.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.device.activated.connect(lambda _: self.device_chosen.emit(self.device.currentData()))
        self.device.hide()
        self.column.addWidget(plain_label(promise, style="muted", wrap=True))
        self.column.addWidget(self.area, 1)
        choices = (self.device, self.add_button, self.add_folder_button)
        self.column.addLayout(Flowing(*choices, where=Qt.AlignmentFlag.AlignRight))
        self.begin_at(self.area)

    def show_models(self, models: tuple[ModelState, ...], photos: int) -> None:
        """Show these, for a library of so many photos; keyboard and mouse stay where they are."""
        if self.isVisible():
            # Nothing changes its place under the mouse: the order is made anew when the page is opened again.
            order = {row.model.name: place for place, row in enumerate(self.rows)}
            models = tuple(sorted(models, key=lambda model: order.get(model.name, len(order))))
        else:
            models = tuple(sorted(models, key=lambda model: (not model.in_use, not model.recommended)))
        self._wanted = models, photos
        if self.isVisible():
            self._bring_up_to_date()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now are rows made: each time that the worker tells of models costs nothing while nobody looks."""
        self._bring_up_to_date()
        super().showEvent(event)

    def _bring_up_to_date(self) -> None:
        if self._shown == self._wanted:
            return
        self._shown = models, photos = self._wanted
        if [row.model.name for row in self.rows] == [model.name for model in models]:
            for row, model in zip(self.rows, models, strict=True):
                row.show_model(model, photos)
        else:
            self._show_others(models, photos)

    def show_devices(self, devices: tuple[DeviceChoice, ...], chosen: DeviceChoice) -> None:
        """Offer the devices of this computer; where there is but one, nothing is asked."""
        self.device.clear()
        for device in ("auto", *devices):
            self.device.addItem(tr(DEVICE_TEXTS[device]), device)
        self.device.setCurrentIndex(max(0, self.device.findData(chosen)))
        self.device.setVisible(len(devices) > 1)

    def _show_others(self, models: tuple[ModelState, ...], photos: int) -> None:
        held = next((row.model.name for row in self.rows if row.button.hasFocus()), None)
        self.rows = [ModelRow(model, photos) for model in models]
        self.area.show_rows(self.rows)
        for row in self.rows:
            row.use_asked.connect(self.use_asked)
            row.cancel_asked.connect(self.cancel_asked)
            if row.model.name == held:
                row.button.setFocus()
