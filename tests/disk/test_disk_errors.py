"""Only two errors of the disk mean that something is gone; each of the others is told with what can be done."""

import errno
import os

import pytest

from guie_desktop.disk.disk_errors import file_trouble, folder_trouble, means_gone, names_trouble


def error(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_gone_is_what_does_not_exist_and_nothing_else(number: int) -> None:
    assert means_gone(error(number)) == (errno.errorcode[number] in ("ENOENT", "ENOTDIR"))


@pytest.mark.parametrize(
    ("number", "happened", "remedy"),
    [
        (errno.EACCES, "not allowed", "permissions"),
        (errno.EIO, "Input/output error", "copy what is on it"),
        (errno.ESTALE, "Stale file handle", "Connect the drive anew"),
        (errno.ETIMEDOUT, "does not answer", "Connect the drive anew"),
        (errno.ENAMETOOLONG, "longer than the system takes", "shorter names"),
        (errno.EMFILE, "Too many open files", "Close other programs"),
        (errno.EBADMSG, "Bad message", "check the drive"),
    ],
)
def test_each_error_has_its_sentences(number: int, happened: str, remedy: str) -> None:
    told = folder_trouble(error(number))
    assert happened in told
    assert "kept" in told
    assert remedy in told
    assert told.endswith(".")
    of_file = file_trouble(error(number))
    assert of_file.transient
    assert happened in of_file.title
    assert remedy.casefold() in of_file.remedy.casefold()


def test_files_are_named_or_counted() -> None:
    assert names_trouble([("a.jpg", error(errno.EACCES))]).startswith("The file a.jpg could not be looked at (")
    many = names_trouble([("a.jpg", error(errno.EIO)), ("b.jpg", error(errno.EIO))])
    assert many.startswith("2 files in this folder, such as a.jpg, could not be looked at (")
    assert "permissions" not in many
