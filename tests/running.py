"""Running jobs to their end, as the doors do."""

from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

from guie_desktop.domain import IndexReport
from guie_desktop.jobs.indexing import index_library
from guie_desktop.messages import Progress
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary

Result = TypeVar("Result")


def finish(job: Generator[Progress, None, Result]) -> Result:
    """Take all steps; returns what the job returns."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            result: Result = end.value
            return result


def index_folder(paths: LibraryPaths, *folders: Path, retry: bool = False) -> IndexReport:
    """Add the folders and bring the library up to date."""
    with WritableLibrary(paths) as library:
        for folder in folders:
            library.catalog.add_folder(folder)
        return finish(index_library(library, retry=retry))
