"""What the worker does when it is asked for look-alikes."""

from guie_desktop.messages import Found, Search
from guie_desktop.worker.desk import Desk

SearchCommand = Search


def answer(desk: Desk, command: SearchCommand) -> Found:
    """The answer; UserError where a file cannot be read or nothing can be found."""
    return Found(desk.library.search_engine.answer(command.query))
