"""Keeping the general head fitted to the library as it grows, and the index with it."""

import threading
from collections.abc import Generator
from functools import partial

from guie_desktop.embedding.general_head import FEWEST_PHOTOS, SAMPLE_SIZE, fit_general_head
from guie_desktop.jobs.background import Cancelled, in_background
from guie_desktop.jobs.pace import Pace
from guie_desktop.messages import Progress
from guie_desktop.search.indexed_rows import IndexedRows
from guie_desktop.workspace.open_backbone import OpenBackbone

FIRST_FIT = 256
"""Photos of a library that grows; a head could be fitted to fewer, but each new one would turn it again."""


def wants_fitting(photos: int, fitted_on: int, *, is_settled: bool) -> bool:
    """Whether a head fitted on so many photos should be fitted again, now that there are `photos`.

    While the library grows it is at each doubling, so that the work stays a small share of the whole; once it has
    settled, a tenth more is enough.
    """
    if photos < (FEWEST_PHOTOS if is_settled else FIRST_FIT) or fitted_on >= SAMPLE_SIZE:
        return False
    return photos >= (fitted_on * 1.1 if is_settled else fitted_on * 2)


def refresh_general_head(backbone: OpenBackbone, *, is_settled: bool) -> Generator[Progress, None, None]:
    """Fit the general head anew if the library has outgrown it, and move the search over when its index is whole.

    One that was trained elsewhere and taken in stays as it is.
    """
    if backbone.general.origin is not None:
        return
    # The index counts the photos well enough, and at no cost after every batch.
    if not wants_fitting(len(backbone.space.index), backbone.general.fitted_on, is_settled=is_settled):
        return
    pace = Pace("head")
    sample = backbone.features.sample(SAMPLE_SIZE)
    head = yield from in_background(lambda: fit_general_head(sample), pace.progress)
    backbone.keep_general(head, len(sample))
    yield from renew_space(backbone)


def recognise(backbone: OpenBackbone) -> Generator[Progress, None, None]:
    """Have the backbone's classifier look at what is new, so that searches by words need not wait for it."""
    pace = Pace("vectors")
    for looked_at in backbone.recognise():
        pace.advance(looked_at)
        yield pace.progress()


def renew_space(
    backbone: OpenBackbone, personal_id: int | None = None, general_id: int | None = None
) -> Generator[Progress, None, None]:
    """Search under this general head (0 for the fitted one) or the one in use as it is now, and a personal one alike.

    Until the index is whole and saved, the library searches with the heads before, and would at its next start.
    """

    def wanted() -> tuple[int, int]:
        personal = backbone.personal_id if personal_id is None else personal_id
        return personal, backbone.general_id if general_id is None else general_id

    while True:
        heads = wanted()
        space = backbone.new_space(*heads)
        if space.head_id == backbone.space.head_id:
            backbone.choose(*heads)  # one that is damaged may have been chosen until now, and not in use
            return
        parts = backbone.parts_of(space)
        yield from fill(space)
        yield from fill(parts)
        yield from in_background(partial(backbone.keep, space, parts), Pace("vectors").progress)
        # Another job may have fitted the general head or chosen another one meanwhile.
        if space.head_id == backbone.head_id(*wanted()):
            backbone.search_in(space, parts, *wanted())
            return


def fill(rows: IndexedRows) -> Generator[Progress, None, None]:
    """Bring an index in step with what is stored, in a thread of its own; closed, it ends after the step it is at."""
    pace = Pace("vectors")
    stopped = threading.Event()

    def check() -> None:
        if stopped.is_set():
            raise Cancelled

    def add_all() -> None:
        for added in rows.reconcile():
            pace.advance(added)
            check()
        rows.grow(check)

    yield from in_background(add_all, pace.progress, stopped.set)
