"""Which shared libraries the user reads: their names and addresses."""

from collections.abc import Iterable
from itertools import chain, count

from guie_desktop.domain import SharedLibrary
from guie_desktop.errors import UserError
from guie_desktop.library.album_names import album_name, name_key
from guie_desktop.library.choices import Choices
from guie_desktop.sentences import Sentence


class SharedLibraries:
    """Those of one library; each change is one transaction."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices

    def all(self) -> tuple[SharedLibrary, ...]:
        """By name."""
        return tuple(sorted(self._choices.shared, key=lambda one: name_key(one.name)))

    def named(self, name: str) -> SharedLibrary:
        """The one of this name, whatever its case, or of this address; UserError where there is none."""
        key = name_key(album_name(name))
        found = next((one for one in self.all() if key == name_key(one.name) or name == one.address), None)
        if found is None:
            raise UserError(
                Sentence("There is no shared library {name} here.", name=name), "See what there is.", "shared list"
            )
        return found

    def name_of(self, address: str) -> str | None:
        """What the one of this address is called, where it is known."""
        return next((one.name for one in self.all() if one.address == address), None)

    def free_name(self, name: str) -> str:
        """The name itself, with a number where another one has it."""
        taken = {name_key(one.name) for one in self.all()}
        names = chain((name,), (f"{name} {number}" for number in count(2)))
        return next(one for one in names if name_key(one) not in taken)

    def add(self, name: str, address: str) -> SharedLibrary:
        """Remember one; that of an address that is known already gets this name. UserError where it is another's."""
        cleaned = album_name(name)
        if not cleaned:
            raise UserError("A shared library needs a name.", "Give it one.")
        others = [one for one in self.all() if one.address != address]
        if any(name_key(one.name) == name_key(cleaned) for one in others):
            raise UserError(
                Sentence("There is a shared library named {name} already.", name=cleaned), "Choose another name."
            )
        added = SharedLibrary(cleaned, address)
        self._keep([*others, added])
        return added

    def forget(self, shared: SharedLibrary) -> None:
        """Read it no more; photos that were taken in stay, with all that was said of them."""
        self._keep(one for one in self.all() if one.address != shared.address)

    def _keep(self, shared: Iterable[SharedLibrary]) -> None:
        self._choices.keep_shared(tuple(shared))
