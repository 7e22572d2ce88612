"""What the map shows, read from its file and the catalog, beside the window."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from guie_desktop.arrays import Keys
from guie_desktop.asking import Filter
from guie_desktop.gui.map.names import Label, Naming, labels
from guie_desktop.gui.map.plane import LEVELS_PER_DOUBLING, NO_PLANE, Plane, along_a_curve, scale_of
from guie_desktop.language import spoken
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.library_map import LibraryMap, read_map
from guie_desktop.messages import MapDrawn
from guie_desktop.search.vocabulary import imagenet_vocabulary

_APART = 80
"""Pixels from name to name, about."""
DOUBLINGS = 8
"""For how many levels of zoom there are names; nearer, those of the last one stay."""
_ALBUM, _THING, _FOLDER = 0.5, 0.45, 0.6
"""Shares of the photos of a part by which it is named."""
_CHOSEN = 2.0
"""How much more an album says than a thing or a folder, as it is what the user calls them."""
_LETTERS = 3
"""Of the name of a folder; others are numbers, such as years."""
_LEAST = 6
"""Photos of a folder or album that may name a part."""


@dataclass(frozen=True, slots=True)
class MapContents:
    """All photos on the map, in the order of its rows."""

    ids: Keys
    plane: Plane
    labels: Mapping[int, Sequence[Label]]
    """By how many doublings the map is zoomed."""
    passing: int
    """How many photos pass the filter."""


NOTHING = MapContents(np.empty(0, np.int64), NO_PLANE, {}, 0)


def read_contents(catalog: Catalog, drawn: MapDrawn, which: Filter) -> MapContents | None:
    """Read it; None where no map was drawn yet."""
    kept = read_map(drawn.file)
    if kept is None:
        return None
    store = FeatureStore(catalog, drawn.backbone)
    keys, ids = store.shown_photos()
    faint = np.zeros(len(keys), bool)
    if which:
        passing, passing_ids = store.shown_photos(which)
        places = np.searchsorted(keys, passing)
        ids[places], faint[:] = passing_ids, True
        faint[places] = False
    rows = kept.rows_of(keys)
    ids, faint, rows = ids[rows >= 0], faint[rows >= 0], rows[rows >= 0]
    order = along_a_curve(kept.positions[rows])
    ids, rows = ids[order], rows[order]
    points = kept.positions[rows]
    namings = tuple(_namings(catalog, kept, ids, rows))
    named = {
        doubling: labels(points, namings, _APART / scale_of(doubling * LEVELS_PER_DOUBLING))
        for doubling in range(DOUBLINGS)
    }
    return MapContents(ids, Plane(points, faint[order]), named, int(len(ids) - faint.sum()))


def _namings(catalog: Catalog, kept: LibraryMap, ids: Keys, rows: Keys) -> Iterator[Naming]:
    """Albums, what the photos show, and folders."""
    in_albums = {album.name: catalog.photo_ids(album_id=album.id) for album in catalog.albums()}
    yield _naming(in_albums, ids, _ALBUM, _CHOSEN)
    yield _things(kept, rows)
    in_folders: dict[str, list[int]] = {}
    for folder in catalog.folders():
        for directory, photos in catalog.photos_by_directory(folder.path).items():
            if sum(map(str.isalpha, directory.name)) >= _LETTERS:
                in_folders.setdefault(directory.name, []).extend(photos)
    yield _naming(in_folders, ids, _FOLDER)


def _naming(photos: Mapping[str, Sequence[int]], ids: Keys, least: float, weight: float = 1.0) -> Naming:
    """Names with the ids of the photos that bear them."""
    held = {name: np.array(some, np.int64) for name, some in photos.items() if len(some) >= _LEAST}
    rows, which = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for number, some in enumerate(held.values()):
        # Of some photos another copy is on the map, and some wait to be embedded.
        found = np.flatnonzero(np.isin(ids, some))
        rows.append(found)
        which.append(np.full(len(found), number))
    return Naming(tuple(held), np.concatenate(rows), np.concatenate(which), least, weight)


def _things(kept: LibraryMap, rows: Keys) -> Naming:
    """What a classifier sees, and the kinds that it belongs to: a banana is a fruit."""
    things, classes = imagenet_vocabulary().things, kept.classes[rows]
    there = {int(number): np.flatnonzero(classes == number) for number in np.unique(classes[classes >= 0])}
    names: list[str] = []
    borne, which = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for thing in things:
        showing = [there[number] for number in thing.classes if number in there]
        if showing:
            borne += showing
            which.append(np.full(sum(map(len, showing)), len(names)))
            names.append(thing.name(spoken().tag))
    return Naming(names, np.concatenate(borne), np.concatenate(which), _THING)
