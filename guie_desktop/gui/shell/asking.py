"""Joins what is looked for with filters, saved searches, the left side and what is browsed."""

from pathlib import Path

from guie_desktop.domain import ALL_PHOTOS, Place
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.browsing.controller import BrowsingController
from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.filters.controller import FiltersController
from guie_desktop.gui.saved.controller import SavedSearchesController
from guie_desktop.gui.search.controller import SearchController
from guie_desktop.gui.shell.window import MainWindow
from guie_desktop.language import tr
from guie_desktop.question import Scope


def join_asking(
    window: MainWindow,
    search: SearchController,
    filters: FiltersController,
    browsing: BrowsingController,
    services: Services,
) -> SavedSearchesController:
    """Let each follow the others; the controller of saved searches is made for that."""
    sidebar = window.sidebar
    search.state.asked.connect(sidebar.show_question)
    search.state.asked.connect(lambda question: filters.show(question.which))
    for filtered in (browsing, search.state):
        filters.changed.connect(filtered.filter_by)
    saved = SavedSearchesController(
        window,
        sidebar.searches,
        window.search.save_button,
        search=search,
        filters=filters,
        browsing=browsing,
        services=services,
    )

    def go_to(scope: Scope) -> None:
        place = Place(album_id=scope) if isinstance(scope, int) else None
        if scope is not None and not isinstance(scope, int):
            place = sidebar.folders.place_of(scope)
        sidebar.go_to(place or ALL_PHOTOS)

    def look_in(folder: Path) -> None:
        search.state.look_in(folder)
        if not search.state.is_on:
            services.undo.say(tr("The next search looks only in {folder}.", folder=readable_path(folder)))

    sidebar.folders.search_asked.connect(look_in)
    sidebar.place_chosen.connect(saved.leave)
    saved.marked.connect(sidebar.show_saved)
    saved.place_asked.connect(go_to)
    sidebar.searches.left.connect(window.focus_page)
    return saved
