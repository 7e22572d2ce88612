"""Bringing a table up to date with folders and stores: only what is new or changed is opened."""

import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from guie_desktop.cluster.decoding_stage import STANDING
from guie_desktop.cluster.known_files import KnownFiles
from guie_desktop.cluster.lease import Lease
from guie_desktop.cluster.network import Network
from guie_desktop.cluster.photo_files import PhotoFile, Unlisted, list_photos, look_at
from guie_desktop.cluster.pipeline import Pipeline, Portion, ToDo
from guie_desktop.cluster.ray_session import RaySession
from guie_desktop.cluster.written_table import WrittenTable, open_or_make_table
from guie_desktop.decoding.decoder_start import run_decoder
from guie_desktop.errors import UserError
from guie_desktop.own_process import Run
from guie_desktop.sentences import Sentence
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.reaching import reading
from guie_desktop.shared_library.schema import REASON, feature_column

_ROUND = 65_536
"""Photos that Ray is given at once: what is listed of a hundred million does not fit into memory."""


@dataclass(slots=True)
class BuildReport:
    """What a run has done."""

    added: int = 0
    changed: int = 0
    """Read again: the file is another one, or had no feature by this model."""
    removed: int = 0
    """Their files are gone."""
    unchanged: int = 0
    failed: int = 0
    """Of those that were read; their rows say why."""
    unlisted: list[Unlisted] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a table is brought up to date."""

    thumbnails: bool = True
    retry: bool = False
    """Read again what could not be read before."""
    portion: int = 1024
    run: Run = run_decoder


def build(
    sources: Sequence[Address], to: Address, network: Network, session: RaySession, options: BuildOptions
) -> Generator[int, None, BuildReport]:
    """Have the table at `to` hold just the photos of these sources, beside those of others; yields how many were read.

    UserError where another program writes to it, or where something cannot be reached.
    """
    with reading(to):
        report = yield from _Building(to, network, session, options).bring_up_to_date(sources)
    return report


def embed_listed(
    paths: Iterable[str], to: Address, network: Network, session: RaySession, options: BuildOptions
) -> Generator[int, None, BuildReport]:
    """Have the table hold these photos; rows of others stay."""
    with reading(to):
        report = yield from _Building(to, network, session, options).add(look_at(paths))
    return report


class _Building:
    """One run."""

    def __init__(self, to: Address, network: Network, session: RaySession, options: BuildOptions) -> None:
        self._to, self._network, self._session, self._options = to, network, session, options
        self._report = BuildReport()
        self._column = feature_column(network.key)

    def bring_up_to_date(self, sources: Sequence[Address]) -> Generator[int, None, BuildReport]:
        started = time.monotonic()
        open_or_make_table(self._to, self._network.key, self._network.dimension)
        with Lease(self._to) as lease:
            table, known = self._open(lease)
            for source in sources:
                listing = _not_empty(list_photos(source), source, is_known=len(known) > 0)
                yield from self._read(listing, table, known)
            self._remove(table, known, sources)
        self._report.seconds = time.monotonic() - started
        return self._report

    def add(self, listing: Iterable[PhotoFile]) -> Generator[int, None, BuildReport]:
        started = time.monotonic()
        open_or_make_table(self._to, self._network.key, self._network.dimension)
        with Lease(self._to) as lease:
            table, known = self._open(lease)
            yield from self._read(listing, table, known)
        self._report.seconds = time.monotonic() - started
        return self._report

    def _open(self, lease: Lease) -> tuple[WrittenTable, KnownFiles]:
        table = WrittenTable(self._to, lease)
        table.add_backbone(self._network.key, self._network.dimension)
        return table, KnownFiles(table.table, self._column, retry=self._options.retry)

    def _read(
        self, listing: Iterable[PhotoFile | Unlisted], table: WrittenTable, known: KnownFiles
    ) -> Generator[int, None, None]:
        pipeline = Pipeline(
            self._to,
            table.table.schema,
            self._column,
            self._network,
            self._session,
            thumbnails=self._options.thumbnails,
            portion=self._options.portion,
            run=self._options.run,
        )
        waiting = self._to_do(listing, known)
        while some := list(islice(waiting, _ROUND)):
            for portion in pipeline.portions(some):
                self._keep(portion, table)
                yield self._report.added + self._report.changed

    def _to_do(self, listing: Iterable[PhotoFile | Unlisted], known: KnownFiles) -> Iterator[ToDo]:
        for photo in listing:
            if isinstance(photo, Unlisted):
                self._report.unlisted.append(photo)
            elif (standing := known.standing(photo)) == "done":
                self._report.unchanged += 1
            else:
                yield photo, standing

    def _keep(self, portion: Portion, table: WrittenTable) -> None:
        if portion.rows is None:
            table.append(portion.fragments)
            self._report.added += portion.photos
        else:
            rows = portion.rows.drop_columns([STANDING])
            is_changed = pc.equal(portion.rows[STANDING], "changed")
            changed = rows.filter(is_changed)
            complete = rows.filter(pc.and_(pc.invert(is_changed), rows[REASON].is_null()))
            if len(changed):
                table.replace(_whole(changed))
            if len(complete):
                table.complete(_whole(complete), self._column)
            self._report.changed += portion.photos
        self._report.failed += portion.failed

    def _remove(self, table: WrittenTable, known: KnownFiles, sources: Sequence[Address]) -> None:
        """Take out what lies below the sources and was not listed, unless nobody could look there."""
        below = tuple(f"{source.uri.rstrip('/')}/" for source in sources)
        unknown = tuple(one.path for one in self._report.unlisted)
        gone = [
            path
            for paths in table.paths()
            for path in known.unseen([path for path in paths if path.startswith(below)])
            if not path.startswith(unknown)
        ]
        table.remove(gone)
        self._report.removed = len(gone)


def _whole(rows: Any) -> pa.Table:
    """In one piece each column, as Lance takes it."""
    return rows.combine_chunks()


def _not_empty(
    listing: Iterator[PhotoFile | Unlisted], source: Address, *, is_known: bool
) -> Iterator[PhotoFile | Unlisted]:
    """The same; UserError where there is nothing, as in the folder of a drive that is not connected."""
    found = False
    for photo in listing:
        found = found or isinstance(photo, PhotoFile)
        yield photo
    if not found and is_known:
        raise UserError(
            Sentence("There are no photos in {folder}, so nothing was taken out of the library.", folder=source),
            "If it is a drive, check that it is connected.",
        )
