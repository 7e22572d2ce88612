"""What the worker says of looking into photos."""

from dataclasses import dataclass

from guie_desktop.asking import Filter


@dataclass(frozen=True, slots=True)
class PartsCost:
    """What looking into photos would take."""

    which: Filter
    photos: int
    """That have no parts yet."""
    seconds: float
    bytes: int
    """Of the disk."""
    free: int
    """Bytes of the disk that nobody has."""
    away: int = 0
    """Photos beside these whose drive is not connected, so that they cannot be looked into."""


@dataclass(frozen=True, slots=True)
class PartsHeld:
    """Of which photos the parts are known; news when all that can be read have been looked into."""

    chosen: tuple[Filter, ...]
    """The folders and albums that were chosen; one that lets everything pass stands for the whole library."""
    photos: int
    waiting: int
    """Photos that were chosen, and not looked into yet."""
    bytes: int
    """Of the disk, about."""
