"""What the errors of a disk mean: which of them say that something is gone, and what to do about the others."""

import errno
from collections.abc import Sequence

from guie_desktop.errors import UnreadablePhoto, reason_of
from guie_desktop.sentences import Sentence, tr_noop

_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})
_UNANSWERED = frozenset(
    {errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH, errno.ENOTCONN}
    | {errno.ECONNREFUSED, errno.ECONNRESET, errno.ECONNABORTED, errno.ENODEV, errno.ENXIO}
)


def means_gone(error: OSError) -> bool:
    """Whether the error says that there is nothing of that name; all others leave open what there is."""
    return error.errno in (errno.ENOENT, errno.ENOTDIR)


def folder_trouble(error: OSError) -> Sentence:
    """Why a folder could not be listed, and what to do."""
    reason = reason_of(error)
    if error.errno in _FORBIDDEN:
        happened = Sentence("The program is not allowed to open this folder.")
    elif error.errno in _UNANSWERED:
        happened = Sentence("The drive of this folder does not answer ({reason}).", reason=reason)
    elif error.errno == errno.ENAMETOOLONG:
        happened = Sentence("The path of this folder is longer than the system takes.")
    else:
        happened = Sentence("This folder could not be listed ({reason}).", reason=reason)
    told = tr_noop("{problem} What is known of it is kept. {remedy}")
    return Sentence(told, problem=happened, remedy=_remedy_of_folder(error))


def names_trouble(unclear: Sequence[tuple[str, OSError]]) -> Sentence:
    """Why some of a folder's files could not be looked at, and what to do; `unclear` is not empty."""
    name, error = unclear[0]
    values = {"file": name, "reason": reason_of(error), "remedy": _remedy_of_folder(error)}
    if len(unclear) == 1:
        one = tr_noop("The file {file} could not be looked at ({reason}). What is known is kept. {remedy}")
        return Sentence(one, **values)
    several = tr_noop(
        "{number} files in this folder, such as {file}, could not be looked at ({reason}). "
        "What is known is kept. {remedy}"
    )
    return Sentence(several, number=len(unclear), **values)


def file_trouble(error: OSError) -> UnreadablePhoto:
    """Why a file could not be read, and what to do. It may be good, and is tried again."""
    if means_gone(error):
        return UnreadablePhoto("The file is no longer there.", "Bring the library up to date.", transient=True)
    reason = reason_of(error)
    if error.errno in _FORBIDDEN:
        happened = Sentence("The program is not allowed to open this file.")
    elif error.errno in _UNANSWERED:
        happened = Sentence("The drive of this file does not answer ({reason}).", reason=reason)
    elif error.errno == errno.ENAMETOOLONG:
        happened = Sentence("The path of this file is longer than the system takes.")
    else:
        happened = Sentence("The file could not be read: {reason}.", reason=reason)
    return UnreadablePhoto(happened, _remedy_of_file(error), transient=True)


def _remedy_of_folder(error: OSError) -> Sentence:
    if error.errno in _FORBIDDEN:
        return Sentence("Change the folder's permissions, and look for changes again.")
    if error.errno in _UNANSWERED or error.errno == errno.ESTALE:
        return Sentence("Connect the drive anew, and look for changes again.")
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return Sentence("Close other programs, and look for changes again.")
    return _remedy_of_both(error) or Sentence("Look for changes again; where it stays so, check the drive.")


def _remedy_of_file(error: OSError) -> Sentence:
    if error.errno in _FORBIDDEN:
        return Sentence("Change the file's permissions, and try again.")
    if error.errno in _UNANSWERED or error.errno == errno.ESTALE:
        return Sentence("Connect the drive anew, and try again.")
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return Sentence("Close other programs, and try again.")
    return _remedy_of_both(error) or Sentence("Try again; where it stays so, check the drive.")


def _remedy_of_both(error: OSError) -> Sentence | None:
    if error.errno == errno.ENAMETOOLONG:
        return Sentence("Give the folders that it lies in shorter names, or move it further up.")
    if error.errno == errno.EIO:
        return Sentence("Check the drive and its cable, and copy what is on it while it can be read.")
    return None
