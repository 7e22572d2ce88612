"""A library without a network: the features of its photos are given."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guie_desktop.domain import Frame
from guie_desktop.embedding.general_head import identity_head
from guie_desktop.embedding.parts import GRID, PARTS
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.part_store import PartStore
from guie_desktop.library.photo_rows import PendingPhoto, Reading
from guie_desktop.search.part_space import PartSpace
from guie_desktop.search.space import Space
from guie_desktop.search.suggestions import suggest
from tests.scanned import scan

DIMENSION = 8


class GivenPhotos:
    """A library whose photos' features are given: photo n lies in n.jpg and has row n.

    `copies` tell which photo another one is a copy of. `videos` tell which rows are frames of which photo, besides its
    own, which is then n.mp4; each is a second after the one before.
    """

    def __init__(
        self,
        base: Path,
        rows: NDArray[np.float32],
        copies: dict[int, int] | None = None,
        videos: dict[int, list[int]] | None = None,
    ) -> None:
        self.folder = base / "photos"
        self.folder.mkdir()
        self._videos = videos or {}
        later = {row for further in self._videos.values() for row in further}
        self.shows = {number: number for number in range(len(rows)) if number not in later} | (copies or {})
        for number, shows in self.shows.items():
            name = f"{number}.mp4" if shows in self._videos else f"{number}.jpg"
            (self.folder / name).write_text(f"content {shows}")
        self.catalog = CatalogWriter.open(base / "catalogue.sqlite")
        self.albums = AlbumWriter(self.catalog)
        self._rows = rows
        self._features = FeatureStore(self.catalog, "backbone")
        self.folder_id = self.catalog.add_folder(self.folder).id
        self.space = Space(identity_head(rows.shape[1]), "0", self._features)
        self.parts = PartSpace(self.space.head, "0", PartStore(base / "parts.sqlite", self._features, len(PARTS), GRID))
        self._ids: dict[int, int] = {}
        self.bring_up_to_date()

    def bring_up_to_date(self) -> None:
        """What an indexing does, with a file's text being its content."""
        scan(self.catalog, self.folder_id, self.folder)
        pending = list(self.catalog.pending("backbone"))
        readings = [self._reading(one) for one in pending]
        vectors = {f"content {number}".encode(): row for number, row in enumerate(self._rows)}
        self.catalog.record(readings, vectors, self._features)
        for _ in self.space.reconcile():
            pass
        self._ids |= {int(one.path.stem): one.id for one in pending}

    def _reading(self, photo: PendingPhoto) -> Reading:
        content = photo.path.read_bytes()
        own = self.shows[int(photo.path.stem)]
        if own not in self._videos:
            return Reading(photo, content, 4, 3, None)
        rows = [own, *self._videos[own]]
        frames = tuple(Frame(f"content {row}".encode(), 1000 * position) for position, row in enumerate(rows))
        return Reading(photo, content, 4, 3, None, seconds=float(len(rows)), frames=frames)

    def look_inside(self, parts: dict[int, NDArray[np.float32]]) -> None:
        """Let photos have parts: by their numbers the rows of as many parts as are given, the others looking away."""
        store = self.parts.store
        keys = {number: self._features.keyed([f"content {number}".encode()]) for number in parts}
        ids = {number: found[f"content {number}".encode()][0] for number, found in keys.items()}
        away = np.eye(DIMENSION, dtype=np.float32)[[-1] * len(PARTS)]
        store.keep({ids[number]: np.concatenate([rows, away[len(rows) :]]) for number, rows in parts.items()})
        self.parts.add(np.array(list(ids.values()), np.int64))

    def ids(self, *numbers: int) -> list[int]:
        return [self._ids[number] for number in numbers]

    def suggested(self, album_id: int, most: int = 60) -> list[int]:
        """The numbers of what is suggested; a copy goes by the number of its original."""
        return [self.shows[int(hit.path.stem)] for hit in suggest(self.catalog, self.space, album_id, most).hits]


def fan(*degrees: float) -> NDArray[np.float32]:
    """Unit rows at these angles in a plane."""
    rows = np.zeros((len(degrees), DIMENSION), np.float32)
    rows[:, 0], rows[:, 1] = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return rows
