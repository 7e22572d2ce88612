"""What the user does to the list of shared libraries, each of which can be undone; nothing is done to them."""

from guie_desktop.domain import SharedLibrary
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.shown_asking import ShownAsking
from guie_desktop.gui.shared.shared_list import SharedList
from guie_desktop.language import tr
from guie_desktop.messages import ForgetShared, RememberShared


class SharedDeeds:
    """Asks the worker; the list shows what came of it."""

    def __init__(self, lines: SharedList, services: Services) -> None:
        self._undo = services.undo
        self._asking = ShownAsking(services, lines.show_again)

    def rename(self, shared: SharedLibrary, name: str) -> None:
        """Call a shared library otherwise here."""
        there = self._asking(RememberShared(SharedLibrary(name, shared.address)))
        sentence = tr("“{former}” is called “{name}” now.", former=shared.name, name=name)
        self._undo.do(sentence, there, self._asking(RememberShared(shared)))

    def forget(self, shared: SharedLibrary) -> None:
        """Read a shared library no more; what was taken in stays."""
        away, back = self._asking(ForgetShared(shared.address)), self._asking(RememberShared(shared))
        self._undo.do(tr("The shared library “{name}” was forgotten.", name=shared.name), away, back)
