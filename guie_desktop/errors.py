"""Failures that are the world's fault, told to the user in a sentence."""


class UserError(Exception):
    """Something outside the program went wrong; everything else is a bug.

    `title` says what happened, `remedy` what the user can do about it. Both are whole sentences.
    """

    def __init__(self, title: str, remedy: str = "") -> None:
        super().__init__(f"{title} {remedy}".strip())
        self.title = title
        self.remedy = remedy

    def __reduce__(self) -> tuple[type["UserError"], tuple[str, str]]:
        # Exception pickles only the joined sentence; the two parts cross processes.
        return type(self), (self.title, self.remedy)


class UnreadablePhoto(UserError):
    """A photo that cannot be read; `passing` failures may heal without the file being changed."""

    def __init__(self, title: str, remedy: str = "", *, passing: bool = False) -> None:
        super().__init__(title, remedy)
        self.passing = passing
