"""A CSV file of one's own that names photos and their classes."""

from collections.abc import Iterator
from pathlib import Path

from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence, tr_noop
from guie_desktop.study.reading.layout import other_columns, other_layout
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.reading.rows import Row, csv_header, csv_rows
from guie_desktop.study.sample import Sample, Split

_PATHS = ("path", "img_path")
_REMEDY = tr_noop("Give its columns these names in its first line.")


def read(photos: Photos) -> Iterator[Sample]:
    """All that the file names: columns path (or img_path, as in the study's tables) and label; domain and split if any.

    The root is the file, or a folder with one. Paths are relative to its folder, or absolute, or addresses as
    s3://photos/1.jpg, which are taken for there. A split is train, query, index or nothing.
    """
    table = _table(photos)
    folder = table.parent.as_posix()
    header = csv_header(table)
    column = next((column for column in _PATHS if column in header), None)
    if column is None or "label" not in header:
        raise other_columns(table, ("path", "label"), header, _REMEDY)
    for row in csv_rows(table, ("label",)):
        name, label = row.text(column), row.text("label")
        domain, split = str(row.values.get("domain", "")), _split(row)
        if "://" in name:
            yield photos.found(name, label, split, domain)
        elif Path(name).is_absolute():
            yield from photos.take(Path(name).as_posix(), label, split, domain)
        else:
            yield from photos.take(row.below(folder, name), label, split, domain)


def _split(row: Row) -> Split | None:
    split = row.values.get("split") or None
    if split in {"train", "query", "index", None}:
        return split
    raise row.wrong(Sentence("“{split}” is not train, query or index", split=split))


def _table(photos: Photos) -> Path:
    if photos.root.is_file():
        return photos.root
    tables = sorted(photos.root.glob("*.csv"))
    if len(tables) > 1:
        raise UserError(
            Sentence(
                "There are {number} CSV files in {folder}: {names}.",
                number=len(tables),
                folder=photos.root,
                names=", ".join(table.name for table in tables[:8]),
            ),
            "Name the one that is meant, instead of the folder.",
        )
    if not tables:
        raise other_layout(photos.root, photos.dataset, "*.csv [path, label, domain, split]")
    return tables[0]
