"""Whether a file still is the photo that the library shows: asked before anything is done with the file.

A name is only how a picture is found. Size and times that agree say that nobody wrote to the file; where they do not,
or where the library itself took the file over unread, its content alone tells.
"""

import os
import stat

from guie_desktop.disk.content import content_hash_of
from guie_desktop.disk.disk_errors import means_gone
from guie_desktop.disk.file_numbers import size_and_time
from guie_desktop.domain import Photo
from guie_desktop.errors import reason_of
from guie_desktop.sentences import Sentence, tr_noop

IS_OTHER = tr_noop("is no longer the photo that the library shows")
IS_GONE = tr_noop("is not there any more")


def objection(photo: Photo, *, believe_times: bool = True) -> str | None:
    """None where the file is the photo, or else what speaks against it: the end of a sentence about the file.

    The content is read where the times are not those of the photo, or are not believed: before what cannot be undone.
    """
    try:
        status = photo.path.stat()
        if _is_other_at_a_glance(photo, status):
            return IS_OTHER
        if believe_times and photo.ctime_ns is not None and _agrees(photo, status):
            return None
        return None if _holds(photo) else IS_OTHER
    except OSError as error:
        return _unreachable(error)


def objection_at_a_glance(photo: Photo) -> str | None:
    """The same without reading the file, for where nothing may be waited for; in doubt there is an objection."""
    try:
        status = photo.path.stat()
    except OSError as error:
        return _unreachable(error)
    if _is_other_at_a_glance(photo, status):
        return IS_OTHER
    return None if _agrees(photo, status) else tr_noop("has changed since it was looked at")


def is_unchanged(photo: Photo) -> bool:
    """Whether the file is as it was when it was read; one that cannot be reached counts as unchanged."""
    try:
        status = photo.path.stat()
    except OSError:
        return True  # unplugged: what is stored is all there is
    return _agrees(photo, status)


def _is_other_at_a_glance(photo: Photo, status: os.stat_result) -> bool:
    return not stat.S_ISREG(status.st_mode) or size_and_time(status)[0] != photo.bytes


def _agrees(photo: Photo, status: os.stat_result) -> bool:
    """Whether size and times are those that the photo was read with."""
    same_change = photo.ctime_ns in (None, status.st_ctime_ns)
    return not photo.unconfirmed and same_change and size_and_time(status) == (photo.bytes, photo.mtime_ns)


def _holds(photo: Photo) -> bool:
    """Whether the file holds the photo's content, and still is the file that lies there when it has been read."""
    with photo.path.open("rb") as file:
        before = os.fstat(file.fileno())
        same = content_hash_of(file) == photo.content_hash
        after = os.fstat(file.fileno())
    return same and _state(before) == _state(after) == _state(photo.path.stat())


def _state(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _unreachable(error: OSError) -> str:
    return IS_GONE if means_gone(error) else Sentence("cannot be read ({reason})", reason=reason_of(error))
