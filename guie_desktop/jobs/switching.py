"""Changing the backbone: fetch it, embed the library with it while search goes on with the old one, then switch."""

from collections.abc import Generator

from guie_desktop.embedding.assets import ModelCard, load_card
from guie_desktop.jobs.background import in_background
from guie_desktop.jobs.general_head import fill, refresh_general_head
from guie_desktop.jobs.open_library import WritableLibrary
from guie_desktop.jobs.pace import Pace
from guie_desktop.jobs.precision_trial import fastest_precision
from guie_desktop.jobs.reading import PhotoReader
from guie_desktop.jobs.scanning import Tally
from guie_desktop.jobs.weights_arriving import fetch_if_needed
from guie_desktop.library.choices import NEXT_MODEL, choose, chosen, precision_of
from guie_desktop.library.features import Features
from guie_desktop.messages import Progress


def switch_model(library: WritableLibrary, name: str) -> Generator[Progress, None, Tally]:
    """Make this the library's backbone; returns what was read for it.

    Each yield is a safe place to stop: until the end the old backbone is in use, and a later call goes on from there.
    The old one keeps features, heads and index, so going back takes a moment. UserError where the weights are not to be
    had.
    """
    card = load_card(name)
    tally = Tally()
    begin_switch(library, name)
    if name == library.model.name:
        return tally
    yield from fetch_if_needed(card, library.paths)
    # What a library has without a choice, as with the model that it began with, is in the default precision.
    if not chosen(library.catalog.engine, precision_of(name)) and _has_nothing_of(library, card):
        precision = yield from in_background(lambda: fastest_precision(library, card), Pace("model").progress)
        choose(library.catalog.engine, {precision_of(name): precision})
    model = library.open_model(name)
    while library.catalog.pending_count(model.key):
        before = tally.embedded + tally.added + tally.changed
        yield from PhotoReader(library, model, tally).read_all()
        if tally.embedded + tally.added + tally.changed == before:
            break  # what is left cannot be read now
    yield from refresh_general_head(model, is_settled=True)
    yield from fill(model.space)
    library.use(model)
    return tally


def _has_nothing_of(library: WritableLibrary, card: ModelCard) -> bool:
    return Features(library.catalog.engine, library.key_of(card)).is_empty()


def begin_switch(library: WritableLibrary, name: str) -> None:
    """Remember which backbone is wanted, so that a later start goes on with it; the one in use ends a switch."""
    choose(library.catalog.engine, {NEXT_MODEL: None if name == library.model.name else name})


def coming_model(library: WritableLibrary) -> str:
    """The backbone that a switch was begun to, or an empty string."""
    return chosen(library.catalog.engine, NEXT_MODEL)


def give_up_switch(library: WritableLibrary) -> None:
    """Stay with the backbone in use; what was embedded for the other one is kept."""
    choose(library.catalog.engine, {NEXT_MODEL: None})
