"""How often hits are right by their score, and "nothing like this here" wrong against how often it is said.

    python -m tests.benchmarks.likeness LIBRARY

LIBRARY is the folder of a library that has read labelled photos, the name of whose directory is what they show. Smaller
libraries are drawn from it; what is looked for is not in them: half of it shows things that they hold, and half things
that they do not.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Features
from guie_desktop.embedding.general_head import fit_general_head
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary

_SIZES = ((30, 1), (30, 3), (60, 3), (120, 3), (143, 24), (362, 5), (362, 30), (1000, 15), (2000, 33))
"""Photos, and how many of each thing."""
_EDGES = np.array([0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9, 1.01])
_REPEATS = 8
_LOOKED_AT = 40
_ASKED = 2
"""Photos of each thing that are looked for."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("library", type=Path)
    rows, things = read(arguments.parse_args().library)
    print("share of hits that show the same thing, by the score from which on")
    print("photos  each   " + "  ".join(f"{edge:4.2f}" for edge in _EDGES[:-1]))
    for photos, each in _SIZES:
        right = precision_by_score(rows, things, photos, each)
        print(f"{photos:6} {each:5}   " + "  ".join(" .  " if np.isnan(one) else f"{one:4.2f}" for one in right))
    print("\n'nothing like this here': how often it is said (coverage), and how often it is wrong then (risk)")
    for photos, each in _SIZES:
        risk_and_coverage(rows, things, photos, each)


def read(folder: Path) -> tuple[Features, NDArray[np.str_]]:
    """Features (N, D), and what the photos show (N,)."""
    with OpenLibrary(LibraryPaths(folder)) as library:
        photos = library.catalog.photos(library.catalog.photo_ids())
        keyed = library.backbone.features.keyed([photo.content_hash for photo in photos.values()])
        kept = [photo for photo in photos.values() if photo.content_hash in keyed]
        return np.stack([keyed[one.content_hash][1] for one in kept]), np.array([one.path.parent.name for one in kept])


def drawn(
    things: NDArray[np.str_], photos: int, each: int, random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Rows of a library, of photos of things that it holds, and of photos of things that it does not hold."""
    names = random.permutation(np.unique(things))[: max(2, -(-photos // each))]
    held: list[int] = []
    asked: list[int] = []
    for name in names:
        rows = random.permutation(np.flatnonzero(things == name))
        held += rows[:each].tolist()
        asked += rows[each : each + _ASKED].tolist()
    absent = np.flatnonzero(~np.isin(things, names))
    return np.array(held[:photos]), np.array(asked), random.permutation(absent)[: len(asked)]


def precision_by_score(rows: Features, things: NDArray[np.str_], photos: int, each: int) -> NDArray[np.float64]:
    """Of the nearest hits, by score; NaN where they are too few to tell."""
    random, right, seen = np.random.default_rng(2), np.zeros(len(_EDGES) - 1), np.zeros(len(_EDGES) - 1)
    for _ in range(_REPEATS):
        held, asked, _ = drawn(things, photos, each, random)
        head = fit_general_head(rows[held])
        scores = head.apply(rows[asked]) @ head.apply(rows[held]).T
        for query, row in zip(asked, scores, strict=True):
            best = np.argsort(-row)[:_LOOKED_AT]
            step = np.digitize(row[best], _EDGES) - 1
            inside = (step >= 0) & (step < len(seen))
            np.add.at(seen, step[inside], 1)
            np.add.at(right, step[inside], (things[held[best]] == things[query])[inside])
    return np.where(seen >= 20, right / np.maximum(seen, 1), np.nan)


def risk_and_coverage(rows: Features, things: NDArray[np.str_], photos: int, each: int) -> None:
    """One line: at the cut-off of the head, and where it is said of a tenth, a quarter and half of the queries."""
    random, present, absent, cutoffs = np.random.default_rng(3), [], [], []
    for _ in range(_REPEATS):
        held, asked, others = drawn(things, photos, each, random)
        if not len(others):
            return
        head = fit_general_head(rows[held])
        known = head.apply(rows[held])
        present.append((head.apply(rows[asked]) @ known.T).max(axis=1))
        absent.append((head.apply(rows[others]) @ known.T).max(axis=1))
        cutoffs.append(head.cutoff or 0.0)
    here, away, cutoff = np.concatenate(present), np.concatenate(absent), float(np.mean(cutoffs))
    told = []
    for name, at in (
        ("now", cutoff),
        *((f"{share:.0%}", float(np.quantile(np.concatenate([here, away]), share))) for share in (0.1, 0.25, 0.5)),
    ):
        wrong, right = (here < at).mean(), (away < at).mean()
        said = (wrong + right) / 2
        told.append(f"{name}: below {at:.2f} said {said:4.0%}, wrong {wrong / max(wrong + right, 1e-9):4.0%}")
    print(f"{photos:6} {each:5}   " + "   ".join(told))


if __name__ == "__main__":
    main()
