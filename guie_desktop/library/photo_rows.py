"""How the rows of photos change, inside the caller's transaction: found by a scan, read, or moved."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    String,
    and_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from guie_desktop.asking import Colour
from guie_desktop.disk.scan import Difference, FileOnDisk
from guie_desktop.domain import DateSource, Frame, PhotoKind
from guie_desktop.errors import UnreadablePhoto
from guie_desktop.library.colours import record_colours
from guie_desktop.library.conditions import chunks, in_state
from guie_desktop.library.decisions import hand_over
from guie_desktop.library.decode_rules import CORRECTIONS, DECODE_RULE
from guie_desktop.library.identity import CHANGE_ROW, NO_CONTENT, rows_of, vacate
from guie_desktop.library.photo_notes import record_notes
from guie_desktop.library.tables import frames, photos
from guie_desktop.library.unsettled import may_be_left
from guie_desktop.noted import PhotoNotes
from guie_desktop.pictures.dates import DATED_BY_CONTENT, dated_by_name
from guie_desktop.sentences import as_stored

_GUESSED: dict[str, Any] = {"unconfirmed": True, "checked_at": None}
"""Of a row that followed its file unopened: nobody has looked there yet."""


@dataclass(frozen=True, slots=True)
class PendingPhoto:
    """A photo that waits to be read."""

    id: int
    path: Path
    content_hash: bytes | None
    """What it held when it was read last."""
    is_shown: bool = False
    """Whether it was read since it changed, and is only to be embedded."""

    @property
    def was_read(self) -> bool:
        """What tells a changed one from a new one."""
        return self.content_hash is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of reading a photo: its content, and the size and time of the upright picture."""

    photo: PendingPhoto
    content_hash: bytes
    width: int
    height: int
    taken: float | None
    taken_from: DateSource | None = None
    cut_off: bool = False
    kind: PhotoKind | None = None
    """What reading it showed it to be; None says nothing against what the scan saw."""
    seconds: float | None = None
    """How long a video lasts."""
    frames: tuple[Frame, ...] = ()
    """The pictures of a video that was decoded."""
    notes: PhotoNotes | None = None
    """What it says of itself, where that was read."""
    colours: Mapping[Colour, int] = field(default_factory=dict)
    """The share of each that it shows, in percent, where its small picture was made."""


def apply_difference(connection: Connection, folder_id: int, difference: Difference) -> None:
    """Record what a scan found in one directory; contents are read later."""
    vacate(connection, [row for row, _ in difference.replaced])
    if new := [*difference.new, *(found for _, found in difference.replaced)]:
        place = {"folder_id": folder_id, "directory": difference.directory, "state": "new"}
        connection.execute(insert(photos), [place | _columns(found) | {"kind": found.kind} for found in new])
    _note(
        connection,
        difference.changed,
        folder_id=folder_id,
        state="new",
        missing_since=None,
        unconfirmed=False,
    )
    _note_kinds(connection, difference.changed)
    _note_touched(connection, difference.touched)
    _note(connection, difference.followed, folder_id=folder_id, missing_since=None, **_GUESSED)
    _note(connection, difference.restated)
    for part in chunks(difference.returned):
        back = {"missing_since": None, "folder_id": folder_id}
        connection.execute(update(photos).where(photos.c.id.in_(part)).values(back))
    for part in chunks(difference.missing):
        connection.execute(update(photos).where(photos.c.id.in_(part)).values(missing_since=time.time()))
    for kind, rows in (("live", difference.live), (None, difference.still)):
        for part in chunks(rows):
            connection.execute(update(photos).where(photos.c.id.in_(part)).values(kind=kind))
    for part in chunks(difference.try_again):
        connection.execute(update(photos).where(photos.c.id.in_(part)).values(state="new"))


def _note(connection: Connection, rows: Sequence[tuple[int, FileOnDisk]], **values: Any) -> None:
    if rows:
        noted = [{"row": row} | values | _columns(found) for row, found in rows]
        connection.execute(CHANGE_ROW, noted)


