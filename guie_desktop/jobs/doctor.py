"""Checking that a library is whole, and making its caches again where they are not."""

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.errors import UserError
from guie_desktop.jobs.background import PARTS, Cancelled, Tell, telling_in_background
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.pace import Pace
from guie_desktop.jobs.refitting import fill
from guie_desktop.library.damage import damaged, problems_in
from guie_desktop.library.library_map import map_file, read_map
from guie_desktop.messages import Problem, Progress
from guie_desktop.sentences import Sentence, tr_noop
from guie_desktop.workspace.open_library import WritableLibrary
from guie_desktop.workspace.reports import report_from_text

logger = logging.getLogger(__name__)

_AT_ONCE = 4096
_OF_CATALOG = 0.2
"""Of the time that all takes."""
_REPAIR = tr_noop("The repair could not be ended. {reason}")


@dataclass(frozen=True, slots=True)
class _Check:
    """One thing that is looked at."""

    failing: str
    """What is said where it cannot be looked at."""
    look: Callable[..., Iterator[Problem]]
    """Of a library; it tells how far it is, and is told whether to `repair`."""
    weight: float
    """About how long it takes, of all that is checked, in a large library."""


def examine(library: WritableLibrary, *, repair: bool) -> Generator[Progress, None, tuple[Problem, ...]]:
    """Check catalog, features, thumbnails, heads, photos and index; with `repair`, make again what can be.

    Whatever is damaged, all is checked that can be, and what fails is a problem too. Nothing is written to a catalog
    that is damaged itself. For a library with no other job: what is left to be read is a problem.
    """
    pace = new_pace()
    found = yield from check_catalog(library, pace)
    problems = list(_of_catalog(library, found))
    repair = repair and not problems
    problems += yield from _carry_out((*_STORED, *_ALONE), library, pace, repair=repair)
    if repair and problems:
        try:
            yield from index_library(library)
            yield from fill(library.backbone.space)
        except Exception as error:  # noqa: BLE001  # it examines what may fail in any way
            problems.append(_failure(_REPAIR, error))
    return tuple(problems)


def new_pace() -> Pace:
    """For `check_catalog`, and `check_stored` after it."""
    return Pace("doctor", PARTS)


def check_catalog(library: WritableLibrary, pace: Pace) -> Generator[Progress, None, tuple[str, ...]]:
    """What is wrong with the file of the catalog, in a thread."""

    def check(tell: Tell) -> tuple[str, ...]:
        return problems_in(library.paths.catalog, also_indexes=True, tell=tell)

    return (yield from telling_in_background(check, pace, _OF_CATALOG))


def check_stored(
    library: WritableLibrary, pace: Pace, *, repair: bool
) -> Generator[Progress, None, tuple[Problem, ...]]:
    """Check all that is stored, in a thread; `repair` lets go of what the next indexing makes again."""
    return (yield from _carry_out(_STORED, library, pace, repair=repair))


def _carry_out(
    checks: Sequence[_Check], library: WritableLibrary, pace: Pace, *, repair: bool
) -> Generator[Progress, None, tuple[Problem, ...]]:
    def work(tell: Tell) -> tuple[Problem, ...]:
        found: list[Problem] = []
        done, total = 0.0, sum(one.weight for one in checks)
        for one in checks:
            tell(done / total)
            tell_of_one = partial(_tell_part, tell, done / total, one.weight / total)
            found += _survived(one.failing, partial(one.look, library, tell_of_one, repair=repair))
            done += one.weight
        return tuple(found)

    return (yield from telling_in_background(work, pace))


def _tell_part(tell: Tell, before: float, weight: float, share: float) -> None:
    tell(before + weight * min(share, 1.0))


def _survived(failing: str, check: Callable[[], Iterator[Problem]]) -> list[Problem]:
    """All that a check finds; that it failed is its last problem."""
    found: list[Problem] = []
    try:
        found.extend(check())  # what was found before it failed is kept
    except Cancelled:
        raise
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


def _features(library: WritableLibrary, tell: Tell, *, repair: bool) -> Iterator[Problem]:
    store, dimension = library.backbone.features, library.backbone.card.feature_dimension
    ids, wrong = store.ids(), list[int]()
    for start in range(0, len(ids), _AT_ONCE):
        wrong += store.damaged(ids[start : start + _AT_ONCE], dimension)
        tell(start / len(ids))
    if wrong:
        if repair:
            store.discard(wrong)
        yield Problem(Sentence("Photos whose features are damaged: {number}.", number=len(wrong)), repair)


