"""Checking that a library is whole, and making its caches again where they are not."""

import logging
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import partial

import numpy as np

from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.errors import UserError
from guie_desktop.jobs.background import in_background
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.refitting import fill
from guie_desktop.library.damage import damaged, problems_in
from guie_desktop.library.library_map import map_file, read_map
from guie_desktop.messages import Problem, Progress
from guie_desktop.sentences import Sentence, tr_noop
from guie_desktop.workspace.open_library import WritableLibrary
from guie_desktop.workspace.reports import report_from_text

logger = logging.getLogger(__name__)


def examine(library: WritableLibrary, *, repair: bool) -> Generator[Progress, None, tuple[Problem, ...]]:
    """Check catalog, features, thumbnails, heads, photos and index; with `repair`, make again what can be.

    Whatever is damaged, all is checked that can be, and what fails is a problem too. Nothing is written to a catalog
    that is damaged itself. For a library with no other job: what is left to be read is a problem.
    """
    found = yield from check_catalog(library)
    problems = list(_of_catalog(library, found))
    repair = repair and not problems
    problems += yield from check_stored(library, repair=repair)
    problems += _survived(_PHOTOS, lambda: _unread(library, repair=repair))
    problems += _survived(_INDEX, lambda: _index(library))
    if repair and problems:
        try:
            yield from index_library(library)
            yield from fill(library.backbone.space)
        except Exception as error:  # noqa: BLE001  # it examines what may fail in any way
            problems.append(_failure(_REPAIR, error))
    return tuple(problems)


def check_catalog(library: WritableLibrary) -> Generator[Progress, None, tuple[str, ...]]:
    """What is wrong with the file of the catalog, in a thread."""
    stopped = threading.Event()

    def check() -> tuple[str, ...]:
        return problems_in(library.paths.catalog, also_indexes=True, stop=stopped.is_set)

    return (yield from in_background(check, _progress, stopped.set))


def check_stored(library: WritableLibrary, *, repair: bool) -> Generator[Progress, None, tuple[Problem, ...]]:
    """Check all that is stored, in a thread; `repair` lets go of what the next indexing makes again."""
    stopped = threading.Event()
    checks = ((_FEATURES, _features), (_THUMBNAILS, _thumbnails), (_HEADS, _heads), (_WORDS, _words), (_MAP, _map))

    def check() -> tuple[Problem, ...]:
        found: list[Problem] = []
        for failing, one in checks:
            if not stopped.is_set():
                found += _survived(failing, partial(one, library, repair=repair))
        return tuple(found)

    return (yield from in_background(check, _progress, stopped.set))


def _progress() -> Progress:
    return Progress("doctor", 0, 0)


_FEATURES = tr_noop("The features could not be checked. {reason}")
_THUMBNAILS = tr_noop("The thumbnails could not be checked. {reason}")
_HEADS = tr_noop("What was learned could not be checked. {reason}")
_WORDS = tr_noop("The words of photos could not be checked. {reason}")
_MAP = tr_noop("The map could not be checked. {reason}")
_PHOTOS = tr_noop("The photos could not be checked. {reason}")
_INDEX = tr_noop("The search index could not be checked. {reason}")
_REPAIR = tr_noop("The repair could not be ended. {reason}")


def _survived(failing: str, check: Callable[[], Iterator[Problem]]) -> list[Problem]:
    """All that a check finds; that it failed is its last problem."""
    found: list[Problem] = []
    try:
        found.extend(check())  # what was found before it failed is kept
    except Exception as error:  # noqa: BLE001  # it examines what may fail in any way
        found.append(_failure(failing, error))
    return found


def _failure(failing: str, error: Exception) -> Problem:
    if not isinstance(error, UserError):
        logger.error("%s", failing, exc_info=error)
    reason = error.sentence if isinstance(error, UserError) else f"{error}."
    command = error.command if isinstance(error, UserError) else ""
    return Problem(Sentence(failing, reason=reason), repaired=False, can_be_repaired=False, command=command)


def _of_catalog(library: WritableLibrary, found: Sequence[str]) -> Iterator[Problem]:
    for problem in found:
        yield Problem(Sentence("The catalog is damaged: {problem}.", problem=problem), False, can_be_repaired=False)
    if found:
        error = damaged(library.paths.catalog, found[0])
        yield Problem(error.remedy, repaired=False, can_be_repaired=False, command=error.command)


def _features(library: WritableLibrary, *, repair: bool) -> Iterator[Problem]:
    wrong = list(_wrong_features(library))
    if wrong:
        if repair:
            library.backbone.features.discard(wrong)
        yield Problem(Sentence("Photos whose features are damaged: {number}.", number=len(wrong)), repair)


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
        yield Problem(Sentence("The file of thumbnails is damaged."), repair)
        if repair:
            library.thumbnails.make_empty()
        lacking = set(by_hash)
    if lacking and (repair or not library.thumbnails.was_cleared):  # else they are made when they are seen
        if repair:
            library.catalog.read_again([by_hash[key] for key in lacking])
        yield Problem(Sentence("Photos without a thumbnail: {number}.", number=len(lacking)), repair)


def _heads(library: WritableLibrary, *, repair: bool) -> Iterator[Problem]:
    general = library.head_store.latest_general(library.backbone.key)
    if general is not None and not _can_be_read(partial(GeneralHead.from_bytes, general.data)):
        if repair:
            library.head_store.discard_general(library.backbone.key)
        yield Problem(Sentence("The general ranking is damaged."), repair)
    for stored in library.head_store.personal_versions(library.backbone.key):
        if not _can_be_read(partial(PersonalHead.from_bytes, stored.data)):
            what = Sentence("{version} of what was learned is damaged; learn your albums again.", version=stored.title)
            yield Problem(what, repaired=False, can_be_repaired=False)
        if stored.report is not None and not _can_be_read(partial(report_from_text, stored.report, stored.id)):
            what = Sentence("The report on {version} is damaged; learn your albums again.", version=stored.title)
            yield Problem(what, repaired=False, can_be_repaired=False)


def _words(library: WritableLibrary, *, repair: bool) -> Iterator[Problem]:
    if library.words.are_wrong():
        if repair:
            library.words.make_again()
        yield Problem(Sentence("Names and notes are not found by all of their words."), repair)


def _map(library: WritableLibrary, *, repair: bool) -> Iterator[Problem]:
    file = map_file(library.paths.vectors, library.backbone.key)
    if file.exists() and read_map(file) is None:
        if repair:
            file.unlink()  # it is drawn anew when it is looked at
        yield Problem(Sentence("The map of the library is damaged."), repair)


def _can_be_read(read: Callable[[], object]) -> bool:
    try:
        read()
    except UserError:
        return False
    return True


def _unread(library: WritableLibrary, *, repair: bool) -> Iterator[Problem]:
    unread = library.catalog.pending_count(library.backbone.key)
    if unread:
        yield Problem(Sentence("Photos that are not read yet: {number}.", number=unread), repair)


def _index(library: WritableLibrary) -> Iterator[Problem]:
    if sum(library.backbone.space.reconcile()):
        # It is a cache, so it is put right whether that was asked for or not.
        yield Problem(Sentence("The search index did not match the catalog."), repaired=True)
