"""What the worker does when it is asked for look-alikes."""

from guie_desktop.messages import Cancelled, Found, Search
from guie_desktop.search.query_vector import Withdrawn
from guie_desktop.worker.desk import Desk

SearchCommand = Search


def answer(desk: Desk, command: SearchCommand) -> Found | Cancelled:
    """The answer, Cancelled where it was withdrawn meanwhile; UserError where a file cannot be read."""
    try:
        return Found(desk.library.search_engine.answer(command.query, desk.is_waited_for))
    except Withdrawn:
        return Cancelled()
