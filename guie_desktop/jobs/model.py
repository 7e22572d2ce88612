"""A backbone on one library: its features, the space they are searched in, and the network once it is needed."""

import threading
from collections.abc import Callable, Generator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guie_desktop.domain import DeviceChoice, Region
from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.devices import choose_device
from guie_desktop.embedding.embedder import Embedder, open_embedder
from guie_desktop.embedding.head import Head, identity_head
from guie_desktop.embedding.runtime import computable_precision
from guie_desktop.jobs.machine import worker_threads
from guie_desktop.jobs.word_search import WordSearch
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.features import Features
from guie_desktop.library.heads import latest_head
from guie_desktop.library.images import crop, decode, read_photo
from guie_desktop.paths import LibraryPaths
from guie_desktop.search.space import Space


class Model:
    """Everything that belongs to one backbone; a library has one in use, and perhaps one that is coming."""

    def __init__(
        self,
        card: ModelCard,
        key: str,
        paths: LibraryPaths,
        catalog: Catalog,
        *,
        precision: str,
        device: DeviceChoice,
    ) -> None:
        """`key` is the backbone key of the card at this precision."""
        self.card = card
        self.key = key
        self.features = Features(catalog.engine, self.key)
        head, head_id = self._stored_head()
        self.space = Space.load(head, head_id, self.features, paths.vectors)
        self.word_search = WordSearch(card, paths, self.features)
        self._paths = paths
        self._precision = precision
        self._device = device
        self._embedder: Embedder | None = None
        self._embedder_lock = threading.Lock()

    @property
    def name(self) -> str:
        """The card's name."""
        return self.card.name

    def embedder(self, on_preparing: Callable[[str], None] | None = None) -> Embedder:
        """The network, loaded when it is first needed; safe in any thread."""
        # A search may want it while the indexer is still preparing it in another thread.
        with self._embedder_lock:
            if self._embedder is None:
                device = choose_device(self._device)
                self._embedder = open_embedder(
                    self.card,
                    self.key,
                    self._paths,
                    worker_threads(),
                    on_preparing,
                    device=device,
                    precision=computable_precision(self._precision, device),
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

    def words(self) -> WordSearch:
        """What answers queries with words; UserError where this backbone knows none."""
        return self.word_search.ready()

    def synchronise(self) -> Generator[int, None, None]:
        """Make the index hold just the present photos, in short steps."""
        yield from self.space.reconcile()

    def _stored_head(self) -> tuple[Head, int]:
        stored = latest_head(self.features.engine, self.key)
        if stored is None:
            return identity_head(self.card.feature_dimension), 0
        return Head.from_bytes(stored.data), stored.id
