"""Photos of a shared library become rows of the catalog: what is said of them is kept here, and nothing there."""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert, select

from guie_desktop.arrays import Feature
from guie_desktop.disk.scan import Difference, FileOnDisk
from guie_desktop.domain import DateSource, RemotePhoto
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import writing
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.photo_rows import PendingPhoto, Reading
from guie_desktop.library.shared_places import folder_of, place_of
from guie_desktop.library.tables import folders
from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.pictures.dates import dated_by_name


@dataclass(frozen=True, slots=True, eq=False)
class SharedCopy:
    """What a shared library's table has of a photo, so that the file is not needed."""

    photo: RemotePhoto
    feature: Feature
    """(D,), of the backbone in use."""
    jpeg: bytes | None
    """Its small picture; None where there is none."""


def take_in(
    catalog: CatalogWriter, store: FeatureStore, thumbnails: Thumbnails, address: str, copies: Sequence[SharedCopy]
) -> list[int]:
    """The ids of these photos in the catalog, in their order; those whose content it does not show are added to it.

    Of contents that the user has himself, those rows are meant: what he says of them holds for all copies.
    """
    wanted = {copy.photo.content_hash: copy for copy in copies}
    there = _shown(catalog, list(wanted))
    new = [copy for content, copy in wanted.items() if content not in there]
    if new:
        pending = _make_rows(catalog, address, [copy.photo for copy in new])
        readings = [_reading_of(pending[copy.photo.content_hash], copy.photo) for copy in new]
        catalog.record(readings, {copy.photo.content_hash: copy.feature for copy in new}, store)
        there |= _shown(catalog, [copy.photo.content_hash for copy in new])
    thumbnails.put([(content, copy.jpeg) for content, copy in wanted.items() if copy.jpeg is not None])
    return [there[copy.photo.content_hash] for copy in copies]


def _shown(catalog: CatalogWriter, contents: Sequence[bytes]) -> dict[bytes, int]:
    """Content hash to the id of a photo that shows it, of those that are in the library."""
    found: dict[bytes, int] = {}
    for content, places in catalog.places(contents).items():
        photo = next((photo for place in places if (photo := catalog.photo_at(place)) is not None), None)
        if photo is not None:
            found[content] = photo.id
    return found


def _make_rows(catalog: CatalogWriter, address: str, photos: Sequence[RemotePhoto]) -> dict[bytes, PendingPhoto]:
    """Rows that wait to be read, by content hash, as a scan would make them if it came there."""
    folder_id = _folder(catalog, address)
    by_directory: defaultdict[Path, dict[str, RemotePhoto]] = defaultdict(dict)
    for photo in photos:
        place = place_of(address, photo.path)
        by_directory[place.parent][place.name] = photo
    for directory, named in by_directory.items():
        known, difference = catalog.known_files(directory, retry=False), Difference(directory)
        for name, photo in named.items():
            if name in known:  # it was forgotten with its folder, or what lies there is another picture now
                difference.changed.append((known[name].id, _file_of(name, photo)))
            else:
                difference.new.append(_file_of(name, photo))
        catalog.apply(folder_id, [difference])
    pending = {}
    for directory, named in by_directory.items():
        known = catalog.known_files(directory, retry=False)
        for name, photo in named.items():
            pending[photo.content_hash] = PendingPhoto(known[name].id, directory / name, None)
    return pending


def _folder(catalog: CatalogWriter, address: str) -> int:
    """The id of the folder that stands for a shared library; it is never there, and never watched."""
    path = folder_of(address)
    with writing(catalog.database) as connection:
        known = connection.execute(select(folders.c.id).where(folders.c.path == path)).scalar_one_or_none()
        if known is not None:
            return int(known)
        values = {"path": path, "online": False, "watched": False, "added_at": time.time()}
        return int(connection.execute(insert(folders).values(values).returning(folders.c.id)).scalar_one())


def _file_of(name: str, photo: RemotePhoto) -> FileOnDisk:
    # By its inode a file is followed to other names; 0 stands for none.
    return FileOnDisk(name, photo.bytes, int(photo.modified * 1e9), inode=0, ctime_ns=0, device=0)


def _reading_of(pending: PendingPhoto, photo: RemotePhoto) -> Reading:
    source: DateSource | None = None
    if photo.taken is not None:
        # The table does not say which of its notes dated it; a date that is not that of its name is in the content.
        named = dated_by_name(Path(photo.path).name)
        source = named.source if named is not None and named.at == photo.taken else "DateTimeOriginal"
    return Reading(pending, photo.content_hash, photo.width, photo.height, photo.taken, source)
