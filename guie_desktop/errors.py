"""Failures that are the world's fault, told to the user in a sentence."""

import errno

from guie_desktop.sentences import Sentence, tr_noop


class UserError(Exception):
    """Something outside the program went wrong; everything else is a bug.

    `title` says what happened, `remedy` what the user can do about it. Both are whole sentences, and true in the window
    and on the command line. The `command` that does it is named on the command line only, where the whole is printed.
    """

    def __init__(self, title: str, remedy: str = "", command: str = "") -> None:
        super().__init__(title, remedy)  # what is pickled, with the attributes
        self.title = title
        self.remedy = remedy
        self.command = command

    @property
    def sentence(self) -> Sentence:
        """Both as one."""
        if not self.remedy:
            return Sentence(self.title)
        return Sentence("{title} {remedy}", title=Sentence(self.title), remedy=Sentence(self.remedy))

    def __str__(self) -> str:
        run = f"Run: guie-desktop {self.command}" if self.command else ""
        return " ".join(part for part in (self.title, self.remedy, run) if part)


class UnreadablePhoto(UserError):
    """A photo that cannot be read; `transient` failures may heal without the file being changed."""

    def __init__(self, title: str, remedy: str = "", *, transient: bool = False) -> None:
        super().__init__(title, remedy)
        self.transient = transient


NOT_YET = tr_noop("Wait until they are prepared for search, or press F5 if you cancelled that.")
"""What to do about photos that are shown and not embedded."""


class UnknownWords(UserError):
    """Words name nothing that a model knows; `instead` are English names of the nearest things that are."""

    def __init__(self, title: str, remedy: str, command: str, instead: tuple[str, ...]) -> None:
        super().__init__(title, remedy, command)
        self.instead = instead

    def __str__(self) -> str:
        nearest = f" Nearest that it knows: {', '.join(self.instead)}." if self.instead else ""
        return f"{super().__str__()}{nearest}"


class NothingPasses(UserError):
    """No photo passes all filters that a search is to look among."""


class NoRoom(UserError):
    """The disk is full, or the user's share of it; what was to be written is written when there is room again."""


class DamagedLibrary(UserError):
    """The catalog, which is the truth, cannot be read any more; a copy of it can be put back."""


def not_written(what: Sentence, error: OSError) -> UserError:
    """What to say where `what`, which begins a sentence, could not be written."""
    return of_system(Sentence("{what} could not be written ({reason}).", what=what, reason=reason_of(error)), error)


def of_system(title: str, error: OSError) -> UserError:
    """An error of the operating system for the user: this title, and the remedy that is true of it."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return NoRoom(title, "Free some disk space and try again; nothing is lost.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return UserError(title, "Change the permissions of the folder that it is in, or choose another folder.")
        case errno.ENAMETOOLONG:
            return UserError(title, "Its path is longer than this system takes; give its folders shorter names.")
        case _:
            return UserError(title, "Check the drive and its cable, then try again.")


def for_user(error: UserError | OSError) -> UserError:
    """The error itself, or one of the operating system, which is always the world's fault, in a sentence."""
    if isinstance(error, UserError):
        return error
    what = error.filename or Sentence("The system")
    return of_system(Sentence("{what}: {reason}.", what=what, reason=reason_of(error)), error)


_REASONS = {
    errno.EACCES: tr_noop("Permission denied"),
    errno.EPERM: tr_noop("Operation not permitted"),
    errno.ENOENT: tr_noop("No such file or directory"),
    errno.ENOTDIR: tr_noop("Not a directory"),
    errno.ENOSPC: tr_noop("No space left on device"),
    errno.EDQUOT: tr_noop("Disk quota exceeded"),
    errno.EROFS: tr_noop("Read-only file system"),
    errno.EIO: tr_noop("Input/output error"),
    errno.ENAMETOOLONG: tr_noop("File name too long"),
    errno.EEXIST: tr_noop("File exists"),
}
"""What systems say most, which they say in English whatever the user speaks."""


def reason_of(error: OSError) -> Sentence:
    """What the operating system says of an error, to stand within a sentence."""
    return Sentence(_REASONS.get(error.errno or 0) or error.strerror or str(error))
