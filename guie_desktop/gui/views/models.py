"""The page on which the user chooses the backbone."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from guie_desktop.domain import DeviceChoice, ModelState
from guie_desktop.gui.model_text import DEVICE_TEXTS, facts_text, standing_text, verb_text
from guie_desktop.gui.theme import GAP, TIGHT
from guie_desktop.gui.views.aside import Aside, scrolled
from guie_desktop.gui.widgets.buttons import push_button, set_words
from guie_desktop.gui.widgets.labels import plain_label


class ModelRow(QFrame):
    """One backbone: what it is good for, what is known of it, and the button that takes it."""

    use_asked = Signal(object)
    give_up_asked = Signal()

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
        self.good_for.setText(model.good_for)
        self.facts.setText(facts_text(model, photos))
        set_words(self.button, verb, has_icon=False)
        self.button.setAccessibleName(f"{verb}: {model.title}")
        self.button.setToolTip("What is prepared is kept" if model.coming else "")
        self.button.setVisible(not model.in_use)
        _set_style(self, "chosen", model.in_use)
        _set_style(self.button, "primary", model.recommended and not model.coming)

    def _tell(self) -> None:
        if self.model.coming:
            self.give_up_asked.emit()
        else:
            self.use_asked.emit(self.model)


class ModelsView(Aside):
    """All backbones, the one in use first."""

    use_asked = Signal(object)
    give_up_asked = Signal()
    add_asked = Signal()
    add_folder_asked = Signal()
    device_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(plain_label("Models", style="title"), parent)
        self.rows: list[ModelRow] = []
        self._shown: tuple[tuple[ModelState, ...], int] | None = None
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, GAP, 0)
        self._list.setSpacing(GAP)
        self._list.addStretch(1)
        holder = QWidget()
        holder.setLayout(self._list)
        self.area = scrolled(holder, "Models")
        self.add_button = push_button("Add from a file…", "open", tooltip="Weights that you copied from elsewhere")
        self.add_button.clicked.connect(self.add_asked)
        self.add_folder_button = push_button("Add from a folder…", "folder", tooltip="A folder that holds the weights")
        self.add_folder_button.clicked.connect(self.add_folder_asked)
        promise = "A model looks at your photos on this computer. What you have stays when you try another."
        self.device = QComboBox()
        self.device.setAccessibleName("Where models run")
        self.device.setToolTip("Where models run")
        self.device.activated.connect(lambda _: self.device_chosen.emit(self.device.currentData()))
        self.device.hide()
        bottom = QHBoxLayout()
        bottom.addWidget(self.device)
        bottom.addStretch(1)
        bottom.addWidget(self.add_button)
        bottom.addWidget(self.add_folder_button)
        self.column.addWidget(plain_label(promise, style="muted", wrap=True))
        self.column.addWidget(self.area, 1)
        self.column.addLayout(bottom)
        self.setFocusProxy(self.area)

    def show_models(self, models: tuple[ModelState, ...], photos: int) -> None:
        """Show these, for a library of so many photos; keyboard and mouse stay where they are."""
        if self._shown == (models, photos):
            return
        self._shown = models, photos
        if [row.model.name for row in self.rows] == [model.name for model in models]:
            for row, model in zip(self.rows, models, strict=True):
                row.show_model(model, photos)
        else:
            self._show_others(models, photos)

    def show_devices(self, devices: tuple[DeviceChoice, ...], chosen: DeviceChoice) -> None:
        """Offer the devices of this computer; where there is but one, nothing is asked."""
        self.device.clear()
        for device in ("auto", *devices):
            self.device.addItem(DEVICE_TEXTS[device], device)
        self.device.setCurrentIndex(max(0, self.device.findData(chosen)))
        self.device.setVisible(len(devices) > 1)

    def _show_others(self, models: tuple[ModelState, ...], photos: int) -> None:
        held = next((row.model.name for row in self.rows if row.button.hasFocus()), None)
        place = self.area.verticalScrollBar().value()
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [ModelRow(model, photos) for model in models]
        for position, row in enumerate(self.rows):
            row.use_asked.connect(self.use_asked)
            row.give_up_asked.connect(self.give_up_asked)
            self._list.insertWidget(position, row)
            if row.model.name == held:
                row.button.setFocus()
        self.area.verticalScrollBar().setValue(place)


def _set_style(widget: QWidget, name: str, on: bool) -> None:
    """A property that the style sheet asks for; it looks only when it is told to."""
    if widget.property(name) != on:
        widget.setProperty(name, on)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
