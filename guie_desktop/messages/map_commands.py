"""What the window asks of the worker about the map of the library; the type in brackets is that of the answer."""

from dataclasses import dataclass

from guie_desktop.messages.commands import Command, Question
from guie_desktop.messages.events import MapDrawn


@dataclass(frozen=True, slots=True)
class FindMap(Question[MapDrawn]):
    """Say where the map lies as it was drawn last; its file may not be there yet."""


@dataclass(frozen=True, slots=True)
class DrawMap(Command[MapDrawn]):
    """Bring the map up to date, or draw it `anew`; MapDrawn in the end."""

    anew: bool = False
