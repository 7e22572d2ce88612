"""The first stage of the pipeline: files to rows of the table, with the pixels that the network is to look at."""

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pyarrow as pa

from guie_desktop.arrays import ViewPixels
from guie_desktop.decoding.decoder_start import run_decoder
from guie_desktop.decoding.decoders import Decoders
from guie_desktop.decoding.wire import Decoded, Task
from guie_desktop.embedding.view_preparation import ViewPreparation
from guie_desktop.errors import UnreadablePhoto
from guie_desktop.own_process import Run
from guie_desktop.pictures.picture_sizes import THUMBNAIL as THUMBNAIL_SIDE
from guie_desktop.sentences import Sentence
from guie_desktop.shared_library.address import Address, why
from guie_desktop.shared_library.schema import COLUMNS, MODIFIED, PATH, SIZE

VIEWS, STANDING = "views", "standing"
"""Columns that the table does not have: the pixels (V, S, S, 3), and what was to be done (known_files.py)."""
TO_READ = pa.schema(
    [(PATH, pa.string()), (SIZE, pa.int64()), (MODIFIED, pa.float64()), pa.field(STANDING, pa.string())]
)
"""What the stage takes."""
READ = pa.schema([*COLUMNS, pa.field(STANDING, pa.string()), pa.field(VIEWS, pa.large_binary())])
"""What it gives; a photo that could not be read has a reason and no views."""

_FETCHED_AT_ONCE = 8
"""Objects of a store, whose answers take their time; one file is decoded at a time."""


class DecodePhotos:
    """An actor with a decoder process of its own, which crashes, hangs and monsters end in its place."""

    def __init__(self, preparation: ViewPreparation, *, thumbnails: bool, run: Run = run_decoder) -> None:
        """Small pictures are made with `thumbnails`."""
        self._preparation = preparation
        self._jpeg = THUMBNAIL_SIDE if thumbnails else None
        self._decoders = Decoders(1, run)
        self._threads = ThreadPoolExecutor(_FETCHED_AT_ONCE, "fetch")

    def __call__(self, batch: pa.Table) -> pa.Table:
        """Rows of TO_READ to as many of READ, in their order."""
        return pa.Table.from_pylist(list(self._threads.map(self._read, batch.to_pylist())), READ)

    def close(self) -> None:
        """End its processes; where it is an actor, they end with it."""
        self._threads.shutdown()
        self._decoders.close()

    def _read(self, row: dict[str, Any]) -> dict[str, Any]:
        try:
            with _at_hand(row[PATH]) as file:
                task = Task(file, self._preparation, jpeg=self._jpeg)
                decoded = self._decoders.submit(task).result()
        except UnreadablePhoto as error:
            # Without its time it is taken for another file by the next run, which reads it again.
            return row | {"reason": str(error.sentence)} | ({MODIFIED: None} if error.transient else {})
        assert isinstance(decoded, Decoded)
        return row | _described(decoded)


def views_of(pixels: bytes, preparation: ViewPreparation) -> ViewPixels:
    """The views (V, S, S, 3) that READ holds as bytes."""
    views: ViewPixels = np.frombuffer(pixels, np.uint8).reshape(-1, preparation.side, preparation.side, 3)
    return views


def _described(decoded: Decoded) -> dict[str, Any]:
    still = decoded.stills[0]
    assert still.views is not None
    return {
        "hash": decoded.content_hash,
        "taken": decoded.taken,
        "width": decoded.width,
        "height": decoded.height,
        "thumbnail": still.jpeg,
        VIEWS: still.views.tobytes(),
    }


@contextmanager
def _at_hand(path: str) -> Iterator[Path]:
    """The photo as a file of its own name, which may tell its date; UnreadablePhoto where a store does not give it."""
    if not path.startswith("s3://"):
        yield Path(path)
        return
    with tempfile.TemporaryDirectory(prefix="guie-desktop-") as folder:
        file = Path(folder) / PurePosixPath(path).name
        store, key = Address(path).filesystem()
        try:
            with store.open_input_stream(key) as source, file.open("wb") as copy:
                shutil.copyfileobj(source, copy)
        except FileNotFoundError as error:
            raise UnreadablePhoto(
                "The object is no longer there.", "Bring the library up to date.", transient=True
            ) from error
        except OSError as error:
            raise UnreadablePhoto(
                Sentence("The object could not be fetched ({reason}).", reason=why(error)),
                "Check the connection and who may read it, then try again.",
                transient=True,
            ) from error
        yield file
