"""Failures that are the world's fault, told to the user in a sentence."""


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
