"""Finding out which colours photos show, where that was not done when their small pictures were made.

So it is in libraries of earlier versions. It is done with the small pictures, and no photo is opened.
"""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor

from guie_desktop.jobs.pace import Pace
from guie_desktop.library.conditions import chunks
from guie_desktop.messages import Progress
from guie_desktop.pictures.named_colours import colours_in
from guie_desktop.workspace.open_library import WritableLibrary

_AT_ONCE = 128
"""Pictures of a step, which takes a twentieth of a second, and of a transaction."""


def colours_are_missing(library: WritableLibrary) -> bool:
    """Whether there is anything to do."""
    return bool(library.colours.unknown())


def find_missing_colours(library: WritableLibrary) -> Generator[Progress, None, None]:
    """Find and keep them. Each yield is a safe place to stop, and a later run goes on from there."""
    unknown = library.colours.unknown()
    if not unknown:
        return
    pace = Pace("colours", len(unknown))
    yield pace.progress()
    with ThreadPoolExecutor(library.threads) as pool:
        for part in chunks(unknown, _AT_ONCE):
            jpegs = library.thumbnails.many(part)
            found = zip(jpegs, pool.map(colours_in, jpegs.values()), strict=True)
            shares = {key: of_one for key, of_one in found if of_one}
            library.colours.keep(shares)
            library.colours.give_up([key for key in part if key not in shares])
            pace.advance(len(part))
            yield pace.progress()
