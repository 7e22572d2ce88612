"""Which filters are there and which of them hold, for browsing and searching alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from guie_desktop.asking import EVERYTHING, Filter, together
from guie_desktop.domain import Album
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.filters.dates_dialog import DatesDialog
from guie_desktop.gui.filters.facets import facet_of, parts_of, words_of
from guie_desktop.gui.filters.filter_line import FilterLine
from guie_desktop.gui.filters.filter_menu import Names, fill_filter_menu
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.language import tr
from guie_desktop.noted import Noted


@dataclass(frozen=True, slots=True)
class _Part:
    """A filter that says one thing, and whether it holds."""

    says: Filter
    holds: bool = True


class FiltersController(QObject):
    """What the button and the line of filters do."""

    changed = Signal(object)
    """The Filter that holds now."""
    _counted = Signal(object)
    """How many photos were taken when."""

    def __init__(self, window: QWidget, button: QToolButton, line: FilterLine, services: Services) -> None:
        super().__init__(line)
        self._window, self._button, self._line = window, button, line
        self._reader, self._background, self._reporter = services.reader, services.background, services.reporter
        self._parts: tuple[_Part, ...] = ()
        self._albums: tuple[Album, ...] = ()
        self._noted = Noted()
        self.which = EVERYTHING
        button.clicked.connect(self.open_menu)
        line.switched.connect(self._switch)
        line.removed.connect(self._remove)
        line.all_removed.connect(self.clear)
        make_action(window, "Search", tr("Filter…"), self.open_menu, keys=("Ctrl+Shift+F",), apart=True)
        self.clear_action = make_action(window, "Search", tr("Clear filters"), self.clear)
        self._tell()

    @property
    def words(self) -> str:
        """What holds, in words; "" where nothing does."""
        return ", ".join(words for words, holds in self._told() if holds)

    def open_menu(self) -> None:
        """Offer all filters below the button."""
        menu = QMenu(self._button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(menu)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))
        # Here, and not whenever the library changes: while photos are read that is all the time.
        self._background.run(self._reader.noted_names, self._take_noted, self._reporter.report)

    def _fill(self, menu: QMenu) -> None:
        fill_filter_menu(menu, self.which, Names(self._albums, self._noted), self.choose, self._choose_dates)

    def choose(self, part: Filter) -> None:
        """Let this hold, in place of what was said of the same thing; take it away where it holds already."""
        said = {facet_of(one.says): one for one in self._parts}
        facet, known = facet_of(part), said.get(facet_of(part))
        if known == _Part(part):
            del said[facet]
        else:
            said[facet] = _Part(part)
        self._put(tuple(said.values()))

    @Slot(object)
    def show(self, which: Filter) -> None:
        """Let this hold and nothing else, as a search or a view that is taken up again says."""
        if which != self.which:
            self._put(tuple(map(_Part, parts_of(which))))

    @Slot()
    def clear(self) -> None:
        """Take all filters away."""
        self._put(())

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """Albums may have other names, or be gone."""
        self._albums = overview.albums
        there = {album.id for album in overview.albums}
        left = tuple(one for one in self._parts if there.issuperset(one.says.albums + one.says.not_albums))
        self._put(left)

    def _take_noted(self, noted: Noted) -> None:
        """Offer these, in the menu that is open as well, unless the user is in one of its menus already."""
        is_new, self._noted = noted != self._noted, noted
        popup = QApplication.activePopupWidget()
        if is_new and isinstance(popup, QMenu) and popup.parent() is self._button:
            popup.clear()
            self._fill(popup)

    @Slot(int, bool)
    def _switch(self, number: int, holds: bool) -> None:
        parts = list(self._parts)
        parts[number] = replace(parts[number], holds=holds)
        self._put(tuple(parts))

    @Slot(int)
    def _remove(self, number: int) -> None:
        self._put(self._parts[:number] + self._parts[number + 1 :])

    def _choose_dates(self) -> None:
        since, until = self.which.taken[0] if self.which.taken else (None, None)
        dialog = DatesDialog((since, until), self._window)
        dialog.chosen.connect(lambda span: self.choose(Filter(taken=(span,))))
        dialog.open()
        # By a signal, as the dialog may be closed before all is counted.
        self._counted.connect(dialog.show_months)
        self._background.run(self._reader.photos_by_month, self._counted.emit, self._reporter.report)

    def _put(self, parts: Sequence[_Part]) -> None:
        self._parts = tuple(parts)
        which = together(*(part.says for part in self._parts if part.holds))
        before, self.which = self.which, which
        self._tell()
        if which != before:
            self.changed.emit(which)

    def _told(self) -> list[tuple[str, bool]]:
        names = {album.id: album.name for album in self._albums}
        return [(words_of(part.says, names), part.holds) for part in self._parts]

    def _tell(self) -> None:
        self._line.show_filters(self._told())
        self.clear_action.setEnabled(bool(self._parts))
