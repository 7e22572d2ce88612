"""What came of copying and moving photos, in sentences."""

from guie_desktop.language import ntr, tr, tr_noop
from guie_desktop.messages import Exported, Moved

_NOT_MOVED = tr_noop("Not moved: {file}, since {reason}.")
_NOT_MOVED_AND_MORE = tr_noop("Not moved: {file}, since {reason}; and {number} more.")
_NOT_RENAMED = tr_noop("Not renamed: {file}, since {reason}.")
_NOT_RENAMED_AND_MORE = tr_noop("Not renamed: {file}, since {reason}; and {number} more.")


def exported_sentence(done: Exported) -> str:
    """One line: how many were copied, and how many were not."""
    folder = done.folder.name or str(done.folder)
    parts = [ntr("{number} photo copied to {folder}", "{number} photos copied to {folder}", done.copied, folder=folder)]
    if done.skipped:
        parts.append(
            ntr(
                "{number} left out, for its name is taken",
                "{number} left out, for their names are taken",
                done.skipped,
            )
        )
    if done.left:
        parts.append(ntr("{number} could not be copied", "{number} could not be copied", len(done.left)))
    if done.remaining:
        parts.append(ntr("{number} not copied yet", "{number} not copied yet", done.remaining))
    return f"{'; '.join(parts)}."


def exported_lines(done: Exported) -> list[str]:
    """The same, with each file that could not be copied, and why it ended early."""
    lines = [tr("could not copy {path}: {reason}", path=one.path, reason=tr(one.reason)) for one in done.left]
    return [*lines, exported_sentence(done), *([tr(done.trouble)] if done.trouble else [])]


def moved_sentence(done: Moved, *, renamed: bool) -> str:
    """One line: how many files were moved or renamed."""
    parts, away = [_moved(len(done.moves), renamed=renamed)], done.left_library
    if away:
        parts.append(ntr("{number} no longer in the library", "{number} no longer in the library", away))
    return f"{'; '.join(parts)}."


def moved_words(number: int, *, renamed: bool) -> str:
    """The same of files that are still to be moved, as far as it is known before."""
    return f"{_moved(number, renamed=renamed)}."


def _moved(number: int, *, renamed: bool) -> str:
    if renamed:
        return ntr("{number} photo renamed", "{number} photos renamed", number)
    return ntr("{number} photo moved", "{number} photos moved", number)


def stayed_sentence(done: Moved, *, renamed: bool) -> str:
    """Which files were left where they are, and why; empty where all went."""
    if not done.left:
        return ""
    first, more = done.left[0], len(done.left) - 1
    sentence = _NOT_RENAMED if renamed else _NOT_MOVED
    if more:
        sentence = _NOT_RENAMED_AND_MORE if renamed else _NOT_MOVED_AND_MORE
    return tr(sentence, file=first.path.name, reason=tr(first.reason), number=more)


def kept_sentence(done: Moved) -> str:
    """Which files are in both places now; empty where there are none."""
    if not done.kept:
        return ""
    return ntr(
        "{number} file could not be moved to the trash after copying, such as {file}.",
        "{number} files could not be moved to the trash after copying, such as {file}.",
        len(done.kept),
        file=done.kept[0],
    )
