"""What the user does to saved searches, each of which can be undone."""

from collections.abc import Callable
from functools import partial

from guie_desktop.domain import SavedSearch
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.shown_asking import ShownAsking
from guie_desktop.gui.backend.steps import Ended
from guie_desktop.gui.saved.search_list import SearchList
from guie_desktop.language import tr
from guie_desktop.messages import Command, RemoveSearch, RenameSearch, ReplaceSearch, SaveSearch, SearchChanged


class SearchDeeds:
    """Asks the worker; the list shows what came of it."""

    def __init__(self, lines: SearchList, services: Services) -> None:
        self._undo = services.undo
        self._asking = ShownAsking(services, lines.show_again)

    def save(self, name: str, question: str, then: Callable[[int], object] = lambda _: None) -> None:
        """Save a question under a name; `then` gets the id of the search."""
        made: list[int] = []

        def note(search_id: int) -> None:
            made.append(search_id)
            then(search_id)

        def bring(ended: Ended, *, back: bool) -> None:
            self._asking(RemoveSearch(made[0], restore=back))(ended)

        self._undo.do(
            tr("The search “{name}” was saved.", name=name),
            self._asking(SaveSearch(name, question), lambda saved: note(saved.search_id)),
            revert=partial(bring, back=False),
            again=partial(bring, back=True),
        )

    def rename(self, search: SavedSearch, name: str) -> None:
        """Give a search another name."""
        sentence = tr("“{former}” is called “{name}” now.", former=search.name, name=name)
        self._exchange(sentence, partial(RenameSearch, search.id), name)

    def replace(self, search: SavedSearch, question: str) -> None:
        """Let a search ask another question."""
        sentence = tr("The search “{name}” was changed.", name=search.name)
        self._exchange(sentence, partial(ReplaceSearch, search.id), question)

    def remove(self, search: SavedSearch) -> None:
        """Remove a search, and nothing that it finds."""
        away, back = (self._asking(RemoveSearch(search.id, restore=restore)) for restore in (False, True))
        self._undo.do(tr("The search “{name}” was removed.", name=search.name), away, back)

    def _exchange(self, sentence: str, command: Callable[[str], Command[SearchChanged]], value: str) -> None:
        """Give a search another value, and the former one back."""
        former: list[str] = []

        def back(ended: Ended) -> None:
            self._asking(command(former[0]))(ended)

        there = self._asking(command(value), lambda changed: former.insert(0, changed.former))
        self._undo.do(sentence, there, back)
