"""What a decoder process does: reads files and sends back what is small."""

import logging
import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path

from PIL import Image

from guie_desktop.decoding.messages_with_arrays import send
from guie_desktop.decoding.self_limits import forbid_core_dumps, limit_memory, limit_processor_time
from guie_desktop.decoding.weighing import too_heavy, weigh, weigh_video
from guie_desktop.decoding.wire import (
    READY,
    ContentRead,
    Decoded,
    FactsTask,
    FromDecoder,
    NotesTask,
    Still,
    StillReading,
    Task,
)
from guie_desktop.disk.content import content_hash, content_hash_of, empty_file, reading_file
from guie_desktop.errors import UnreadablePhoto, UserError, for_user
from guie_desktop.noted import PhotoNotes
from guie_desktop.pictures.embedded_previews import preview_of
from guie_desktop.pictures.facts import read_facts
from guie_desktop.pictures.images import Picture, crop, decode, read_photo, silence_decoder_warnings
from guie_desktop.pictures.named_colours import colours_in
from guie_desktop.pictures.notes import notes_of, read_notes
from guie_desktop.pictures.picture_sizes import THUMBNAIL
from guie_desktop.pictures.small_pictures import make_copy, make_thumbnail
from guie_desktop.sentences import Sentence

_MOST_MEMORY = 976 * 1024**2
"""Bytes; with libraries that are loaded later the process stays below 1 GB."""
_SECONDS_BETWEEN_BEATS = 5.0
_ROWS_AT_ONCE = 256
_WHEN_ORPHANED = 300.0
"""Seconds of computing for one core, after which a decoder that nobody waits for any more is ended."""


def serve(connection: Connection) -> None:
    """Carry out what comes until the program's end of the pipe is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the program's to answer
    silence_decoder_warnings()
    _silence_libraries()
    forbid_core_dumps()
    limit_memory(_MOST_MEMORY)
    with suppress(EOFError, ConnectionError):
        connection.send(READY)
        while True:
            task: Task | FactsTask = connection.recv()
            limit_processor_time(_WHEN_ORPHANED * (os.cpu_count() or 1))
            carry_out(task, connection)


def carry_out(task: Task | FactsTask, connection: Connection) -> None:
    """Answer one task, as `wire` says."""
    try:
        answer: FromDecoder | None
        if isinstance(task, NotesTask):
            answer = read_notes(task.path)
        elif isinstance(task, FactsTask):
            answer = read_facts(read_photo(task.path), task.path.name)
        else:
            answer = _of_video(task, connection) if task.is_of_video else _of_photo(task, connection)
    except UserError as error:
        answer = _too_much_memory(task) if isinstance(error.__cause__, MemoryError) else error
    except MemoryError:
        answer = _too_much_memory(task)
    if answer is not None:
        send(connection, answer)


def _of_photo(task: Task, connection: Connection) -> FromDecoder | None:
    data = read_photo(task.path)
    key = content_hash(data)
    connection.send(ContentRead(key))
    if not connection.recv():
        return None
    notes = notes_of(BytesIO(data), task.path) if task.notes else None
    if task.previews and (preview := preview_of(data, task.path.name)) is not None:
        return _decoded(key, preview, task, notes, is_preview=True)
    connection.send(weigh(data, task.smallest_side, task.path.name))
    connection.recv()  # comes when there is room for it
    return _decoded(key, decode(data, task.smallest_side, task.path.name), task, notes)


def _decoded(
    key: bytes, picture: Picture, task: Task, notes: PhotoNotes | None, *, is_preview: bool = False
) -> Decoded:
    has_views = task.keeps_views and not is_preview
    return Decoded(
        content_hash=key,
        width=picture.width,
        height=picture.height,
        taken=picture.taken,
        taken_from=picture.taken_from,
        cut_off=picture.cut_off,
        is_motion=picture.is_motion,
        stills=(_still_of(picture.image, task if has_views else replace(task, views=None)),),
        is_preview=is_preview,
        notes=notes,
    )


def _of_video(task: Task, connection: Connection) -> FromDecoder | None:
    """The same of a file that is never in memory as a whole."""
    # FFmpeg's libraries take as long to load as all others here together; most processes never need them.
    from guie_desktop.pictures.video_files import VideoFile
    from guie_desktop.pictures.videos import read_video

    with reading_file(task.path) as size, task.path.open("rb") as file:
        if not size:
            raise empty_file()
        key = content_hash_of(file, _Heartbeat(connection).beat)
        connection.send(ContentRead(key))
        if not connection.recv():
            return None
        with VideoFile(file) as opened:
            connection.send(weigh_video(opened.width, opened.height, opened.bits_a_pixel, task.smallest_side))
            connection.recv()  # comes when there is room for it
            video = read_video(opened, task.path.name, task.smallest_side, task.moment)
        notes = notes_of(file, task.path) if task.notes else None
    return Decoded(
        content_hash=key,
        width=video.width,
        height=video.height,
        taken=video.taken,
        taken_from=video.taken_from,
        cut_off=video.cut_off,
        is_motion=False,
        stills=tuple(_still_of(moment.image, task, moment.at) for moment in video.moments),
        seconds=video.seconds,
        notes=notes,
    )


class _Heartbeat:
    """Tells the program now and then that a long file is still being read."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last = time.monotonic()

    def beat(self) -> None:
        now = time.monotonic()
        if now - self._last >= _SECONDS_BETWEEN_BEATS:
            self._last = now
            self._connection.send(StillReading())


def _still_of(whole: Image.Image, task: Task, moment: int = 0) -> Still:
    image = whole if task.region is None else crop(whole, task.region)
    if task.whole is not None:
        _write_pixels(image, task.whole)
    jpeg = _jpeg_of(image, task)
    return Still(
        jpeg=jpeg,
        views=None if task.views is None else task.views.prepare(image),
        moment=moment,
        size=image.size,
        colours={} if jpeg is None or task.jpeg != THUMBNAIL else colours_in(jpeg),
    )


def _jpeg_of(image: Image.Image, task: Task) -> bytes | None:
    if task.jpeg is None:
        return None
    return make_thumbnail(image, task.jpeg) if task.quality is None else make_copy(image, task.jpeg, task.quality)


def _write_pixels(image: Image.Image, path: Path) -> None:
    """In bands, so that the picture is not in memory twice; UserError where the disk does not take them."""
    try:
        with path.open("wb") as file:
            for top in range(0, image.height, _ROWS_AT_ONCE):
                rows = image.crop((0, top, image.width, min(top + _ROWS_AT_ONCE, image.height)))
                file.write(rows.tobytes())
    except OSError as error:
        raise for_user(error) from error


def _too_much_memory(task: Task | FactsTask) -> UnreadablePhoto:
    return too_heavy(
        Sentence("The video") if task.is_of_video else Sentence("The picture"), transient=sys.platform != "linux"
    )


def _silence_libraries() -> None:
    """Keep what libraries think of a file off the terminal; Python's own tracebacks still reach it."""
    logging.getLogger("PIL").addHandler(logging.NullHandler())
    with suppress(OSError):  # a program without a terminal may have no such file at all
        sys.stderr = os.fdopen(os.dup(2), "w")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
