"""What the window asks of the worker about duplicates; the type in brackets is that of the answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from guie_desktop.domain import ContentHash
from guie_desktop.duplicates import KeepChoices
from guie_desktop.messages.commands import Command
from guie_desktop.messages.duplicate_events import DuplicatesFound, HandedOn, Parted
from guie_desktop.messages.events import Done


@dataclass(frozen=True, slots=True)
class FindDuplicates(Command[DuplicatesFound]):
    """Look for duplicates in the whole library; what is found is in the catalog in the end."""


@dataclass(frozen=True, slots=True)
class PartDuplicates(Command[Parted]):
    """Remember that these contents are no duplicates of each other."""

    pairs: tuple[frozenset[ContentHash], ...]


@dataclass(frozen=True, slots=True)
class UniteDuplicates(Command[Done]):
    """Take back what `PartDuplicates` has newly said."""

    pairs: tuple[frozenset[ContentHash], ...]


@dataclass(frozen=True, slots=True)
class HandOn(Command[HandedOn]):
    """Give what was said of photos that go to those that stay in their place: albums, stars, flags."""

    heirs: Mapping[int, int]
    """Id of a photo that goes to the id of the one that stays."""


@dataclass(frozen=True, slots=True)
class TakeBackFromHeirs(Command[Done]):
    """Let all be said of the heirs that was said of them before, and nothing else."""

    before: HandedOn


@dataclass(frozen=True, slots=True)
class KeepSo(Command[Done]):
    """Choose the photos that stay in this way from now on."""

    choices: KeepChoices
