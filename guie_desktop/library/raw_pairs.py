"""A RAW and the JPEG of its name in one directory are one photo: the JPEG is shown, and the RAW goes along."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, update

from guie_desktop.domain import PhotoKind, RawBesideJpeg
from guie_desktop.file_kinds import CAMERA_SUFFIXES, RAW_SUFFIXES
from guie_desktop.library.conditions import PRESENT, is_raw
from guie_desktop.library.stand_ins import stand_for_raw
from guie_desktop.library.tables import photos


def pair_raws(connection: Connection, directories: Iterable[Path], choice: RawBesideJpeg) -> int:
    """Say of each RAW in these directories whether it goes along with a JPEG; how many came into view.

    What was decided of a RAW goes over to the JPEG; the way back is `stand_ins.follow_copies`, which knows whether the
    JPEG is gone for good or has only moved.
    """
    return sum(_pair_within(connection, directory, choice) for directory in directories)


def directories_with_raws(connection: Connection) -> set[Path]:
    """All directories in which the catalog knows of a RAW."""
    query = select(photos.c.directory).where(is_raw()).distinct()
    return set(connection.execute(query).scalars())


def _pair_within(connection: Connection, directory: Path, choice: RawBesideJpeg) -> int:
    columns = (photos.c.id, photos.c.name, photos.c.kind, photos.c.reason)
    rows = connection.execute(select(*columns).where(photos.c.directory == directory, PRESENT)).all()
    # One that could not be read hides nothing; its reason is kept while it is tried again.
    jpegs = {row.name.stem: row.id for row in rows if _suffix(row) in CAMERA_SUFFIXES and row.reason is None}
    came_into_view = 0
    for raw in rows:
        if _suffix(raw) not in RAW_SUFFIXES:
            continue
        jpeg = jpegs.get(raw.name.stem) if choice == "one" else None
        kind: PhotoKind = "raw" if jpeg is None else "sidecar raw"
        if kind == raw.kind:
            continue
        connection.execute(update(photos).where(photos.c.id == raw.id).values(kind=kind))
        came_into_view += jpeg is None
        if jpeg is not None:
            stand_for_raw(connection, raw.id, jpeg)
    return came_into_view


def _suffix(row: Any) -> str:
    return str(row.name.suffix.lower())
