"""What the errors of a disk mean: which of them say that something is gone, and what to do about the others."""

import errno
from collections.abc import Sequence

from guie_desktop.errors import UnreadablePhoto, reason_of

_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})
_UNANSWERED = frozenset(
    {errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH, errno.ENOTCONN}
    | {errno.ECONNREFUSED, errno.ECONNRESET, errno.ECONNABORTED, errno.ENODEV, errno.ENXIO}
)
_KEPT = "What is known of it is kept."
_LOOK_AGAIN = "look for changes again"


def means_gone(error: OSError) -> bool:
    """Whether the error says that there is nothing of that name; all others leave open what there is."""
    return error.errno in (errno.ENOENT, errno.ENOTDIR)


def folder_trouble(error: OSError) -> str:
    """Why a folder could not be listed, and what to do, as sentences."""
    happened = _what_happened(error, "folder") or f"This folder could not be listed ({reason_of(error)})."
    return f"{happened} {_KEPT} {_remedy(error, 'folder', _LOOK_AGAIN)}"


def names_trouble(unclear: Sequence[tuple[str, OSError]]) -> str:
    """Why some of a folder's files could not be looked at, and what to do; `unclear` is not empty."""
    name, error = unclear[0]
    files = f"The file {name}" if len(unclear) == 1 else f"{len(unclear)} files in this folder, such as {name},"
    remedy = _remedy(error, "folder", _LOOK_AGAIN)
    return f"{files} could not be looked at ({reason_of(error)}). What is known is kept. {remedy}"


def file_trouble(error: OSError) -> UnreadablePhoto:
    """Why a file could not be read, and what to do. It may be good, and is tried again."""
    if means_gone(error):
        return UnreadablePhoto("The file is no longer there.", "Bring the library up to date.", transient=True)
    happened = _what_happened(error, "file") or f"The file could not be read: {reason_of(error)}."
    return UnreadablePhoto(happened, _remedy(error, "file", "try again"), transient=True)


def _what_happened(error: OSError, thing: str) -> str | None:
    if error.errno in _FORBIDDEN:
        return f"The program is not allowed to open this {thing}."
    if error.errno in _UNANSWERED:
        return f"The drive of this {thing} does not answer ({reason_of(error)})."
    if error.errno == errno.ENAMETOOLONG:
        return f"The path of this {thing} is longer than the system takes."
    return None


def _remedy(error: OSError, thing: str, again: str) -> str:
    if error.errno in _FORBIDDEN:
        return f"Change the {thing}'s permissions, and {again}."
    if error.errno in _UNANSWERED or error.errno == errno.ESTALE:
        return f"Connect the drive anew, and {again}."
    if error.errno == errno.ENAMETOOLONG:
        return "Give the folders that it lies in shorter names, or move it further up."
    if error.errno == errno.EIO:
        return "Check the drive and its cable, and copy what is on it while it can be read."
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return f"Close other programs, and {again}."
    return f"{again.capitalize()}; where it stays so, check the drive."
