"""Photos of a shared library as the desktop shows them, and as it keeps those of which something is said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from guie_desktop.arrays import Feature
from guie_desktop.asking import SharedFilter
from guie_desktop.domain import RemotePhoto
from guie_desktop.errors import UserError
from guie_desktop.library.taking_in import SharedCopy
from guie_desktop.messages import PageEnd, SharedPage
from guie_desktop.shared_library.shared_photo import Place, SharedPhoto
from guie_desktop.shared_library.shared_table import SharedTable
from guie_desktop.shared_library.shortlist import AnyHead


def next_page(table: SharedTable, which: SharedFilter, after: PageEnd | None, most: int) -> SharedPage:
    """Up to so many photos that pass, the newest first; those that could not be read are left out."""
    found = table.page(None if after is None else Place(*after), most, which)
    end = found.after
    return _shown(table, [(photo, None) for photo in found.photos], None if end is None else (end.taken, end.path))


def look_alikes(
    table: SharedTable,
    feature: Feature,
    head: AnyHead,
    backbone_key: str,
    *,
    which: SharedFilter,
    most: int,
    without: int | None = None,
) -> SharedPage:
    """The photos that are most like a feature (D,) under a head, each content once.

    `without` is the row of the photo that is looked for, which is not among them; its copies are.
    """
    hits = table.search(feature, head, backbone_key, most if without is None else most + 1, which)
    scores = dict(zip(map(int, hits.rows), map(float, hits.scores), strict=True))
    facts = table.facts(scores)
    best: dict[bytes | None, tuple[SharedPhoto, float | None]] = {}
    for row, score in scores.items():
        if row in facts and row != without:
            best.setdefault(facts[row].content_hash, (facts[row], score))
    return replace(_shown(table, list(best.values())[:most], None), cutoff=hits.cutoff)


def feature_of(table: SharedTable, row: int, backbone_key: str) -> Feature:
    """The feature (D,) of a photo; UserError where it has none of this backbone."""
    rows, features = table.features([row], backbone_key)
    if not len(rows):
        raise _without_feature()
    feature: Feature = features[0].astype("float32")
    return feature


def copies_of(table: SharedTable, rows: Sequence[int], backbone_key: str) -> list[SharedCopy]:
    """All that the table has of these photos; UserError where one is gone, or has no feature of this backbone."""
    photos = {photo.row: photo for photo in _readable(table.facts(rows).values())}
    if len(photos) < len(set(rows)):
        raise UserError(
            "Some of these photos are no longer in the shared library, or cannot be read there.",
            "Look at it anew, and choose others.",
        )
    keys, features = table.features(rows, backbone_key)
    by_row = dict(zip(map(int, keys), features, strict=True))
    if len(by_row) < len(photos):
        raise _without_feature()
    pictures = table.thumbnails(rows)
    return [SharedCopy(photos[row], by_row[row].astype("float32"), pictures.get(row)) for row in rows]


def photo_of(table: SharedTable, row: int) -> RemotePhoto:
    """What is told of one photo; UserError where it is gone, or could not be read."""
    found = _readable(table.facts([row]).values())
    if not found:
        raise UserError(
            "This photo is no longer in the shared library, or cannot be read there.",
            "Look at it anew, and choose another.",
        )
    return found[0]


def _without_feature() -> UserError:
    return UserError(
        "Some of these photos have not been read by the model in use.",
        "Choose others, or ask who keeps the shared library to bring it up to date.",
    )


def _shown(table: SharedTable, found: Sequence[tuple[SharedPhoto, float | None]], after: PageEnd | None) -> SharedPage:
    scores: Mapping[int, float | None] = {photo.row: score for photo, score in found}
    photos = _readable((photo for photo, _ in found), scores)
    pictures = table.thumbnails(photo.row for photo in photos) if photos else {}
    return SharedPage(tuple(photos), pictures, after)


def _readable(photos: Iterable[SharedPhoto], scores: Mapping[int, float | None] = {}) -> list[RemotePhoto]:
    """Those of which the table knows what a tile needs, in their order."""
    return [
        RemotePhoto(
            photo.row,
            photo.path,
            photo.content_hash,
            photo.bytes or 0,
            photo.modified or 0.0,
            photo.taken,
            photo.width or 0,
            photo.height or 0,
            scores.get(photo.row),
        )
        for photo in photos
        if photo.content_hash is not None and photo.reason is None
    ]
