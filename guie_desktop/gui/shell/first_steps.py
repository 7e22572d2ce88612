"""Joins what a new user is told with what is on screen, what is looked for, and the offer of a better model."""

from guie_desktop.gui.backbones.controller import BackbonesController
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.browsing.controller import BrowsingController
from guie_desktop.gui.search.state import SearchState
from guie_desktop.gui.shell.window import MainWindow
from guie_desktop.gui.welcome.controller import WelcomeController
from guie_desktop.settings import Settings


def join_first_steps(
    window: MainWindow,
    browsing: BrowsingController,
    search: SearchState,
    backbones: BackbonesController,
    services: Services,
    *,
    settings: Settings,
) -> WelcomeController:
    """Let a new user find photos on the screen, and then what can be done with them; one thing after the other."""
    welcome = WelcomeController(
        window.welcome,
        window.hint,
        services.background,
        settings,
        shown_page=window.pages.currentWidget,
        photos=window.browsing,
        hits=window.found,
        gives_way_to=(window.banner, window.offer, window.learned),
    )
    window.welcome.pictures_asked.connect(lambda folder: browsing.add_folders((folder,)))
    services.reporter.failed.connect(window.welcome.show_idle)
    search.asked.connect(welcome.note_question)
    welcome.held.connect(backbones.hold_offer)
    return welcome
