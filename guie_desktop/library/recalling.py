"""Makes a question of a kept one again; what is gone by then is left out."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from guie_desktop.domain import Album, Photo, Region
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.conditions import SHOWN, chunks
from guie_desktop.library.database import reading
from guie_desktop.library.kept_questions import KeptExample, kept_in
from guie_desktop.library.photo_columns import PHOTO_COLUMNS, photo_of
from guie_desktop.library.tables import photos
from guie_desktop.question import Example, Question, Scope

_MOST_WEIGHT = 100.0


@dataclass(frozen=True, slots=True)
class Recalled:
    """A kept question, as it can be asked now."""

    question: Question
    is_whole: bool
    """Whether all of it is still there."""


def recall(text: str, catalog: Catalog) -> Recalled:
    """The question of this text without photos, pictures, albums and folders that are gone; never fails."""
    kept = kept_in(text)
    wanted = [one.photo for one in kept.examples if one.photo is not None]
    present = _present(catalog, [*wanted, *kept.liked, *kept.disliked])
    albums = {album.id: album for album in catalog.albums()}
    roots = [folder.path for folder in catalog.folders()]

    def is_known(folder: Path | None) -> bool:
        return folder is None or any(folder.is_relative_to(root) for root in roots)

    examples = tuple(_examples(kept.examples, present, albums, catalog))
    are_whole = len(examples) == len(kept.examples)
    scope: Scope = kept.folder if is_known(kept.folder) else None
    if kept.album in albums:
        scope = kept.album
    which = replace(
        kept.which,
        folder=kept.which.folder if is_known(kept.which.folder) else None,
        albums=tuple(album for album in kept.which.albums if album in albums),
        not_albums=tuple(album for album in kept.which.not_albums if album in albums),
    )
    question = Question(
        examples,
        kept.text,
        kept.region if are_whole and _is_part(kept.region) else None,
        scope,
        which=which,
        sources=frozenset(kept.sources),
        liked=tuple(photo for photo in kept.liked if photo in present),
        disliked=tuple(photo for photo in kept.disliked if photo in present),
    )
    is_found = scope == (kept.folder if kept.album is None else kept.album)
    return Recalled(question, are_whole and is_found and which == kept.which)


def _examples(
    kept: tuple[KeptExample, ...], present: Mapping[int, Photo], albums: Mapping[int, Album], catalog: Catalog
) -> Iterator[Example]:
    """Those that are still there."""
    for one in kept:
        photo = None if one.photo is None else present.get(one.photo)
        if photo is None and one.path is not None:
            photo = catalog.photo_at(one.path)
        if one.album is not None:
            found = Example(Path(), album=albums[one.album]) if one.album in albums else None
        elif photo is not None:
            found = Example(photo.path, photo)
        else:
            found = Example(one.path) if one.path is not None and _is_file(one.path) else None
        if found is not None:
            weight = one.weight if 0 < one.weight <= _MOST_WEIGHT else 1.0
            yield replace(found, unlike=one.unlike, weight=weight, off=one.off)


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - other than pathlib's it takes any text for a name


def _present(catalog: Catalog, ids: list[int]) -> dict[int, Photo]:
    """Those of the photos whose files are there, or on a drive that is away."""
    found: dict[int, Photo] = {}
    with reading(catalog.database) as connection:
        for part in chunks(ids):
            rows = connection.execute(select(*PHOTO_COLUMNS).where(photos.c.id.in_(part), SHOWN))
            found.update((row.id, photo_of(row)) for row in rows)
    return found


def _is_part(region: Region | None) -> bool:
    if region is None:
        return False
    left, top, width, height = region
    return left >= 0 and top >= 0 and 0 < width <= 1 - left + 1e-6 and 0 < height <= 1 - top + 1e-6
