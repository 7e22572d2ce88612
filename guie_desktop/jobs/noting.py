"""Reading what photos say of themselves in words, where that was not read together with them; nothing is decoded.

So it is in libraries of earlier versions, of copies, and where other programs have changed the notes beside photos. The
words by which photos are found are brought up to date as well, where they were too many for one transaction.
"""

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.jobs.background import in_background, until_done
from guie_desktop.jobs.pace import Pace
from guie_desktop.library.photo_notes import NotedPhoto
from guie_desktop.messages import Progress
from guie_desktop.noted import PhotoNotes
from guie_desktop.workspace.open_library import WritableLibrary

_AHEAD = 64  # read or being read
_AT_ONCE = 64  # photos of a transaction at most; fewer where fewer are ready

_NAMED_AT_ONCE = 1000

_Begun = tuple[NotedPhoto, Future[PhotoNotes]]


def notes_are_missing(library: WritableLibrary) -> bool:
    """Whether there is anything to do."""
    counts = (library.words.outdated_count, library.notes.nameless_count, library.notes.waiting_count)
    return any(count() for count in counts)


def read_missing_notes(library: WritableLibrary) -> Generator[Progress, None, None]:
    """Read and keep them. Each yield is a safe place to stop, and a later run goes on from there."""
    yield from _renew_words(library)  # names are known, and need not wait for drives
    yield from _read_notes(library)
    yield from _name_places(library)


def _name_places(library: WritableLibrary) -> Generator[Progress, None, None]:
    total = library.notes.nameless_count()
    if not total:
        return
    from guie_desktop.pictures.place_names import (
        Gazetteer,
    )  # large, and only for photos that tell where they were taken

    pace = Pace("notes", total)
    gazetteer = yield from in_background(Gazetteer, pace.progress)
    while nameless := library.notes.nameless(_NAMED_AT_ONCE):
        names = gazetteer.names([where for _, where in nameless])
        library.notes.keep_places([(photo_id, name) for (photo_id, _), name in zip(nameless, names, strict=True)])
        pace.advance(len(nameless))
        yield pace.progress()


def _renew_words(library: WritableLibrary) -> Generator[Progress, None, None]:
    left = library.words.outdated_count()
    pace = Pace("notes", left)
    while left:
        library.words.renew_some()
        before, left = left, library.words.outdated_count()
        pace.advance(before - left)
        yield pace.progress()


def _read_notes(library: WritableLibrary) -> Generator[Progress, None, None]:
    total = library.notes.waiting_count()
    if not total:
        return
    pace = Pace("notes", total)
    yield pace.progress()
    ahead: deque[_Begun] = deque()
    waiting = library.notes.waiting()
    try:
        while True:
            while len(ahead) < _AHEAD and (photo := next(waiting, None)) is not None:
                ahead.append((photo, library.decoders.submit_notes(photo.path)))
            if not ahead:
                return
            yield from until_done(ahead[0][1], pace.progress)
            batch = list(_ready(ahead))
            read = ((photo.id, _result(future)) for photo, future in batch)
            library.notes.record([(photo_id, said) for photo_id, said in read if said is not None])
            pace.advance(len(batch))
            yield pace.progress(detail=str(batch[-1][0].path))
    finally:
        for _, future in ahead:
            future.cancel()  # what is being read comes to its end, and is forgotten
        library.decoders.rest()


def _ready(ahead: deque[_Begun]) -> Iterator[_Begun]:
    """Those from the left that are done, up to a transaction of them."""
    for _ in range(_AT_ONCE):
        if not ahead or not ahead[0][1].done():
            return
        yield ahead.popleft()


def _result(future: Future[PhotoNotes]) -> PhotoNotes | None:
    """What a photo says; None where it is to be asked again, for its drive may be away."""
    try:
        return future.result()
    except UnreadablePhoto as error:
        return None if error.transient else PhotoNotes()
