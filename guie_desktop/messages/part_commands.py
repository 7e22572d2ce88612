"""What the window asks of the worker about parts of photos; the type in brackets is that of the answer."""

from dataclasses import dataclass

from guie_desktop.asking import Filter
from guie_desktop.messages.commands import Command, Question
from guie_desktop.messages.part_events import PartsCost, PartsHeld


@dataclass(frozen=True, slots=True)
class EstimateParts(Question[PartsCost]):
    """Try on a few photos of a folder or an album, or of all, what it takes to look into them; nothing is kept."""

    which: Filter


@dataclass(frozen=True, slots=True)
class LookInside(Command[PartsHeld]):
    """Let the parts of these photos be known, and of those that come into the folder or album later.

    PartsHeld when that is kept; they are read when nothing else is to be done.
    """

    which: Filter


@dataclass(frozen=True, slots=True)
class ForgetParts(Command[PartsHeld]):
    """Let go of the parts of all photos, and read no more; PartsHeld when they are off the disk."""


@dataclass(frozen=True, slots=True)
class ReadParts(Question[PartsHeld]):
    """Say of how many photos the parts are known."""