def _thumbnails(library: WritableLibrary, tell: Tell, *, repair: bool) -> Iterator[Problem]:
    try:
        lacking = _without_thumbnail(library, tell)
    except UserError:
        yield Problem(Sentence("The file of thumbnails is damaged."), repair)
        if repair:
            library.thumbnails.make_empty()
        lacking = list(library.catalog.content_hashes().values())
    if lacking and (repair or not library.thumbnails.was_cleared):  # else they are made when they are seen
        if repair:
            library.catalog.read_again(lacking)
        yield Problem(Sentence("Photos without a thumbnail: {number}.", number=len(lacking)), repair)


def _without_thumbnail(library: WritableLibrary, tell: Tell) -> list[int]:
    """Ids, of one photo of each content; UserError where the file of thumbnails is damaged."""
    lacking: dict[bytes, int] = {}
    looked_at, after, total = 0, 0, library.catalog.counts().photos
    while some := library.catalog.content_hashes(after=after, most=_AT_ONCE):
        lacking |= {key: some[key] for key in library.thumbnails.lacking(list(some))}
        looked_at, after = looked_at + len(some), max(some.values())
        tell(looked_at / max(total, 1))
    return list(lacking.values())


def _heads(library: WritableLibrary, _: Tell, *, repair: bool) -> Iterator[Problem]:
    general = library.head_store.latest_general(library.backbone.key)
    if general is not None and not _can_be_read(partial(GeneralHead.from_bytes, general.data)):
        if repair:
            library.head_store.discard_general(library.backbone.key)
        yield Problem(Sentence("The general ranking is damaged."), repair)
    for trained in library.head_store.trained_generals(library.backbone.key):
        if not _can_be_read(partial(GeneralHead.from_bytes, trained.data)):
            if repair:
                library.head_store.discard_trained(trained.id)
            what = Sentence("The general head {number} that was taken in is damaged.", number=trained.id)
            yield Problem(what, repair)
    for stored in library.head_store.personal_versions(library.backbone.key):
        if not _can_be_read(partial(PersonalHead.from_bytes, stored.data)):
            what = Sentence("{version} of what was learned is damaged; learn your albums again.", version=stored.title)
            yield Problem(what, repaired=False, can_be_repaired=False)
        if stored.report is not None and not _can_be_read(partial(report_from_text, stored.report, stored.id)):
            what = Sentence("The report on {version} is damaged; learn your albums again.", version=stored.title)
            yield Problem(what, repaired=False, can_be_repaired=False)


def _words(library: WritableLibrary, tell: Tell, *, repair: bool) -> Iterator[Problem]:
    if library.words.are_wrong(tell):
        if repair:
            library.words.make_again()
        yield Problem(Sentence("Names and notes are not found by all of their words."), repair)


def _map(library: WritableLibrary, _: Tell, *, repair: bool) -> Iterator[Problem]:
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


def _unread(library: WritableLibrary, _: Tell, *, repair: bool) -> Iterator[Problem]:
    unread = library.catalog.pending_count(library.backbone.key)
    if unread:
        yield Problem(Sentence("Photos that are not read yet: {number}.", number=unread), repair)


def _index(library: WritableLibrary, tell: Tell, *, repair: bool) -> Iterator[Problem]:
    changed, total = 0, library.catalog.counts().photos
    for so_many in library.backbone.space.reconcile():
        changed += so_many
        tell(changed / max(total, 1))
    if changed:
        # It is a cache, so it is put right whether that was asked for or not.
        yield Problem(Sentence("The search index did not match the catalog."), repaired=True)


_STORED = (
    _Check(tr_noop("The features could not be checked. {reason}"), _features, 0.1),
    _Check(tr_noop("The thumbnails could not be checked. {reason}"), _thumbnails, 0.1),
    _Check(tr_noop("What was learned could not be checked. {reason}"), _heads, 0.01),
    _Check(tr_noop("The words of photos could not be checked. {reason}"), _words, 0.6),
    _Check(tr_noop("The map could not be checked. {reason}"), _map, 0.01),
)
_ALONE = (
    _Check(tr_noop("The photos could not be checked. {reason}"), _unread, 0.01),
    _Check(tr_noop("The search index could not be checked. {reason}"), _index, 0.1),
)
"""Where nothing else is done with the library meanwhile: else there are jobs for these."""
