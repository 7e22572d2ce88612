"""Checking that a library is whole, and making its caches again where they are not."""

import logging
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.errors import UserError
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.refitting import fill
from guie_desktop.library.damage import damaged
from guie_desktop.messages import Progress
from guie_desktop.workspace.open_library import WritableLibrary
from guie_desktop.workspace.reports import report_from_text

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be, as a sentence."""

    what: str
    repaired: bool


def examine(library: WritableLibrary, *, repair: bool) -> Generator[Progress, None, tuple[Problem, ...]]:
    """Check catalog, features, heads, index and thumbnails; with `repair`, make again what is a cache or can be read.

    Whatever is damaged, all is checked that can be, and what fails is a problem too. Nothing is written to a catalog
    that is damaged itself.
    """
    problems = list(_survived("The catalog", lambda: _catalog(library)))
    repair = repair and not problems
    problems += _survived("The features", lambda: _features(library, repair=repair))
    problems += _survived("The thumbnails", lambda: _thumbnails(library, repair=repair))
    problems += _survived("The heads", lambda: _heads(library, repair=repair))
    problems += _survived("The photos", lambda: _unread(library, repair=repair))
    problems += _survived("The search index", lambda: _index(library))
    if repair and problems:
        try:
            yield from index_library(library)
            yield from fill(library.backbone.space)
        except Exception as error:  # noqa: BLE001  # it examines what may fail in any way
            problems.append(_failure("The repair could not be ended", error))
    return tuple(problems)


def _survived(what: str, check: Callable[[], Iterator[Problem]]) -> list[Problem]:
    """All that a check finds; that it failed is its last problem."""
    found: list[Problem] = []
    try:
        found.extend(check())  # what was found before it failed is kept
    except Exception as error:  # noqa: BLE001  # it examines what may fail in any way
        found.append(_failure(f"{what} could not be checked", error))
    return found


def _failure(what: str, error: Exception) -> Problem:
    if not isinstance(error, UserError):
        logger.error("%s", what, exc_info=error)
    return Problem(f"{what}: {str(error).rstrip('.')}.", repaired=False)


def _catalog(library: WritableLibrary) -> Iterator[Problem]:
    sentences = library.catalog.integrity_problems()
    for sentence in sentences:
        yield Problem(sentence, repaired=False)
    if sentences:
        error = damaged(library.paths.catalog, sentences[0])
        yield Problem(f"{error.remedy} Run: guie-desktop {error.command}", repaired=False)


def _features(library: WritableLibrary, *, repair: bool) -> Iterator[Problem]:
    wrong = list(_wrong_features(library))
    if wrong:
        if repair:
            library.backbone.features.discard(wrong)
        yield Problem(f"{len(wrong)} features are damaged.", repair)


def _wrong_features(library: WritableLibrary) -> Iterator[int]:
    """Ids of features of the wrong length, or with values that are not finite."""
    for feature_id, vector in library.backbone.features.raw():
        values = np.frombuffer(vector, "<f2") if len(vector) == 2 * library.backbone.card.feature_dimension else None
        if values is None or not np.isfinite(values).all():
            yield feature_id


def _thumbnails(library: WritableLibrary, *, repair: bool) -> Iterator[Problem]:
    by_hash = library.catalog.content_hashes()
    try:
        lacking = library.thumbnails.lacking(list(by_hash))
    except UserError:
        yield Problem("The file of thumbnails is damaged.", repair)
        if repair:
            library.thumbnails.make_empty()
        lacking = set(by_hash)
    if lacking and (repair or not library.thumbnails.was_cleared):  # else they are made when they are seen
        if repair:
            library.catalog.read_again([by_hash[key] for key in lacking])
        yield Problem(f"{len(lacking)} photos have no thumbnail.", repair)


def _heads(library: WritableLibrary, *, repair: bool) -> Iterator[Problem]:
    general = library.head_store.latest_general(library.backbone.key)
    if general is not None and not _can_be_read(partial(GeneralHead.from_bytes, general.data)):
        if repair:
            library.head_store.discard_general(library.backbone.key)
        yield Problem("The general head is damaged.", repair)
    for stored in library.head_store.personal_versions(library.backbone.key):
        if not _can_be_read(partial(PersonalHead.from_bytes, stored.data)):
            yield Problem(f"The head {stored.title} is damaged; learn your albums again.", repaired=False)
        if stored.report is not None and not _can_be_read(partial(report_from_text, stored.report, stored.id)):
            yield Problem(f"The report of the head {stored.title} is damaged.", repaired=False)


def _can_be_read(read: Callable[[], object]) -> bool:
    try:
        read()
    except UserError:
        return False
    return True


def _unread(library: WritableLibrary, *, repair: bool) -> Iterator[Problem]:
    unread = library.catalog.pending_count(library.backbone.key)
    if unread:
        yield Problem(f"{unread} photos have not been read yet.", repair)


def _index(library: WritableLibrary) -> Iterator[Problem]:
    if sum(library.backbone.space.reconcile()):
        # It is a cache, so it is put right whether that was asked for or not.
        yield Problem("The search index did not match the catalog.", repaired=True)
