"""Failures that are the world's fault, told to the user in a sentence."""

import errno


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

    def __str__(self) -> str:
        run = f"Run: guie-desktop {self.command}" if self.command else ""
        return " ".join(part for part in (self.title, self.remedy, run) if part)


class UnreadablePhoto(UserError):
    """A photo that cannot be read; `transient` failures may heal without the file being changed."""

    def __init__(self, title: str, remedy: str = "", *, transient: bool = False) -> None:
        super().__init__(title, remedy)
        self.transient = transient


NOT_YET = "Wait until they are prepared for search, or press F5 if you cancelled that."
"""What to do about photos that are shown and not embedded."""


class NoRoom(UserError):
    """The disk is full, or the user's share of it; what was to be written is written when there is room again."""


class DamagedLibrary(UserError):
    """The catalog, which is the truth, cannot be read any more; a copy of it can be put back."""


def not_written(what: str, error: OSError) -> UserError:
    """What to say where `what`, which begins a sentence, could not be written."""
    return of_system(f"{what} could not be written ({reason_of(error)}).", error)


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
    return of_system(f"{error.filename or 'The system'}: {reason_of(error)}.", error)


def reason_of(error: OSError) -> str:
    """What the operating system says of an error, to stand within a sentence."""
    return error.strerror or str(error)
