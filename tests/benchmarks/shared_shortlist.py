"""How much of what a head would put first the shortlist of a shared library holds (shared_library/shortlist.py).

    python -m tests.benchmarks.shared_shortlist LIBRARY PHOTOS [--queries N] [--evening E,E...]

LIBRARY is one whose albums were learned. As many features as wanted are drawn around those that it has; all are ranked
exactly by its general head, by its personal one, and by half of each. The table tells how many of the first 10 and 50
are among so many that lie along the direction asked for, where all are compared; what an index misses beyond that,
shared_index.py tells.
"""

import argparse
from pathlib import Path

import numpy as np

from guie_desktop.arrays import Floats, Keys
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.paths import LibraryPaths
from guie_desktop.shared_library.shortlist import direction
from guie_desktop.workspace.open_library import OpenLibrary

LENGTHS = (500, 1000, 2000, 5000, 10_000)
_AT_ONCE = 10_000


def learned_head(library: Path) -> tuple[PairedHead, Floats, str]:
    """Its heads, its features (N, D), and the key of its backbone."""
    with OpenLibrary(LibraryPaths(library)) as opened:
        head = opened.backbone.space.head
        if not isinstance(head, PairedHead):
            raise SystemExit("Nothing was learned in this library.")
        features = opened.backbone.features
        rows = np.concatenate([rows for _, rows in features.by_id(features.live_ids())]).astype(np.float32)
        return head, rows, opened.backbone.key


class MadeFeatures:
    """Mixtures of a real feature and some of those most like it, with a little noise, as in made_library.py."""

    def __init__(self, rows: Floats) -> None:
        unit = unit_rows(rows)
        self._rows, self._near = rows, np.argsort(-(unit @ unit.T), axis=1)[:, :25]

    def part(self, seed: int, count: int = _AT_ONCE) -> Floats:
        """(count, D), the same at each call."""
        chance = np.random.default_rng(seed)
        centres = chance.integers(len(self._rows), size=count)
        mixed = self._near[centres[:, None], chance.integers(self._near.shape[1], size=(count, 5))]
        mixed[:, 0] = centres
        weights = chance.dirichlet((3.0, 1.0, 1.0, 1.0, 1.0), count).astype(np.float32)
        made = np.einsum("nk,nkd->nd", weights, self._rows[mixed], optimize=True)
        made *= 1 + 0.1 * chance.standard_normal(made.shape, np.float32)
        stored: Floats = made.astype(np.float16).astype(np.float32)
        return stored


class Best:
    """The best of many scores (Q, N) that come in parts."""

    def __init__(self, queries: int, most: int) -> None:
        self._scores, self.places = np.full((queries, most), -np.inf, np.float32), np.zeros((queries, most), np.int64)

    def add(self, scores: Floats, start: int) -> None:
        """Those of places from `start` on."""
        most = self.places.shape[1]
        for query, row in enumerate(scores):
            better = np.flatnonzero(row > self._scores[query].min())
            found = np.concatenate([self._scores[query], row[better]])
            places = np.concatenate([self.places[query], better + start])
            best = np.argsort(-found, kind="stable")[:most]
            self._scores[query], self.places[query] = found[best], places[best]


def exact_weights() -> dict[str, float]:
    """What is ranked by: the weight of the personal half."""
    return {"general": 0.0, "half of each": 0.5, "personal": 1.0}


def recall(found: Keys, wanted: Keys) -> float:
    """Share of the wanted places (k,) that were found."""
    return float(np.isin(wanted, found).mean())


def main() -> None:
    """As the user says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("photos", type=int)
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--evening", default="0,0.5,1")
    asked = parser.parse_args()
    evenings = [float(text) for text in asked.evening.split(",")]
    head, rows, _ = learned_head(asked.library)
    made = MadeFeatures(rows)
    embeddings = head.apply(made.part(10**9, asked.queries))
    general, split = head.general, head.general.output_dimension
    sample = head.apply(made.part(10**9 + 1, 2000))
    unit = unit_rows(made.part(10**9 + 1, 2000))
    asked_for: dict[tuple[str, float], Floats] = {}
    exact: dict[str, Floats] = {}
    for name, weight in exact_weights().items():
        exact[name] = head.query(embeddings, np.full(asked.queries, weight, np.float32))
        for evening in evenings:
            towards = np.zeros((asked.queries, rows.shape[1]), np.float32)
            for half, projection in (
                (slice(split), general.projection),
                (slice(split, None), head.personal.projection),
            ):
                if not exact[name][:, half].any():
                    continue
                for query, wanted in enumerate(exact[name][:, half]):
                    one = direction(projection, wanted, evening)
                    towards[query] += one * (np.std(sample[:, half] @ wanted) / np.std(unit @ one))
            asked_for[name, evening] = towards
    best = {name: Best(asked.queries, 50) for name in exact}
    listed = {which: Best(asked.queries, LENGTHS[-1]) for which in asked_for}
    for start in range(0, asked.photos, _AT_ONCE):
        part = made.part(start, min(_AT_ONCE, asked.photos - start))
        embedded, unit = head.apply(part), unit_rows(part)
        for name, wanted in exact.items():
            best[name].add(wanted @ embedded.T, start)
        for which, towards in asked_for.items():
            listed[which].add(towards @ unit.T, start)
    print(f"{asked.photos:,} features of {rows.shape[1]} numbers, {asked.queries} queries")
    print("ranked by     evening  first  " + "".join(f"{length:>8}" for length in LENGTHS))
    for (name, evening), lists in listed.items():
        for first in (10, 50):
            shares = [
                np.mean([recall(lists.places[q, :length], best[name].places[q, :first]) for q in range(asked.queries)])
                for length in LENGTHS
            ]
            print(f"{name:13} {evening:7} {first:6}  " + "".join(f"{share:8.3f}" for share in shares), flush=True)


if __name__ == "__main__":
    main()
