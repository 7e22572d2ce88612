"""What a door to the program holds open while it works on one library."""

import os
import threading
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from guie_desktop.domain import Region
from guie_desktop.embedding.assets import DEFAULT_MODEL, load_card
from guie_desktop.embedding.backbone import backbone_key
from guie_desktop.embedding.embedder import Embedder, open_embedder
from guie_desktop.embedding.head import Head, identity_head
from guie_desktop.embedding.runtime import DEFAULT_PRECISION
from guie_desktop.errors import UserError
from guie_desktop.jobs.crash_guard import CrashGuard, suspects_of_last_crash
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.features import Features
from guie_desktop.library.heads import latest_head
from guie_desktop.library.images import DECODE_RULE, crop, decode, read_photo
from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.paths import LibraryPaths
from guie_desktop.search.engine import Engine
from guie_desktop.search.space import Space


def worker_threads() -> int:
    """Threads for decoding and for the network; the operating system's priorities keep the desktop usable."""
    return max(1, os.cpu_count() or 1)


class OpenLibrary:
    """A library that is only read: searching and asking how it stands, while another process may write."""

    def __init__(self, paths: LibraryPaths) -> None:
        if not paths.catalogue.exists():
            raise UserError(f"There is no library in {paths.root} yet.", "Make one with: guie-desktop index FOLDER")
        self._set_up(paths, Catalog.open_read_only(paths.catalogue))

    def _set_up(self, paths: LibraryPaths, catalog: Catalog) -> None:
        self.paths = paths
        self._catalog = catalog
        self.card = load_card(DEFAULT_MODEL)
        self.backbone = backbone_key(self.card, DEFAULT_PRECISION, DECODE_RULE)
        self.features = Features(catalog.engine, self.backbone)
        self.engine = Engine(catalog, self._load_space(), self.card.name, self.embed_file)
        self._embedder: Embedder | None = None
        self._embedder_lock = threading.Lock()

    @property
    def catalog(self) -> Catalog:
        """The catalogue."""
        return self._catalog

    def embedder(self, on_preparing: Callable[[str], None] | None = None) -> Embedder:
        """The backbone, loaded when it is first needed."""
        # A search may want it while the indexer is still preparing it in another thread.
        with self._embedder_lock:
            if self._embedder is None:
                self._embedder = open_embedder(
                    self.card, self.paths.models, worker_threads(), DECODE_RULE, on_preparing
                )
            return self._embedder

    def embed_file(self, path: Path, region: Region | None = None) -> NDArray[np.float32]:
        """The feature (D,) of a picture file or of a region of it; UnreadablePhoto where it cannot be read."""
        embedder = self.embedder()
        needed = embedder.smallest_side
        if region is not None:
            # A crop of a reduced picture must still have the pixels that the network wants.
            needed = round(needed / max(min(region[2], region[3]), 0.05))
        image = decode(read_photo(path), needed).image
        if region is not None:
            image = crop(image, region)
        feature: NDArray[np.float32] = embedder.embed([embedder.prepare(image)])[0]
        return feature

    def synchronise(self) -> Generator[int, None, None]:
        """Make the index hold just the present photos, in short steps."""
        yield from self.engine.space.reconcile()

    def close(self) -> None:
        """Let go of all files."""
        self._catalog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _load_space(self) -> Space:
        head, head_id = self._current_head()
        return Space.load(head, head_id, self.features, self.paths.vectors)

    def _current_head(self) -> tuple[Head, int]:
        stored = latest_head(self._catalog.engine, self.backbone)
        if stored is None:
            return identity_head(self.card.feature_dimension), 0
        return Head.from_bytes(stored.data), stored.id


class WritableLibrary(OpenLibrary):
    """A library held by its one writer."""

    def __init__(self, paths: LibraryPaths) -> None:
        paths.create()
        self._lock = FileLock(paths.writer_lock)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise UserError(
                f"The library {paths.root} is in use by another window or command.",
                "Use that window, or close it and try again.",
            ) from error
        try:
            self._writer = CatalogWriter.open(paths.catalogue)
            self.thumbnails = Thumbnails(paths.thumbnails)
            self._set_up(paths, self._writer)
            self._writer.count_crash(suspects_of_last_crash(paths))
            self.guard = CrashGuard(paths.being_read)
        except BaseException:
            self._lock.release()
            raise

    @property
    def catalog(self) -> CatalogWriter:
        """The catalogue, to be written."""
        return self._writer

    def close(self) -> None:
        """Save the index and let go of all files."""
        with suppress(OSError):  # the index is a cache; a full disk must not keep the library from closing
            self.engine.space.save(self.paths.vectors)
        self.guard.close()
        self.thumbnails.close()
        super().close()
        self._lock.release()
