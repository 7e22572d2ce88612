"""Photo files through a cluster of Ray: decoded, embedded and written beside the table, to be committed by the driver.

Each stage is a pool of actors, which Ray Data starts anew where one dies; what it had is done again. For each core one
decodes and one embeds, and the operating system shares it among them. They ask Ray for a tenth of it, so that those of
a machine that is lost find room on the others: what was sent to them waits for them. Ray Data holds back the stages
whose output nobody takes yet.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyarrow as pa
import ray
import ray.data
from ray.data import ActorPoolStrategy

from guie_desktop.cluster.decoding_stage import STANDING, TO_READ, DecodePhotos
from guie_desktop.cluster.embedding_stage import EmbedPhotos
from guie_desktop.cluster.finished_rows import FinishRows
from guie_desktop.cluster.known_files import Standing
from guie_desktop.cluster.network import Network
from guie_desktop.cluster.photo_files import PhotoFile
from guie_desktop.cluster.ray_session import RaySession, calm
from guie_desktop.cluster.written_table import write_portion
from guie_desktop.decoding.decoder_start import run_decoder
from guie_desktop.errors import UserError
from guie_desktop.own_process import Run
from guie_desktop.sentences import Sentence
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.schema import REASON

_RAY: Any = ray
"""Its functions have no types."""

ToDo = tuple[PhotoFile, Standing]

_USER_ERROR = re.compile(r"^guie_desktop\.errors\.UserError: (.+)$", re.MULTILINE)
"""The last line of its traceback."""

_AT_ONCE = 16
"""Photos in a block: some ten megabytes of pixels."""
_SHARE_OF_CORE = 0.1
_SHARE_OF_GPU = 0.5
"""So that the actor of a GPU that is lost finds room at another."""
_AGAIN_AT_ONCE = 1024
"""Rows that come to the driver at once."""


@dataclass(frozen=True, slots=True)
class Portion:
    """What is to be committed at once."""

    photos: int
    failed: int
    fragments: tuple[str, ...] = ()
    """Of photos that have no row yet."""
    rows: pa.Table | None = None
    """Of those that have one, with the column STANDING beside those of the table."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What is made of photos, and for which table."""

    address: Address
    schema: pa.Schema
    """Of the table."""
    features: str
    """The column that features go to."""
    network: Network
    session: RaySession
    thumbnails: bool = True
    portion: int = 1024
    """New rows that are committed at once, as one file of the table."""
    run: Run = run_decoder

    def portions(self, to_do: Sequence[ToDo]) -> Iterator[Portion]:
        """What came of these photos, in any order; each photo is in one portion. UserError as the stages raise them."""
        self.session.start()
        with calm():
            yield from self._portions(to_do)

    def _portions(self, to_do: Sequence[ToDo]) -> Iterator[Portion]:
        new = [one for one in to_do if one[1] == "new"]
        again = [one for one in to_do if one[1] != "new"]
        finish = FinishRows(self.address, self.schema, self.features)
        try:
            if new:
                write = _Write(finish, self.address)
                written = self._embedded(new).map_batches(write, batch_size=self.portion, **_BESIDE)
                for row in written.iter_rows():
                    yield Portion(row["photos"], row["failed"], tuple(row["fragments"]))
            if again:
                finished = self._embedded(again).map_batches(
                    _Finish(finish), batch_size=min(_AGAIN_AT_ONCE, self.portion), **_BESIDE
                )
                for batch in finished.iter_batches(batch_format="pyarrow", batch_size=None):
                    yield Portion(len(batch), _failures(batch), rows=batch)
        except ray.exceptions.RayError as error:
            raise _cause_of(error) from error

    def _embedded(self, to_do: Sequence[ToDo]) -> Any:
        there = _RAY.cluster_resources()
        cpus = max(1, round(there.get("CPU", 1)))
        gpus = round(there.get("GPU", 0)) if self.network.wants_gpu else 0
        decoded = ray.data.from_blocks(list(_blocks(to_do))).map_batches(
            DecodePhotos,
            fn_constructor_args=(self.network.preparation,),
            fn_constructor_kwargs={"thumbnails": self.thumbnails, "run": self.run},
            compute=_pool(cpus, len(to_do)),
            num_cpus=_SHARE_OF_CORE,
            **_STAGE,
        )
        return decoded.map_batches(
            EmbedPhotos,
            fn_constructor_args=(self.network,),
            fn_constructor_kwargs={"on_gpu": gpus > 0},
            compute=_pool(gpus or cpus, len(to_do)),
            num_cpus=_SHARE_OF_CORE,
            num_gpus=_SHARE_OF_GPU if gpus else None,
            **_STAGE,
        )


_STAGE: dict[str, Any] = {"batch_size": None, "batch_format": "pyarrow"}
_BESIDE: dict[str, Any] = {"batch_format": "pyarrow", "num_cpus": 0.01}
"""Of what waits for disks more than it computes."""


@dataclass(frozen=True, slots=True)
class _Write:
    """Write finished rows where they are, and tell the driver of it."""

    finish: FinishRows
    address: Address

    def __call__(self, rows: pa.Table) -> pa.Table:
        fragments = write_portion(self.finish(rows), self.address)
        return pa.table({"photos": [len(rows)], "failed": [_failures(rows)], "fragments": [fragments]})


@dataclass(frozen=True, slots=True)
class _Finish:
    """Finish rows for the driver, which puts them in the place of former ones."""

    finish: FinishRows

    def __call__(self, rows: pa.Table) -> pa.Table:
        return self.finish(rows).append_column(STANDING, rows[STANDING])


def _pool(most: int, photos: int) -> ActorPoolStrategy:
    return ActorPoolStrategy(size=max(1, min(most, -(-photos // _AT_ONCE))))


def _blocks(to_do: Sequence[ToDo]) -> Iterator[pa.Table]:
    waiting = iter(to_do)
    while some := list(islice(waiting, _AT_ONCE)):
        rows = [
            {"path": photo.path, "size": photo.size, "modified": photo.modified, STANDING: standing}
            for photo, standing in some
        ]
        yield pa.Table.from_pylist(rows, TO_READ)


def _failures(rows: pa.Table) -> int:
    return len(rows) - int(rows[REASON].null_count)


def _cause_of(error: Exception) -> Exception:
    """The error of a stage, where it is the world's fault; else that of Ray, which tells of the bug.

    An exception comes from another process without what it was raised from, which is left as a text alone.
    """
    told = _USER_ERROR.search(str(error))
    if told is None:
        return error
    return UserError(
        Sentence("A process of the cluster could not go on. {told}", told=f"{told.group(1).rstrip('.')}."),
        "What was done is kept; then start it again.",
    )
