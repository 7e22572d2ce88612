"""What the worker does about parts of photos."""

from guie_desktop.jobs.looking_inside import parts_cost, parts_held
from guie_desktop.messages import EstimateParts, ForgetParts, LookInside, PartsHeld, ReadParts
from guie_desktop.worker.desk import Desk
from guie_desktop.worker.later import Later

PartCommand = EstimateParts | LookInside | ForgetParts | ReadParts


def answer(desk: Desk, command: PartCommand) -> PartsHeld | Later:
    """Answer at once, or by a trial; OSError where another process keeps the file that is to go."""
    match command:
        case EstimateParts(which):
            return Later(parts_cost(desk.library, which), is_ahead=True)
        case LookInside(which):
            desk.library.choices.look_into([*desk.library.choices.looked_into, which])
            desk.inside.start_anew()
        case ForgetParts():
            desk.library.forget_parts()
            desk.inside.start_anew()
        case ReadParts():
            pass
    return parts_held(desk.library)
