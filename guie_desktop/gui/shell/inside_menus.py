"""Where looking into photos is offered: in the menus of folders and albums, and in that of the library."""

from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.parts.controller import PartsController
from guie_desktop.gui.shell.window import MainWindow
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.language import tr


def offer_looking_inside(window: MainWindow, services: Services) -> PartsController:
    """Join what asks for it with what does it."""
    parts = PartsController(window, services)
    window.sidebar.folders.inside_asked.connect(parts.ask_for_folder)
    window.sidebar.albums.inside_asked.connect(parts.ask_for_album)
    make_action(window, "Library", tr("Look inside all photos…"), lambda: parts.ask_for_folder(None))
    return parts