def _note_touched(connection: Connection, rows: Sequence[tuple[int, FileOnDisk]]) -> None:
    # Earlier versions kept no time; what has none was followed here, and nobody looked at it yet.
    for part in chunks([row for row, _ in rows]):
        seen_here = and_(photos.c.id.in_(part), ~photos.c.unconfirmed, photos.c.checked_at.is_(None))
        connection.execute(update(photos).where(seen_here).values(checked_at=0.0))
    _note(connection, rows, unconfirmed=True)


def _note_kinds(connection: Connection, rows: Sequence[tuple[int, FileOnDisk]]) -> None:
    if rows:
        noted = [{"row": row, "kind": found.kind} for row, found in rows]
        connection.execute(CHANGE_ROW, noted)


def adopt_moved(connection: Connection) -> int:
    """Let rows whose file vanished follow it to where it turned up, unopened: same inode, size and time.

    That is a guess, since a file may be rewritten and given its old time; so its content is to be confirmed, which
    was not looked at there yet.
    """
    old, new = photos.alias("old"), photos.alias("new")
    query = select(
        old.c.id, new.c.id, new.c.folder_id, new.c.directory, new.c.name, new.c.ctime_ns, new.c.sidecar_ns
    ).where(
        old.c.missing_since.is_not(None),
        old.c.content_hash.is_not(None),
        old.c.state == "ready",
        in_state("new", new),
        new.c.content_hash.is_(None),
        func.coalesce(new.c.former_hash, NO_CONTENT) == NO_CONTENT,
        new.c.missing_since.is_(None),
        and_(new.c.inode == old.c.inode, new.c.bytes == old.c.bytes, new.c.mtime_ns == old.c.mtime_ns),
        # Windows tells no inode when it lists a folder, and a library of an earlier version knows no devices.
        old.c.inode != 0,
        or_(new.c.device == old.c.device, old.c.device.is_(None)),
    )
    pairs = connection.execute(query).all()
    taken: set[int] = set()
    for old_id, new_id, folder_id, directory, name, ctime_ns, sidecar_ns in pairs:
        if not taken.isdisjoint({old_id, new_id}):
            continue  # several candidates: the first one takes it
        taken.update((old_id, new_id))
        hand_over(connection, new_id, old_id)
        connection.execute(delete(photos).where(photos.c.id == new_id))
        place = {"folder_id": folder_id, "directory": directory, "name": name, "missing_since": None}
        noted = {"ctime_ns": ctime_ns, "sidecar_ns": sidecar_ns}
        connection.execute(update(photos).where(photos.c.id == old_id).values(place | noted | _GUESSED))
    return len(taken) // 2


@dataclass(frozen=True, slots=True)
class KnownContent:
    """What a content gave when it was read by the present rule, under whatever name."""

    width: int
    height: int
    taken: float | None
    taken_from: DateSource | None
    cut_off: bool
    kind: PhotoKind | None
    seconds: float | None

    def reading_of(self, photo: PendingPhoto, content_hash: bytes) -> Reading:
        """The reading of a photo that holds it; where only its file or name dated it, that of this photo may."""
        taken, source = self.taken, self.taken_from
        if source not in DATED_BY_CONTENT:
            named = dated_by_name(photo.path.name)
            taken, source = (named.at, named.source) if named is not None else (None, None)
        kind: PhotoKind | None = "motion" if self.kind == "motion" else None
        size_and_date = (self.width, self.height, taken, source)
        return Reading(photo, content_hash, *size_and_date, self.cut_off, kind, self.seconds)


_KNOWN_CONTENTS = select(
    *(photos.c.content_hash, photos.c.width, photos.c.height, photos.c.taken, photos.c.taken_from),
    *(photos.c.cut_off, photos.c.kind, photos.c.seconds),
).where(photos.c.content_hash.is_not(None), photos.c.width.is_not(None), photos.c.rule == DECODE_RULE)
# Made once: it is asked of each photo that is read.
_KNOWN_CONTENT = _KNOWN_CONTENTS.where(photos.c.content_hash == bindparam("content"))


def known_contents(connection: Connection, which: ColumnElement[bool]) -> dict[bytes, KnownContent]:
    """By content hash, what is known of the contents of these photos."""
    rows = connection.execute(_KNOWN_CONTENTS.where(which))
    return {content_hash: KnownContent(*known) for content_hash, *known in rows}


