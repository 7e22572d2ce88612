"""Every command of the contract has somebody who answers it."""

from guie_desktop import messages
from guie_desktop.messages import Command, Question, Shutdown
from guie_desktop.worker.commands import ANSWERS


def test_each_command_is_answered_by_somebody() -> None:
    told = {thing for thing in vars(messages).values() if isinstance(thing, type) and issubclass(thing, Command)}
    assert set(ANSWERS) == told - {Command, Question, Shutdown}
