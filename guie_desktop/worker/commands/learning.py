"""What the worker does when it is asked to learn albums, or for the versions of what was learned."""

from collections.abc import Generator
from pathlib import Path

from guie_desktop.jobs.learning import learn
from guie_desktop.jobs.switching import use_head
from guie_desktop.jobs.taking_in import take_in_head
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.messages import (
    ExportHead,
    Heads,
    ImportHead,
    Learn,
    Learned,
    ListHeads,
    Progress,
    ReadReport,
    UseHead,
)
from guie_desktop.worker.desk import Desk
from guie_desktop.worker.later import Later
from guie_desktop.workspace.general_heads import is_general
from guie_desktop.workspace.head_versions import export_head, import_head, list_heads, read_head_file, report_of
from guie_desktop.workspace.open_library import WritableLibrary

LearningCommand = Learn | ListHeads | UseHead | ExportHead | ImportHead | ReadReport


def answer(desk: Desk, command: LearningCommand) -> Heads | Learned | Later:
    """Answer at once, or with a job; UserError where it cannot be done."""
    library = desk.library
    match command:
        case Learn():
            return _at_once(library, _learning(library))
        case UseHead(head_id):
            return _at_once(library, _using(library, head_id))
        case ReadReport(head_id):
            return Learned(report_of(library, head_id))
        case ExportHead(head_id, path, with_names):
            export_head(library, head_id, path, with_names=with_names)
        case ImportHead(path):
            if is_general(read_head_file(path)):
                return _at_once(library, _taking_in(library, path))  # which is tested first
            import_head(library, path)
        case ListHeads():
            pass
    return _heads(library)


def _at_once(library: WritableLibrary, steps: Generator[Progress, None, Heads | Learned]) -> Later:
    # The heads are told also where it failed or was given up, for by then a version may have been kept.
    return Later(steps, is_urgent=True, news=lambda: _heads(library))


def _learning(library: WritableLibrary) -> Generator[Progress, None, Learned]:
    return Learned((yield from learn(library, Recipe())))


def _using(library: WritableLibrary, head_id: int) -> Generator[Progress, None, Heads]:
    yield from use_head(library, head_id)
    return _heads(library)


def _taking_in(library: WritableLibrary, file: Path) -> Generator[Progress, None, Heads]:
    yield from take_in_head(library, file)
    return _heads(library)


def _heads(library: WritableLibrary) -> Heads:
    return Heads(list_heads(library), library.head_store.is_personal_for_others(library.backbone.key))
