"""The manifest of a study: a Parquet file with a row for each photo that is studied."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence

SCHEMA = pa.schema(
    [
        pa.field("path", pa.string(), nullable=False),
        pa.field("label", pa.string(), nullable=False),  # "dataset/class": one thing, whatever other sets call theirs
        pa.field("domain", pa.string(), nullable=False),
        pa.field("dataset", pa.string(), nullable=False),
        pa.field("split", pa.string(), nullable=False),  # as sample.Split
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Manifest:
    """All photos of a study; `rows` has the columns of SCHEMA, and each path once."""

    rows: pa.Table

    @classmethod
    def read(cls, path: Path) -> "Manifest":
        """As `write` left it; UserError where there is none, or where it is something else."""
        try:
            with pq.ParquetFile(path) as file:  # pq.read_table would leave it open for a while
                rows = file.read()
        except FileNotFoundError as error:
            raise no_manifest(path.parent) from error
        except (OSError, pa.ArrowException) as error:
            raise _unreadable(path) from error
        if not set(SCHEMA.names) <= set(rows.column_names):
            raise _unreadable(path)
        try:
            return cls(rows.select(SCHEMA.names).cast(SCHEMA))
        except (pa.ArrowException, ValueError) as error:
            raise _unreadable(path) from error

    def write(self, path: Path) -> None:
        """Write it beside and rename it into place."""
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        pq.write_table(self.rows, beside)
        beside.replace(path)


def no_manifest(folder: Path) -> UserError:
    """What to say of a folder in which no study was begun."""
    return UserError(
        Sentence("There is no manifest in {folder} yet.", folder=folder), "Make one of data sets first.", "study curate"
    )


def _unreadable(path: Path) -> UserError:
    return UserError(Sentence("{file} is no manifest, or it is damaged.", file=path), "Make it again.", "study curate")
