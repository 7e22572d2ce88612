"""What the worker does about the job that runs."""

from guie_desktop.messages import Cancel, Done, Pause, Resume
from guie_desktop.worker.desk import Desk

RunningCommand = Pause | Resume | Cancel


def answer(desk: Desk, command: RunningCommand) -> Done:
    """Hold it, let it go on or end it."""
    match command:
        case Pause():
            desk.scheduler.pause(True)
        case Resume():
            desk.power.go_on()
            desk.scheduler.pause(False)
        case Cancel():
            desk.scheduler.cancel()
    return Done()
