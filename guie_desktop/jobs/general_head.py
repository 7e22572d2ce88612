"""Keeping the general head fitted to the library as it grows, and the index with it."""

from collections.abc import Generator

from guie_desktop.embedding.general_head import fit_general_head
from guie_desktop.jobs.background import in_background
from guie_desktop.jobs.model import Model
from guie_desktop.jobs.pace import Pace
from guie_desktop.library.heads import keep_general_head
from guie_desktop.messages import Progress
from guie_desktop.search.space import Space

FITTED_ON_AT_MOST = 16_384
"""Photos; more do not move the principal axes any more, and the covariance is a matter of a second."""
_FIRST = 256


def wants_fitting(photos: int, fitted_on: int, *, is_settled: bool) -> bool:
    """Whether a head fitted on so many photos should be fitted again, now that there are `photos`.

    While the library grows it is at each doubling, so that the work stays a small share of the whole; once it has
    settled, a tenth more is enough.
    """
    if photos < _FIRST or fitted_on >= FITTED_ON_AT_MOST:
        return False
    return photos >= (fitted_on * 1.1 if is_settled else fitted_on * 2)


def refresh_general_head(model: Model, *, is_settled: bool) -> Generator[Progress, None, None]:
    """Fit the general head anew if the library has outgrown it, and move the search over when its index is whole."""
    # The index counts the photos well enough, and at no cost after every batch.
    if not wants_fitting(len(model.space.index), model.space.head.fitted_on, is_settled=is_settled):
        return
    pace = Pace("head")
    sample = model.features.sample(FITTED_ON_AT_MOST)
    head = yield from in_background(lambda: fit_general_head(sample), pace.progress)
    kept = keep_general_head(model.features.engine, model.key, head.to_bytes(), len(sample))
    space = Space(head, kept.id, model.features)
    yield from fill(space)
    model.space = space


def fill(space: Space) -> Generator[Progress, None, None]:
    """Bring a space in step with the features, in a thread of its own."""
    pace = Pace("vectors")

    def add_all() -> None:
        for added in space.reconcile():
            pace.advance(added)

    yield from in_background(add_all, pace.progress)
