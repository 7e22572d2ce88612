"""Drawing the map of a library: of some of its photos, among which all others find their places."""

from collections.abc import Generator
from pathlib import Path

import numpy as np

from guie_desktop.arrays import Embeddings, Keys
from guie_desktop.embedding.pca import principal_components
from guie_desktop.jobs.pace import Pace
from guie_desktop.jobs.refitting import recognise
from guie_desktop.library.feature_store import evenly
from guie_desktop.library.library_map import LibraryMap, map_file, read_map, write_map
from guie_desktop.messages import Progress
from guie_desktop.search.mapping.landmarks import LANDMARKS, among_landmarks, nearest, neighbours_of, without_itself
from guie_desktop.search.mapping.tsne import STEPS, Positions, lay_out
from guie_desktop.workspace.open_library import WritableLibrary

Steps = Generator[Progress, None, Positions]

_LEAST = 4
"""Photos; fewer lie in a line."""
_OUTGROWN = 2
"""How many times as many photos there are when a map is drawn anew, or how many times fewer of its landmarks."""
_STRANGE = 4
"""How many photos there may be for each that is known from the map before, whose places a new one begins with."""
_ROWS_AT_ONCE = 4096
_STEP_AS_ROWS = 16
"""How many rows are compared while all landmarks take one step."""
_CLEAR = 0.3
"""Probability from which on a photo is said to show a class."""


def draw_map(library: WritableLibrary, *, anew: bool = False) -> Generator[Progress, None, Path]:
    """Bring the kept map up to date, or draw it anew; its file, which is written at the end.

    New photos are placed among those that it was drawn of. Another map is drawn by itself where the library has
    outgrown it, or is searched with another head; then what lay at one side lies there again.
    """
    drawing = _Drawing(library, anew=anew)
    if drawing.is_outgrown:
        yield from drawing.draw()
    yield from drawing.place_others()
    yield from recognise(library.backbone)
    file = map_file(library.paths.vectors, library.backbone.key)
    write_map(file, drawing.finished())
    return file


class _Drawing:
    """One map on its way."""

    def __init__(self, library: WritableLibrary, *, anew: bool) -> None:
        backbone = library.backbone
        self._backbone, self._index = backbone, backbone.space.index
        self._space = f"{backbone.key}.{backbone.space.head_id}"
        live = backbone.features.live_ids()
        self._keys: Keys = live[self._index.holds(live)] if len(live) else live
        self._kept = None if anew else read_map(map_file(library.paths.vectors, backbone.key))
        self._drawn_of = self._kept.drawn_of if self._kept is not None else 0
        self._landmarks, self._landmark_positions = self._known_landmarks()
        """Keys, and where they lie."""
        self._positions = np.full((len(self._keys), 2), np.nan, np.float32)
        if self._kept is not None and not self.is_outgrown:
            rows = self._kept.rows_of(self._keys)
            self._positions[rows >= 0] = self._kept.positions[rows[rows >= 0]]

    @property
    def is_outgrown(self) -> bool:
        """Whether the map that is kept is none of this library as it is now."""
        return (
            self._kept is None
            or self._kept.space != self._space
            or len(self._keys) >= _OUTGROWN * self._drawn_of
            or _OUTGROWN * len(self._landmarks) < int(self._kept.is_landmark.sum())
        )

    def draw(self) -> Generator[Progress, None, None]:
        """Choose landmarks and lay them out."""
        landmarks = evenly(self._keys, LANDMARKS)
        positions = yield from self._laid_out(landmarks)
        self._landmarks, self._landmark_positions = landmarks, positions
        self._positions[:] = np.nan
        self._positions[np.searchsorted(self._keys, landmarks)] = positions
        self._drawn_of = len(self._keys)

    def place_others(self) -> Generator[Progress, None, None]:
        """Place what is not on the map yet."""
        missing = np.flatnonzero(np.isnan(self._positions[:, 0]))
        if not len(missing):
            return
        pace = Pace("map", len(missing))
        rows = self._index.rows(self._landmarks)
        for start in range(0, len(missing), _ROWS_AT_ONCE):
            part = missing[start : start + _ROWS_AT_ONCE]
            others = self._index.rows(self._keys[part])
            done = 0
            for places in among_landmarks(others, rows, self._landmark_positions):
                self._positions[part[done : done + len(places)]] = places
                done += len(places)
                pace.advance(len(places))
                yield pace.progress()

    def finished(self) -> LibraryMap:
        """All of it."""
        classes = self._backbone.clearest_classes(self._keys, _CLEAR)
        is_landmark = np.isin(self._keys, self._landmarks)
        return LibraryMap(self._keys, self._positions, is_landmark, classes, self._drawn_of, self._space)

    def _laid_out(self, keys: Keys) -> Steps:
        if len(keys) < _LEAST:
            return np.column_stack([np.arange(len(keys)), np.zeros(len(keys))]).astype(np.float32)
        rows = self._index.rows(keys)
        pace = Pace("map", 2 * len(rows) + STEPS * _STEP_AS_ROWS)
        found = []
        for part, _ in nearest(rows, rows, neighbours_of(len(rows)) + 1):
            found.append(without_itself(part, pace.done))
            pace.advance(len(part))
            yield pace.progress()
        start = yield from self._start(rows, pace)
        positions = start
        for step in lay_out(np.concatenate(found), start):
            positions = step
            pace.advance(_STEP_AS_ROWS)
            yield pace.progress()
        return positions

    def _start(self, rows: Embeddings, pace: Pace) -> Steps:
        """Where they lie on the map that is kept, or else by what makes the most difference between them."""
        if len(self._landmarks) * _STRANGE < len(rows):
            pace.advance(len(rows))
            return _by_components(rows)
        start = []
        for places in among_landmarks(rows, self._index.rows(self._landmarks), self._landmark_positions):
            start.append(places)
            pace.advance(len(places))
            yield pace.progress()
        return np.concatenate(start)

    def _known_landmarks(self) -> tuple[Keys, Positions]:
        """Those of the map that is kept whose photos are still there, and where they lie."""
        if self._kept is None:
            return self._keys[:0], np.empty((0, 2), np.float32)
        is_known = self._kept.is_landmark & self._index.holds(self._kept.keys)
        return self._kept.keys[is_known], self._kept.positions[is_known]


def _by_components(rows: Embeddings) -> Positions:
    """The first two principal components (N, 2)."""
    centred = rows - rows.mean(axis=0)
    _, directions = principal_components((centred.T @ centred / len(rows)).astype(np.float32))
    start: Positions = (centred @ directions[:, :2]).astype(np.float32)
    return start
