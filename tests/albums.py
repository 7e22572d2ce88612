"""Albums as rows of the catalog."""

from collections.abc import Iterable

from sqlalchemy import insert

from guie_desktop.library.catalog import Catalog
from guie_desktop.library.database import writing
from guie_desktop.library.tables import album_photos, albums


def make_album(
    catalog: Catalog,
    name: str,
    photos: Iterable[int],
    refused: Iterable[int] = (),
    removed_at: float | None = None,
) -> int:
    """An album with these photos (ids) in it, and these refused for it; its id."""
    with writing(catalog.database) as connection:
        album = {"name": name, "made_at": 0.0, "removed_at": removed_at}
        album_id = int(connection.execute(insert(albums).values(album).returning(albums.c.id)).scalar_one())
        for verdict, ids in (("member", photos), ("not", refused)):
            rows = [
                {"album_id": album_id, "photo_id": int(photo), "verdict": verdict, "decided_at": 0.0} for photo in ids
            ]
            if rows:
                connection.execute(insert(album_photos), rows)
    return album_id
