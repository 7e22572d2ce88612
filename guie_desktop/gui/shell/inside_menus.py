"""Where looking into photos is offered: in the menus of folders and albums, in that of the library, in the settings."""

from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.parts.controller import PartsController
from guie_desktop.gui.settings.controller import SettingsController
from guie_desktop.gui.shell.window import MainWindow
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.language import tr


def offer_looking_inside(window: MainWindow, preferences: SettingsController, services: Services) -> PartsController:
    """Join what asks for it with what does it."""
    parts, section = PartsController(window, services), preferences.page.library
    window.sidebar.folders.inside_asked.connect(parts.ask_for_folder)
    window.sidebar.albums.inside_asked.connect(parts.ask_for_album)
    make_action(window, "Library", tr("Look inside all photos…"), lambda: parts.ask_for_folder(None))
    preferences.parts_asked.connect(parts.tell)
    section.forget_asked.connect(parts.ask_to_forget)
    parts.told.connect(section.show_parts)
    return parts
