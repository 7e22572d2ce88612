"""What the window asks of the worker about searches that the user saves; the type in brackets is that of the answer."""

from dataclasses import dataclass

from guie_desktop.messages.commands import Command
from guie_desktop.messages.events import Done, SearchChanged, SearchSaved


@dataclass(frozen=True, slots=True)
class SaveSearch(Command[SearchSaved]):
    """Save a question, as library/kept_questions.py writes it; Failed where the name is taken."""

    name: str
    question: str


@dataclass(frozen=True, slots=True)
class RenameSearch(Command[SearchChanged]):
    """Give a search another name."""

    search_id: int
    name: str


@dataclass(frozen=True, slots=True)
class ReplaceSearch(Command[SearchChanged]):
    """Let a search ask another question."""

    search_id: int
    question: str


@dataclass(frozen=True, slots=True)
class RemoveSearch(Command[Done]):
    """Remove a search; `restore` brings it back."""

    search_id: int
    restore: bool = False
