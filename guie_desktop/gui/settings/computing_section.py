"""The section on which model the computer looks at photos with, and how hard it works."""

from PySide6.QtCore import Signal

from guie_desktop.computing import ComputingChoices
from guie_desktop.domain import ModelState
from guie_desktop.gui.settings.rows import ChoiceRow, Row, Section, told_by
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.language import tr
from guie_desktop.wording.computing_choices import BATTERY, share_text
from guie_desktop.workspace.machine import worker_threads


class ComputingSection(Section):
    """Takes effect at once."""

    chosen = Signal(object)
    """The ComputingChoices as the user wants them."""
    models_asked = Signal()
    """The user wants to see which models there are."""

    def __init__(self) -> None:
        models = push_button(tr("Choose…"))
        models.setAccessibleName(tr("Choose a model"))
        self.model = Row(tr("Model"), models)
        shares = ((tr("All"), "all"), (tr("Half"), "half"), (tr("A quarter"), "quarter"))
        cores = worker_threads()
        self.share = ChoiceRow(tr("Processor"), shares, lambda share: share_text(share, cores))
        on_battery = ((tr("Go on"), False), (tr("Pause"), True))
        self.battery = ChoiceRow(tr("On battery"), on_battery, told_by(BATTERY))
        super().__init__(tr("Computer"), self.model, self.share, self.battery)
        models.clicked.connect(self.models_asked)
        for row in (self.share, self.battery):
            row.chosen.connect(self._tell)
        self.show_model(None)

    def show_model(self, model: ModelState | None) -> None:
        """Name the model that answers searches; None while that is not known."""
        self.model.setVisible(model is not None)
        if model is not None:
            says = tr("{model} is in use. {good_for}", model=model.title, good_for=tr(model.good_for))
            self.model.explain(says)

    def show_computing(self, choices: ComputingChoices) -> None:
        """Show what is chosen."""
        self.share.show_value(choices.share)
        self.battery.show_value(choices.saves_battery)

    def offer_battery(self, offer: bool) -> None:
        """Where the computer has none, there is nothing to choose, unless it was chosen before."""
        self.battery.setVisible(offer or self.battery.value)

    def _tell(self) -> None:
        self.chosen.emit(ComputingChoices(self.share.value, self.battery.value))
