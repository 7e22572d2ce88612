"""What the page of a shared library says, and what it understands of what is written there."""

from collections.abc import Sequence
from datetime import date

from guie_desktop.asking import Hit, SharedFilter
from guie_desktop.language import ntr, tr, tr_noop
from guie_desktop.search.dates_in_words import dates_in

NO_FEATURES = tr_noop("your model has read none of them, so they can be looked at and not searched")


def filter_of(text: str, today: date) -> SharedFilter:
    """Which photos are meant by words: those of these dates, in this folder, with these words in the path.

    A folder is written whole, as the paths of the shared library are. Of several dates all days between count.
    """
    if text.startswith("/") or "://" in text:
        return SharedFilter(folder=text)
    read = dates_in(text, today)
    if not read.days or read.weekdays:
        return SharedFilter(text=text)
    since = min((since for since, _ in read.spans if since is not None), default=None)
    until = max((until for _, until in read.spans if until is not None), default=None)
    return SharedFilter(since=since, until=until, text=read.words)


def browsed(shown: int, photos: int, *, is_filtered: bool, is_whole: bool, is_full: bool) -> str:
    """How many photos are on screen, and of how many."""
    if is_full:
        return tr("The {number} newest of them are shown; write a folder, words or a date to see others.", number=shown)
    if is_filtered and is_whole:
        return ntr("{number} photo passes", "{number} photos pass", shown)
    if is_filtered:
        return tr("The {number} newest that pass so far; scroll for more", number=shown)
    return ntr("{number} photo in the shared library", "{number} photos in the shared library", photos)


def found(hits: Sequence[Hit], what: str) -> str:
    """What was looked for, and how much of what is nearest is like it."""
    alike = sum(hit.similar for hit in hits)
    if not hits:
        return tr("Nothing was found that is like {photo}.", photo=what)
    if not alike:
        return tr("Nothing here is like {photo}; what comes nearest is shown.", photo=what)
    if alike == len(hits):
        return ntr("The photo most like {photo}", "The {number} photos most like {photo}", alike, photo=what)
    return ntr("{number} look-alike of {photo}", "{number} look-alikes of {photo}", alike, photo=what)
