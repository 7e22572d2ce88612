"""What the worker does about backbones and the device that they run on."""

from collections.abc import Generator

from guie_desktop.embedding.assets import load_card
from guie_desktop.jobs.weight_installation import add_weights
from guie_desktop.messages import AddWeights, ListModels, Models, Progress, UseDevice, UseModel
from guie_desktop.worker.desk import Desk
from guie_desktop.worker.later import Later

ModelCommand = ListModels | UseModel | UseDevice | AddWeights


def answer(desk: Desk, command: ModelCommand) -> Models | Later:
    """Answer at once, or with a job; UserError where it cannot be done."""
    match command:
        case ListModels(measure):
            return desk.models(measure=measure)
        case UseModel(name):
            load_card(name)  # told at once where it is unknown
            desk.library.plan_switch(name)
            desk.switch_to(name)
            return desk.models()
        case UseDevice(device):
            desk.library.run_on(device)
            return desk.models()
        case AddWeights():
            return Later(_adding(desk, command))


def _adding(desk: Desk, command: AddWeights) -> Generator[Progress, None, Models]:
    yield from add_weights(desk.library.paths, command.path, command.name)
    return desk.models()
