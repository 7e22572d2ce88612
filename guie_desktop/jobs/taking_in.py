"""Taking in a head from a file: one that was learned from albums, or a general one, which is tested here first."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from guie_desktop.embedding.general_head import GeneralHead, HeadOrigin
from guie_desktop.errors import UserError
from guie_desktop.jobs.apart import apart
from guie_desktop.jobs.switching import use_head
from guie_desktop.learned import GeneralHeadTest
from guie_desktop.learning.entrance_test import give_entrance_test
from guie_desktop.messages import Progress
from guie_desktop.sentences import Sentence
from guie_desktop.workspace.general_heads import id_of, is_general, read_general
from guie_desktop.workspace.head_versions import import_head, read_head_file
from guie_desktop.workspace.open_library import WritableLibrary

_SORT = Sentence(
    "Sort more photos into albums, at least {photos} each of several kinds and of different occasions; then try again.",
    photos=10,
)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a file."""

    head_id: int
    test: GeneralHeadTest | None
    """None for one that was learned from albums, which is not in use yet."""
    origin: HeadOrigin | None


def take_in_head(library: WritableLibrary, file: Path) -> Generator[Progress, None, TakenIn]:
    """Take a head in; a general one searches from then on.

    UserError where it is damaged, does not fit, or where a general one does worse on the photos here than the one in
    use, or cannot be tested; then nothing has changed.
    """
    stored = read_head_file(file)
    if not is_general(stored):
        return TakenIn(import_head(library, file), None, None)
    head = read_general(library, stored)
    backbone = library.backbone
    entrance = yield from apart(
        partial(give_entrance_test, library.paths.catalog, backbone.key, backbone.general, head),
        Progress("test", 0, 100),
        name="testing",
        crashes=library.paths.crash_of("learning"),
        ended=UserError(
            "The process that tests the general head has ended before it was done.",
            "Nothing has changed. Close programs that need much memory, and try again.",
        ),
    )
    test = _passed(entrance.test)
    kept = _kept(library, file, replace(head, same=entrance.same, before=test.before, after=test.after))
    yield from use_head(library, kept)
    return TakenIn(kept, test, head.origin)


def _kept(library: WritableLibrary, file: Path, head: GeneralHead) -> int:
    name = file.name.encode(errors="replace").decode()  # names of files may hold bytes that are not text
    data = replace(head, name=name).to_bytes()
    return id_of(library.head_store.keep_trained(library.backbone.key, data, head.fitted_on).id)


def _passed(test: GeneralHeadTest | None) -> GeneralHeadTest:
    """The test, if it was; UserError with its figures where it was not."""
    if test is None:
        raise UserError("There is nothing here to test this general head by, so it is not used.", _SORT)
    figures = {
        "after": f"{test.after.mmp5:.3f}",
        "before": f"{test.before.mmp5:.3f}",
        "queries": test.queries,
    }
    if test.outcome == "tells nothing":
        raise UserError(
            Sentence(
                "The photos here cannot tell whether this general head is any good, so it is not used: in a test with "
                "{queries} photos, random numbers do as well (mMP@5 is {after} by this head, and "
                "{before} by the one in use).",
                **figures,
            ),
            _SORT,
        )
    if test.outcome == "not sure":
        raise UserError(
            Sentence(
                "It is not sure that this general head is no worse than the one in use, so it is not used: in a test "
                "with {queries} photos, mMP@5 is {after}, and {before} by the one in use.",
                **figures,
            ),
            _SORT,
        )
    if test.outcome == "worse":
        raise UserError(
            Sentence(
                "This general head finds worse what belongs together here than the one in use, so it is not used: in a "
                "test with {queries} photos, mMP@5 is {after} instead of {before}.",
                **figures,
            ),
            "Nothing has changed. Learn your albums instead, or take in one that was trained on photos like yours.",
        )
    return test
