"""Carrying out what the window asks for: each kind of command has its file, and each file an `answer`."""

from collections.abc import Callable
from typing import Any, get_args

from guie_desktop.messages import Command, Event
from guie_desktop.worker.commands import (
    albums,
    duplicates,
    filing,
    folders,
    learning,
    maps,
    marks,
    models,
    parts,
    pictures,
    running,
    searches,
    searching,
    settings,
    shared,
)
from guie_desktop.worker.desk import Desk
from guie_desktop.worker.later import Aside, Later

Answering = Callable[[Desk, Any], Event | Later | Aside]

ANSWERS: dict[type[Command[Any]], Answering] = {
    command: answer
    for commands, answer in (
        (albums.AlbumCommand, albums.answer),
        (duplicates.DuplicateCommand, duplicates.answer),
        (filing.FilingCommand, filing.answer),
        (folders.FolderCommand, folders.answer),
        (learning.LearningCommand, learning.answer),
        (maps.MapCommand, maps.answer),
        (marks.MarkCommand, marks.answer),
        (models.ModelCommand, models.answer),
        (parts.PartCommand, parts.answer),
        (pictures.PictureCommand, pictures.answer),
        (running.RunningCommand, running.answer),
        (searches.SavedSearchCommand, searches.answer),
        (searching.SearchCommand, searching.answer),
        (settings.SettingCommand, settings.answer),
        (shared.SharedCommand, shared.answer),
    )
    for command in get_args(commands) or (commands,)
}
"""Who answers which command; Shutdown is for the loop."""
