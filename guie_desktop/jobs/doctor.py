"""Checking that a library is whole, and making its caches again where they are not."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np

from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.errors import UserError
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.refitting import fill
from guie_desktop.library.head_store import StoredPersonalHead
from guie_desktop.messages import Progress
from guie_desktop.workspace.open_library import WritableLibrary


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be, as a sentence."""

    what: str
    repaired: bool


def examine(library: WritableLibrary, *, repair: bool) -> Generator[Progress, None, tuple[Problem, ...]]:
    """Check catalog, features, index and thumbnails; with `repair`, rebuild what is a cache or can be read again."""
    problems = [Problem(sentence, repaired=False) for sentence in library.catalog.integrity_problems()]
    wrong = list(_wrong_features(library))
    if wrong:
        problems.append(Problem(f"{len(wrong)} features are damaged.", repair))
    by_hash = library.catalog.content_hashes()
    lacking = [by_hash[key] for key in library.thumbnails.lacking(list(by_hash))]
    if lacking:
        problems.append(Problem(f"{len(lacking)} photos have no thumbnail.", repair))
    for stored in library.head_store.personal_versions(library.backbone.key):
        if not _is_whole(stored):
            problems.append(Problem(f"The head {stored.title} is damaged; learn your albums again.", repaired=False))
    unread = library.catalog.pending_count(library.backbone.key)
    if unread:
        problems.append(Problem(f"{unread} photos have not been read yet.", repair))
    if sum(library.backbone.space.reconcile()):
        # It is a cache, so it is put right whether that was asked for or not.
        problems.append(Problem("The search index did not match the catalog.", repaired=True))
    if repair and problems:
        library.backbone.features.discard(wrong)
        library.catalog.read_again(lacking)
        yield from index_library(library)
        yield from fill(library.backbone.space)
    return tuple(problems)


def _wrong_features(library: WritableLibrary) -> Iterator[int]:
    """Ids of features of the wrong length, or with values that are not finite."""
    for feature_id, vector in library.backbone.features.raw():
        values = np.frombuffer(vector, "<f2") if len(vector) == 2 * library.backbone.card.feature_dimension else None
        if values is None or not np.isfinite(values).all():
            yield feature_id


def _is_whole(stored: StoredPersonalHead) -> bool:
    try:
        PersonalHead.from_bytes(stored.data)
    except UserError:
        return False
    return True
