"""The menu from which filters are chosen; what holds is ticked."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu

from guie_desktop.asking import Filter, Span
from guie_desktop.domain import MOST_STARS, Album
from guie_desktop.gui.filters.facets import (
    COLOUR_WORDS,
    COPIES_HIDDEN_WORDS,
    FLAGGED_WORDS,
    FORMAT_WORDS,
    KIND_WORDS,
    ONLINE_WORDS,
    SHAPE_WORDS,
    SIZES,
    UNSEARCHABLE_WORDS,
    UNSORTED_WORDS,
    rating_words,
    saying,
)
from guie_desktop.gui.filters.swatches import swatch
from guie_desktop.language import tr
from guie_desktop.noted import Noted

Choose = Callable[[Filter], object]
"""Takes what was chosen; once more for what holds already takes it away."""

_DAYS = 30
_MOST_NAMES = 60
"""Of cameras, lenses and places, beyond which a menu does not help; the words of a search find the others."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a library has that filters are chosen from."""

    albums: tuple[Album, ...] = ()
    noted: Noted = field(default_factory=Noted)


def fill_filter_menu(
    menu: QMenu,
    which: Filter,
    there: Names,
    choose: Choose,
    choose_dates: Callable[[], object],
) -> None:
    """All that can be asked of photos; `which` holds, and `choose_dates` asks for two days."""

    def offer(to: QMenu, words: str, part: Filter, *, holds: bool) -> None:
        action = to.addAction(words.replace("&", "&&"), partial(choose, part))
        action.setCheckable(True)
        action.setChecked(holds)

    def several(to: QMenu, said: str, words: Mapping[Any, str], held: Collection[str]) -> None:
        """Any number of these, in words of the user's; one that is chosen beside others widens what passes."""
        for value, name in words.items():
            left = tuple(one for one in held if one != value) if value in held else (*held, value)
            # Of the last one that is taken away, what holds is said once more, which takes it away.
            offer(to, name, saying(said, left or tuple(held)), holds=value in held)

    dates = menu.addMenu(tr("Date taken"))
    for words, span in _usual_spans(date.today()):
        offer(dates, words, Filter(taken=(span,)), holds=which.taken == (span,))
    dates.addSeparator()
    dates.addAction(tr("From one day to another…"), choose_dates)
    kinds = menu.addMenu(tr("Kind of file"))
    several(kinds, "kinds", _told(KIND_WORDS), which.kinds)
    kinds.addSeparator()
    several(kinds, "kinds", FORMAT_WORDS, which.kinds)
    for title, said, names, held in (
        (tr("Camera"), "cameras", there.noted.cameras, which.cameras),
        (tr("Lens"), "lenses", there.noted.lenses, which.lenses),
        (tr("Place"), "places", there.noted.places, which.places),
    ):
        submenu = menu.addMenu(title)
        submenu.setEnabled(bool(names))
        several(submenu, said, {name: name for name in names[:_MOST_NAMES]}, held)
    colours = menu.addMenu(tr("Colour"))
    several(colours, "colours", _told(COLOUR_WORDS), which.colours)
    for colour, action in zip(COLOUR_WORDS, colours.actions(), strict=True):
        action.setIcon(swatch(colour, menu.palette(), ticked=action.isChecked()))
    several(menu.addMenu(tr("Shape")), "shapes", _told(SHAPE_WORDS), which.shapes)
    sizes = menu.addMenu(tr("Size"))
    for words, part in SIZES.items():
        holds = (part.least_pixels, part.most_pixels) == (which.least_pixels, which.most_pixels)
        offer(sizes, tr(words), part, holds=holds)
    stars = menu.addMenu(tr("Rating"))
    for number in range(MOST_STARS, 0, -1):
        offer(stars, rating_words(number), Filter(rating=number), holds=which.rating == number)
    offer(menu, tr(FLAGGED_WORDS), Filter(flagged=True), holds=which.flagged)
    menu.addSeparator()
    for title, said, chosen in (
        (tr("In an album"), "albums", which.albums),
        (tr("Not in an album"), "not_albums", which.not_albums),
    ):
        submenu = menu.addMenu(title)
        submenu.setEnabled(bool(there.albums))
        for album in there.albums:
            offer(submenu, album.name, saying(said, (album.id,)), holds=album.id in chosen)
    offer(menu, tr(UNSORTED_WORDS), Filter(unsorted=True), holds=which.unsorted)
    menu.addSeparator()
    places = menu.addMenu(tr("Where the files are"))
    for online, name in ONLINE_WORDS.items():
        offer(places, tr(name), Filter(online=online), holds=which.online == online)
    offer(menu, tr(COPIES_HIDDEN_WORDS), Filter(copies_hidden=True), holds=which.copies_hidden)
    offer(menu, tr(UNSEARCHABLE_WORDS), Filter(unsearchable=True), holds=which.unsearchable)


def _told(words: Mapping[Any, str]) -> Mapping[Any, str]:
    return {value: tr(name) for value, name in words.items()}


def _usual_spans(today: date) -> list[tuple[str, Span]]:
    def begin(day: date) -> float:
        return datetime(day.year, day.month, day.day).timestamp()

    this_year, last_year = date(today.year, 1, 1), date(today.year - 1, 1, 1)
    return [
        (tr("The last {number} days", number=_DAYS), (begin(today - timedelta(days=_DAYS - 1)), None)),
        (tr("This year"), (begin(this_year), begin(date(today.year + 1, 1, 1)))),
        (tr("Last year"), (begin(last_year), begin(this_year))),
    ]
