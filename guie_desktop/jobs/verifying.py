"""Checking the whole library against the disk: what is not known, what is missing, what holds something else."""

import time
from collections.abc import Generator

from guie_desktop.jobs.checking import check_contents
from guie_desktop.jobs.indexing import index_library
from guie_desktop.messages import Checked, Progress
from guie_desktop.workspace.open_library import WritableLibrary


def verify_library(library: WritableLibrary) -> Generator[Progress, None, Checked]:
    """Bring the library up to date, then read every file again and compare its content; what differs is read anew.

    It takes as long as reading all files does. Cut off, the next call goes on where this one was.
    """
    since = library.choices.check_begun_at
    if since is None:
        since = time.time()
        library.choices.begin_check(since)
    index = yield from index_library(library)
    outcome = yield from check_contents(library, since)
    if outcome.changed:
        yield from index_library(library, directories=set())
    last = library.choices.last_check
    library.choices.end_check()
    return Checked(
        checked=library.content_checks.checked_count(since),
        changed=outcome.changed,
        missing=library.content_checks.missing(last),
        untracked=index.added,
    )
