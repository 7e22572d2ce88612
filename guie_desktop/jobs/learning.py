"""Learning the albums: a process of its own tests and trains, and the head is taken into use if it passes."""

import time
from collections.abc import Generator
from dataclasses import replace
from functools import partial

from guie_desktop.embedding.torch_at_hand import need_torch
from guie_desktop.errors import UserError
from guie_desktop.jobs.apart import apart
from guie_desktop.jobs.switching import use_head
from guie_desktop.learned import LearningReport
from guie_desktop.learning.data.library_data import need_albums
from guie_desktop.learning.lesson import learn_albums
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.messages import Progress
from guie_desktop.workspace.open_library import WritableLibrary
from guie_desktop.workspace.reports import report_as_text


def learn(
    library: WritableLibrary, recipe: Recipe, *, dry_run: bool = False
) -> Generator[Progress, None, LearningReport]:
    """Learn the albums of the library; search goes on, and changes when the new head's index is whole.

    With `dry_run` nothing is kept. UserError where there is nothing to learn from.
    """
    started = time.monotonic()
    need_torch()
    need_albums(library.catalog, recipe)  # which needs no process
    backbone = library.backbone
    lesson = yield from apart(
        partial(learn_albums, library.paths.catalog, backbone.key, backbone.general, recipe),
        Progress("test", 0, 100),
        name="learning",
        crashes=library.paths.crash_of("learning"),
        ended=UserError(
            "The process that learns has ended before it was done.",
            "Nothing is lost. Close programs that need much memory, and learn again.",
        ),
    )
    report = replace(lesson.report, seconds=time.monotonic() - started)
    if lesson.head is None or not report.accepted or dry_run:
        return report
    title = library.head_store.next_title()
    kept = library.head_store.keep_personal(
        backbone.key,
        title,
        replace(lesson.head, title=title).to_bytes(with_names=True),
        lesson.trained_on,
        report_as_text(report),
    )
    yield from use_head(library, kept)
    return replace(report, head=kept, seconds=time.monotonic() - started)
