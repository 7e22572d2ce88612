"""What the worker does when it is asked to learn albums, or for the versions of what was learned."""

from collections.abc import Callable, Generator
from typing import Any

from guie_desktop.errors import UserError
from guie_desktop.jobs.heads import export_head, import_head, list_heads, report_of, use_head
from guie_desktop.jobs.learning import learn
from guie_desktop.jobs.open_library import WritableLibrary
from guie_desktop.learning.recipe import Recipe
from guie_desktop.messages import (
    Event,
    ExportHead,
    Failed,
    Heads,
    ImportHead,
    Learn,
    Learned,
    ListHeads,
    Progress,
    ReadReport,
    UseHead,
)

Job = Generator[Progress, None, Any]

LearningCommand = Learn | ListHeads | UseHead | ExportHead | ImportHead | ReadReport


def carry_out_learning(
    command: LearningCommand,
    library: WritableLibrary,
    start: Callable[[Job], None],
    send: Callable[[Event], None],
) -> None:
    """Answer at once, or `start` a job that answers in the end; UserError where it cannot be done.

    After each job the loop says which heads there are.
    """
    match command:
        case Learn(request):
            start(_learning(library, request, send))
        case UseHead(request, head_id):
            start(_using(library, request, head_id, send))
        case ListHeads(request):
            send(Heads(request, list_heads(library)))
        case ExportHead(request, head_id, path, with_names):
            export_head(library, head_id, path, with_names=with_names)
            send(Heads(request, list_heads(library)))
        case ImportHead(request, path):
            import_head(library, path)
            send(Heads(request, list_heads(library)))
        case ReadReport(request, head_id):
            send(Learned(request, report_of(library, head_id)))


def _learning(library: WritableLibrary, request: int, send: Callable[[Event], None]) -> Job:
    try:
        report = yield from learn(library, Recipe())
    except UserError as error:
        send(Failed(request, error.title, error.remedy))
    else:
        send(Learned(request, report))


def _using(library: WritableLibrary, request: int, head_id: int, send: Callable[[Event], None]) -> Job:
    try:
        yield from use_head(library, head_id)
    except UserError as error:
        send(Failed(request, error.title, error.remedy))
    else:
        send(Heads(request, list_heads(library)))
