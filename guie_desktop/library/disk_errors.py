"""What the errors of a disk mean: which of them say that something is gone, and what to do about the others."""

import errno
from collections.abc import Sequence

_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})
_UNANSWERED = frozenset(
    {errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH, errno.ENOTCONN}
    | {errno.ECONNREFUSED, errno.ECONNRESET, errno.ECONNABORTED, errno.ENODEV, errno.ENXIO}
)
_KEPT = "What is known of it is kept."


def means_gone(error: OSError) -> bool:
    """Whether the error says that there is nothing of that name; all others leave open what there is."""
    return error.errno in (errno.ENOENT, errno.ENOTDIR)


def folder_trouble(error: OSError) -> str:
    """Why a folder could not be listed, and what to do, as sentences."""
    return f"{_what_happened(error)} {_KEPT} {_remedy(error)}"


def names_trouble(unclear: Sequence[tuple[str, OSError]]) -> str:
    """Why some of a folder's files could not be looked at, and what to do; `unclear` is not empty."""
    name, error = unclear[0]
    files = f"The file {name}" if len(unclear) == 1 else f"{len(unclear)} files in this folder, such as {name},"
    return f"{files} could not be looked at ({_reason(error)}). What is known is kept. {_remedy(error)}"


def _what_happened(error: OSError) -> str:
    if error.errno in _FORBIDDEN:
        return "The program is not allowed to open this folder."
    if error.errno in _UNANSWERED:
        return f"The drive of this folder does not answer ({_reason(error)})."
    if error.errno == errno.ENAMETOOLONG:
        return "The path of this folder is longer than the system takes."
    return f"This folder could not be listed ({_reason(error)})."


def _remedy(error: OSError) -> str:
    if error.errno in _FORBIDDEN:
        return "Change the folder's permissions, and look for changes again."
    if error.errno in _UNANSWERED or error.errno == errno.ESTALE:
        return "Connect the drive anew, and look for changes again."
    if error.errno == errno.ENAMETOOLONG:
        return "Give the folders that it lies in shorter names, or move it further up."
    if error.errno == errno.EIO:
        return "Check the drive and its cable, and copy what is on it while it can be read."
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return "Close other programs, and look for changes again."
    return "Look for changes again; where it stays so, check the drive."


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
