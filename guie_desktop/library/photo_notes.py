"""What photos say of themselves in words, as it was read: kept, counted, and found where it is to be read again."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, bindparam, func, select, text, update

from guie_desktop.library.catalog import Catalog
from guie_desktop.library.conditions import NOTES_ARE_OUTDATED, NOTES_RULE, REACHABLE, VISIBLE, chunks
from guie_desktop.library.database import reading, writing
from guie_desktop.library.replacing import in_place
from guie_desktop.library.tables import notes, photos
from guie_desktop.library.unsettled import may_be_left
from guie_desktop.noted import Coordinates, PhotoNotes

_ROWS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class NotedPhoto:
    """A photo whose notes are to be read."""

    id: int
    path: Path


_KEEP = in_place(notes)


def record_notes(connection: Connection, read: Mapping[int, PhotoNotes]) -> None:
    """Keep what photos, by id, say, as that of the content and of the notes beside it that their rows tell of."""
    for part in chunks(list(read)):
        of_files = select(photos.c.id, photos.c.content_hash, photos.c.sidecar_ns).where(photos.c.id.in_(part))
        rows = [
            _as_kept(read[file.id])
            | {"photo_id": file.id, "content_hash": file.content_hash, "sidecar_ns": file.sidecar_ns}
            for file in connection.execute(of_files)
        ]
        if rows:
            connection.execute(_KEEP, rows)


def notes_of(photo_id: int, catalog: Catalog) -> PhotoNotes:
    """What this photo says of itself, as far as that was read."""
    with reading(catalog.database) as connection:
        row = connection.execute(select(notes).where(notes.c.photo_id == photo_id)).mappings().one_or_none()
    return PhotoNotes() if row is None else _as_written(row)


class PhotoNotesTable:
    """The notes of a catalog, for its only writer."""

    def __init__(self, catalog: Catalog) -> None:
        self._database = catalog.database

    def waiting(self) -> Iterator[NotedPhoto]:
        """Photos whose notes were not read as they are now, the newest first; what waits no more is left out."""
        with reading(self._database) as connection:
            query = select(photos.c.id).where(may_be_left(connection), _WAITS).order_by(photos.c.id.desc())
            ids = array("q", connection.execute(query).scalars())
        columns = select(photos.c.id, photos.c.directory, photos.c.name)
        for part in chunks(ids, _ROWS_AT_ONCE):
            these = columns.where(photos.c.id.in_(part), _WAITS).order_by(photos.c.id.desc())
            with reading(self._database) as connection:
                rows = connection.execute(these).all()
            yield from (NotedPhoto(row.id, row.directory / row.name) for row in rows)

    def waiting_count(self) -> int:
        """How many these are."""
        with reading(self._database) as connection:
            query = select(func.count()).select_from(photos).where(may_be_left(connection), _WAITS)
            return int(connection.execute(query).scalar_one())

    def nameless(self, most: int) -> list[tuple[int, Coordinates]]:
        """So many of the photos that say where they were taken and not what it is called there, by id."""
        query = select(notes.c.photo_id, notes.c.latitude, notes.c.longitude).where(_NAMELESS).limit(most)
        with reading(self._database) as connection:
            return [(row.photo_id, (row.latitude, row.longitude)) for row in connection.execute(query)]

    def nameless_count(self) -> int:
        """How many these are."""
        with reading(self._database) as connection:
            return int(connection.execute(select(func.count()).select_from(notes).where(_NAMELESS)).scalar_one())

    def keep_places(self, named: Sequence[tuple[int, str]]) -> None:
        """Keep what it is called where these photos were taken; empty where it has no name."""
        keeping = update(notes).where(notes.c.photo_id == bindparam("row"))
        changed = keeping.values(place=bindparam("name"), looked_up=True)
        with writing(self._database) as connection:
            connection.execute(changed, [{"row": photo_id, "name": name or None} for photo_id, name in named])

    def record(self, read: Sequence[tuple[int, PhotoNotes]]) -> None:
        """Keep what these photos, by id, say; one transaction."""
        with writing(self._database) as connection:
            record_notes(connection, dict(read))


_NAMELESS = text("latitude IS NOT NULL AND place IS NULL AND NOT looked_up")
"""As the index says it, so that it is used."""

_WAITS = and_(VISIBLE, REACHABLE, photos.c.state == "ready", NOTES_ARE_OUTDATED)


def _as_kept(said: PhotoNotes) -> dict[str, Any]:
    texts = {name: getattr(said, name) or None for name in ("camera", "lens", "title", "description", "place")}
    lists = {name: "\n".join(getattr(said, name)) or None for name in ("keywords", "people")}
    place = {"latitude": said.latitude, "longitude": said.longitude, "looked_up": False}
    return texts | lists | place | {"rule": NOTES_RULE}


def _as_written(row: RowMapping) -> PhotoNotes:
    return PhotoNotes(
        camera=row["camera"] or "",
        lens=row["lens"] or "",
        title=row["title"] or "",
        description=row["description"] or "",
        keywords=tuple((row["keywords"] or "").splitlines()),
        people=tuple((row["people"] or "").splitlines()),
        place=row["place"] or "",
        latitude=row["latitude"],
        longitude=row["longitude"],
    )
