"""Saved searches: asked anew, saved, renamed, changed and removed; and which of them is on."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from guie_desktop.domain import SavedSearch
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.browsing.controller import BrowsingController
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.filters.controller import FiltersController
from guie_desktop.gui.look.icons import set_icon
from guie_desktop.gui.saved.deeds import SearchDeeds
from guie_desktop.gui.saved.search_list import SearchesArea
from guie_desktop.gui.search.controller import SearchController
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.gui.widgets.buttons import set_name
from guie_desktop.gui.widgets.context_menu import open_menu
from guie_desktop.language import tr
from guie_desktop.library.album_names import album_name
from guie_desktop.library.kept_questions import question_text
from guie_desktop.question import Question, Scope

if TYPE_CHECKING:
    from guie_desktop.library.catalog import Catalog
    from guie_desktop.library.recalling import Recalled


class SavedSearchesController(QObject):
    """What the list of searches and the button that saves one do."""

    marked = Signal(object)
    """The id of the search that is on, or None."""
    place_asked = Signal(object)
    """The Scope that is to be browsed."""

    def __init__(
        self,
        window: QWidget,
        area: SearchesArea,
        button: QToolButton,
        *,
        search: SearchController,
        filters: FiltersController,
        browsing: BrowsingController,
        services: Services,
    ) -> None:
        super().__init__(area)
        self._area, self._lines, self._button = area, area.list, button
        self._search, self._filters, self._browsing = search, filters, browsing
        self._reader, self._undo = services.reader, services.undo
        self._background, self._reporter = services.background, services.reporter
        self.deeds = SearchDeeds(area.list, services)
        self._searches: tuple[SavedSearch, ...] = ()
        self._seen: object = None
        """What the questions were read of."""
        self._known: dict[int, Question] = {}
        """What each of them asks, by its id."""
        self._open: int | None = None
        """The one that is on, or that what is on began with."""
        self._is_changed = False
        self._wanted: int | None = None
        """The one that was chosen last."""
        self._named = Question()
        """What is saved when a name is given."""
        self._lines.chosen.connect(self.take_up)
        self._lines.new_named.connect(self._save)
        self._lines.renamed.connect(self.deeds.rename)
        self._lines.remove_asked.connect(self.deeds.remove)
        self._lines.replace_asked.connect(self.replace)
        self._lines.shown.connect(self._look)
        button.clicked.connect(self._press)
        search.state.asked.connect(self._look)
        filters.changed.connect(self._look)
        browsing.shown.connect(self.show_library)
        self.save_action = make_action(window, "Search", tr("Save search…"), self.ask_name, keys=("Ctrl+Shift+S",))
        self.replace_action = make_action(window, "Search", tr("Save changes to the search"), self._replace_open)
        self._look()

    # --- which is on

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """The library was read again."""
        self._searches = overview.searches
        self._lines.show_things(overview.searches)
        seen = overview.searches, [album.id for album in overview.albums], [one.path for one in overview.folders]
        if seen == self._seen:
            self._look()
            return
        self._seen = seen
        nothing: dict[int, Question] = {}
        self._background.run(
            lambda: self._reader.ask(lambda catalog: _read(overview.searches, catalog), nothing),
            self._take_known,
            self._reporter.report,
        )

    def _take_known(self, known: dict[int, Question]) -> None:
        self._known = known
        self._look()

    def _now(self) -> Question | None:
        """What is looked for, or else the filter of what is browsed; None where there is neither."""
        if self._search.state.is_on:
            return self._search.state.question
        which = self._filters.which
        return Question(scope=self._browsed(), which=which) if which else None

    def _browsed(self) -> Scope:
        place, overview = self._browsing.place, self._browsing.overview
        if place.album_id is not None or place.directory is not None or overview is None:
            return place.directory or place.album_id
        return next((folder.path for folder in overview.folders if folder.id == place.folder_id), None)

    @Slot()
    def _look(self) -> None:
        """Find out which one is on, and show it."""
        now = self._now()
        same = [one for one, question in self._known.items() if now and question.identity == now.identity]
        if same:
            self._open = self._open if self._open in same else same[0]
        elif now is None or self._open is None or not _continues(self._known.get(self._open), now):
            self._open = None
        self._is_changed = self._open is not None and not same
        self._lines.show_changed(self._open if self._is_changed else None)
        self.marked.emit(self._open)
        self.save_action.setEnabled(now is not None)
        self.replace_action.setEnabled(self._is_changed)
        opened = self._opened()
        self._button.setEnabled(now is not None)
        set_icon(self._button, "bookmark" if opened is None or self._is_changed else "bookmark-filled")
        set_name(self._button, _told(opened, is_changed=self._is_changed))

    def _opened(self) -> SavedSearch | None:
        return next((search for search in self._searches if search.id == self._open), None)

    # --- asking

    @Slot(object)
    def take_up(self, search_id: int) -> None:
        """Ask a search anew, or browse what passes it where it is nothing but a filter."""
        search = next((search for search in self._searches if search.id == search_id), None)
        if search is None:
            return
        self._wanted = search_id

        def then(recalled: "Recalled | None") -> None:
            if recalled is not None and self._wanted == search_id:
                self._wanted = None
                self._show(search, recalled)

        self._background.run(partial(self._reader.recalled, search.question), then, self._reporter.report)

    def _show(self, search: SavedSearch, recalled: "Recalled") -> None:
        question = recalled.question
        if not question.is_on and not question.which:
            self._undo.say(tr("Nothing that “{name}” looks for is still there.", name=search.name))
            self._look()
            return
        self._known[search.id] = question
        self._open = search.id
        state = self._search.state
        if not question.is_on:
            self.place_asked.emit(question.scope)
            self._filters.show(question.which)
        else:
            self._search.wanted.emit()
            if question.identity == state.question.identity:
                state.repeat()
            else:
                state.take_up(question)
        if not recalled.is_whole:
            self._undo.say(tr("Some of what “{name}” looks for is no longer there.", name=search.name))
        self._look()

    @Slot()
    def leave(self) -> None:
        """The user goes to another place: where he saw what passes a saved filter, he is not to take that along."""
        if self._open is not None and not self._is_changed and not self._search.state.is_on:
            self._filters.clear()

    # --- saving

    @Slot()
    def ask_name(self) -> None:
        """Let the user name what is on, to save it."""
        now = self._now()
        if now is not None:
            self._named = now
            offered = album_name(readable(now.title)) or self._filters.words or tr("Search")
            self._area.ask_name(offered, is_filter=not now.is_on)

    @Slot(str)
    def _save(self, name: str) -> None:
        named = self._named

        def take(search_id: int) -> None:
            self._known[search_id] = named
            self._open = search_id

        self.deeds.save(name, question_text(named), take)

    @Slot(object)
    def replace(self, search: SavedSearch) -> None:
        """Let a search ask what is on now."""
        now = self._now()
        if now is not None:
            self.deeds.replace(search, question_text(now))

    @Slot()
    def _replace_open(self) -> None:
        opened = self._opened()
        if opened is not None:
            self.replace(opened)

    @Slot()
    def _press(self) -> None:
        """The button: what is not saved is, what is saved gets another name, and of what was changed it is asked."""
        opened = self._opened()
        if opened is None:
            self.ask_name()
        elif self._is_changed:
            open_menu(self._button, QPoint(0, self._button.height()), partial(self._fill, opened))
        else:
            self._lines.rename(opened)

    def _fill(self, opened: SavedSearch, menu: QMenu) -> None:
        name = opened.name.replace("&", "&&")
        menu.addAction(tr("Save changes to “{name}”", name=name), partial(self.replace, opened))
        menu.addAction(tr("Save as another search…"), self.ask_name)


def _read(searches: Iterable[SavedSearch], catalog: "Catalog") -> dict[int, Question]:
    """What each of them asks now. For a thread."""
    from guie_desktop.library.recalling import recall

    return {search.id: recall(search.question, catalog).question for search in searches}


def _continues(saved: Question | None, now: Question) -> bool:
    """Whether what is on may be a saved question with something changed."""
    if saved is None or saved.is_on != now.is_on:
        return False
    if not saved.is_on:
        return saved.scope == now.scope
    keys = {example.key for example in saved.examples}
    return saved.text == now.text != "" or any(example.key in keys for example in now.examples)


def _told(opened: SavedSearch | None, *, is_changed: bool) -> str:
    """What the button is called."""
    if opened is None:
        return tr("Save this search (Ctrl+Shift+S)")
    if is_changed:
        return tr("Changed since it was saved as “{name}”", name=opened.name)
    return tr("Saved as “{name}”", name=opened.name)
