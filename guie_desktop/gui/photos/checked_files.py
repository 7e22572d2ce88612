"""Before anything is done with photos' files: which of these still are the photos that the library shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guie_desktop.disk.same_file import objection
from guie_desktop.domain import Photo
from guie_desktop.errors import UserError
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.language import ntr, tr, tr_noop

_NAMED = 3
"""Photos that a sentence names; of the others it says how many they are."""
LEFT_ALONE = tr_noop(
    "What is there was left as it is, and the library is brought up to date now. "
    "Connect the drive if it is away, look at the photos again, then try once more."
)

WentOn = Callable[[int], bool]
"""Gets how many photos are done, and says whether to go on with the next."""


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """The photos whose files they are, and the sentence on the others, if there are any."""

    good: list[Photo]
    refusal: UserError | None


def check_files(
    photos: Sequence[Photo],
    refused: str,
    went_on: WentOn = lambda _: True,
    object_to: Callable[[Photo], str | None] = objection,
) -> CheckedFiles:
    """Look at the files, which may mean to read them; for a thread, unless `object_to` only glances at them.

    `refused` is the sentence on those that were left alone, with {files} for their names and what speaks against each.
    """
    good, left = [], []
    for number, photo in enumerate(photos, start=1):
        reason = object_to(photo)
        if reason is None:
            good.append(photo)
        else:
            left.append(f"{readable(photo.path.name)} {tr(reason)}")
        if not went_on(number):
            break
    return CheckedFiles(good, refusal(refused, left))


def refusal(sentence: str, left: Sequence[str]) -> UserError | None:
    """The sentence on files that were left alone, each a name with the reason; None where there are none."""
    if not left:
        return None
    others = len(left) - _NAMED
    more = [ntr("and {number} other", "and {number} others", others)] if others > 0 else []
    return UserError(tr(sentence, files="; ".join([*left[:_NAMED], *more])), LEFT_ALONE)