def known_content(connection: Connection, content_hash: bytes) -> KnownContent | None:
    """The same of one content."""
    row = connection.execute(_KNOWN_CONTENT, {"content": content_hash}).first()
    return None if row is None else KnownContent(*row[1:])


def record_readings(connection: Connection, readings: Sequence[Reading]) -> list[int]:
    """Keep what was read of photos, and what they held before; those of whose rows nothing is left are passed over.

    `identity.follow_contents` is to come next with the ids that are returned; a content that its photo has been shown
    with was followed.
    """
    rows = rows_of(connection, [reading.photo.id for reading in readings])
    there = [(reading, rows[reading.photo.id]) for reading in readings if reading.photo.id in rows]
    if not there:
        return []
    connection.execute(CHANGE_ROW, [_read_row(reading, row) for reading, row in there])
    for reading, _ in there:
        if reading.frames:
            connection.execute(delete(frames).where(frames.c.video == reading.content_hash))
            connection.execute(insert(frames), [_frame_row(frame, reading.content_hash) for frame in reading.frames])
    record_notes(connection, {one.photo.id: one.notes for one, _ in there if one.notes is not None})
    record_colours(connection, {one.content_hash: one.colours for one, _ in there if one.colours})
    return [one.photo.id for one, row in there if row["state"] != "ready" or row["content_hash"] != one.content_hash]


def _read_row(reading: Reading, found: RowMapping) -> dict[str, Any]:
    former = found["former_hash"] if found["former_hash"] is not None else found["content_hash"] or NO_CONTENT
    return {
        "row": reading.photo.id,
        "content_hash": reading.content_hash,
        "former_hash": None if former == reading.content_hash else former,
        "width": reading.width,
        "height": reading.height,
        "taken": reading.taken if reading.taken is not None else found["mtime_ns"] / 1e9,
        "taken_from": reading.taken_from or "file time",
        "cut_off": reading.cut_off,
        "rule": DECODE_RULE,
        "state": "ready",
        "reason": None,
        "transient": False,
        "unconfirmed": False,
        "checked_at": time.time(),
        "seconds": reading.seconds,
        "kind": reading.kind or found["kind"],
    }


def _frame_row(frame: Frame, video: bytes) -> dict[str, Any]:
    return {"content_hash": frame.content_hash, "video": video, "moment": frame.moment}


def record_failure(connection: Connection, photo_id: int, error: UnreadablePhoto) -> None:
    """Keep why a photo could not be read; it is left alone until it changes, unless that may pass."""
    values: dict[str, Any] = {"state": "failed", "reason": as_stored(error.sentence), "transient": error.transient}
    if not error.transient:
        # What the catalog knew is no longer what is in the file; it may have gone elsewhere.
        former = func.coalesce(photos.c.former_hash, photos.c.content_hash, NO_CONTENT)
        values |= {"content_hash": None, "former_hash": former, "unconfirmed": False, "rule": DECODE_RULE}
    connection.execute(update(photos).where(photos.c.id == photo_id).values(values))


def settle_rules(connection: Connection) -> None:
    """Let photos that no later rule concerns count as read by the latest one; the others are then outdated."""
    name = cast(photos.c.name, String)
    is_dated_by_file = photos.c.taken == photos.c.mtime_ns / 1e9
    for correction in CORRECTIONS:
        has_suffix = or_(*(name.endswith(suffix) for suffix in sorted(correction.suffixes)))
        concerned = has_suffix if not correction.undated else or_(has_suffix, is_dated_by_file)
        is_of_earlier = and_(photos.c.rule == correction.rule - 1, photos.c.state == "ready")
        settled = and_(may_be_left(connection), is_of_earlier, ~concerned)
        connection.execute(update(photos).where(settled).values(rule=correction.rule))


def _columns(found: FileOnDisk) -> dict[str, Any]:
    return {
        "name": Path(found.name),
        "bytes": found.bytes,
        "mtime_ns": found.mtime_ns,
        "inode": found.inode,
        "ctime_ns": found.ctime_ns,
        "device": found.device,
        "sidecar_ns": found.sidecar_ns,
    }
