"""How fast and how well a search finds what is nearest, beside a product with all vectors, which misses nothing."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from guie_desktop.arrays import Embeddings, Keys
from guie_desktop.asking import Query
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.jobs.measuring.figures import Figure, median_of
from guie_desktop.search.vectors import VectorIndex
from guie_desktop.workspace.open_library import OpenLibrary

Asked = TypeVar("Asked")

_QUERIES = 40
_HITS = 10
_AROUND = 0.5
"""How far made vectors lie from the real ones that they are drawn around, as photos of one kind do."""
_PLAIN = "NumPy, all products in float32"
_ROWS_AT_ONCE = 8192


def measure_search(library: OpenLibrary, sizes: tuple[int, ...]) -> list[Figure]:
    """In the library itself, and in indexes of made vectors of these sizes, drawn around its own."""
    features = library.backbone.features
    real = np.concatenate([library.backbone.general.apply(rows) for _, rows in features.by_id(features.live_ids())])
    photos = list(library.catalog.photo_ids())[:_QUERIES]

    def look_for(photo: int) -> None:
        library.search_engine.answer(Query(photos=(photo,), top=_HITS))

    shown, plain = _median_ms(look_for, photos), _median_ms(lambda query: _nearest(real, query), list(real[:_QUERIES]))
    found = [Figure("search", f"look-alikes, as shown, of {len(real):,}", shown, "ms", _PLAIN, plain)]
    for size in sizes:
        found += of_made_vectors(real, size)
    return found


def of_made_vectors(real: Embeddings, size: int) -> list[Figure]:
    """In an index of so many vectors that are drawn around real ones (N, d), with queries drawn likewise."""
    rng = np.random.default_rng(0)
    rows = np.concatenate(
        [_drawn(real, min(_ROWS_AT_ONCE, size - start), rng) for start in range(0, size, _ROWS_AT_ONCE)]
    )
    queries = _drawn(real, _QUERIES, rng)
    index = VectorIndex(rows.shape[1])
    index.add(np.arange(1, size + 1), rows)
    index.grow()
    exact = [_nearest(rows, query) for query in queries]
    recall = np.mean(
        [len(np.intersect1d(index.search(query, _HITS)[0], keys)) for query, keys in zip(queries, exact, strict=True)]
    )
    ours = _median_ms(lambda query: index.search(query, _HITS), list(queries))
    plain = _median_ms(lambda query: _nearest(rows, query), list(queries))
    return [
        Figure("search", f"ten nearest of {size:,}", ours, "ms", _PLAIN, plain),
        Figure("search", f"of these found, {size:,}", float(recall) / _HITS, "share", _PLAIN, 1.0),
    ]


def _drawn(real: Embeddings, count: int, rng: np.random.Generator) -> Embeddings:
    noise = unit_rows(rng.standard_normal((count, real.shape[1]), np.float32))
    return unit_rows(real[rng.integers(len(real), size=count)] + np.float32(_AROUND) * noise)


def _nearest(rows: Embeddings, query: Embeddings) -> Keys:
    scores = rows @ query
    best = np.argpartition(-scores, min(_HITS, len(scores) - 1))[:_HITS]
    return best[np.argsort(-scores[best])] + 1


def _median_ms(ask: Callable[[Asked], object], asked: Sequence[Asked]) -> float:
    ask(asked[0])
    taken = []
    for one in asked:
        started = time.perf_counter()
        ask(one)
        taken.append(1000 * (time.perf_counter() - started))
    return median_of(taken)
