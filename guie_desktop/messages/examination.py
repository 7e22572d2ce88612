"""What an examination of the library found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be, as a sentence."""

    what: str
    repaired: bool
    can_be_repaired: bool = True
    """Whether it is, where that is asked for."""
    command: str = ""
    """What helps, on the command line."""


@dataclass(frozen=True, slots=True)
class Examined:
    """All that is not as it should be; nothing where the library is whole."""

    problems: tuple[Problem, ...]
