"""Users who look for all photos of one kind, simulated on labelled photos: what yes and no save them.

python -m tests.benchmarks.simulated_user LIBRARY [--half report] [--queries 3]

LIBRARY is one whose photos lie in a folder for each class. A user looks for a class with one of its photos, judges what
is shown from the first hit on, and is never wrong. The constants of search/feedback.py and search/belonging.py were
chosen on one half of the classes (`--half choose`); what counts is the other one.
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from guie_desktop.arrays import Embeddings, Keys, Mask, Scores
from guie_desktop.paths import LibraryPaths
from guie_desktop.search.belonging import Belonging, left, worth_asking
from guie_desktop.search.feedback import Said, average_precision, bent
from guie_desktop.search.space import Spread
from guie_desktop.workspace.open_library import OpenLibrary

CLICKS = (1, 3, 5, 10, 20)
SHARE = 0.95
"""Of a class that is to be found."""
_MOST = 1000
"""Labels, after which a user gives up."""
_WORSE = 0.01
"""Of average precision; less is noise."""
Ranking = Callable[[list[int], list[bool]], Scores]
"""Scores of all photos from those that were judged and how."""


@dataclass(frozen=True, slots=True, eq=False)
class Photos:
    """One of each content."""

    rows: Embeddings
    labels: np.ndarray
    spread: Spread

    @classmethod
    def of(cls, folder: Path) -> "Photos":
        with OpenLibrary(LibraryPaths(folder)) as library:
            space = library.backbone.space
            photos = {
                photo.content_hash: photo for photo in library.catalog.photos(library.catalog.photo_ids()).values()
            }
            keyed = space.features.keyed(list(photos))
            shown = [photos[content] for content in keyed]
            rows = space.head.apply(np.stack([feature for _, feature in keyed.values()]))
            labels = np.array([str(photo.path.parent) for photo in shown])
            return cls(rows, labels, space.spread(0.0))

    def classes(self, half: str) -> list[str]:
        names, counts = np.unique(self.labels, return_counts=True)
        return [str(name) for name, count in zip(names, counts, strict=True) if count > 4][half == "report" :: 2]


def search(photos: Photos, query: int) -> Ranking:
    """Ranked by the search, which is bent by what was said."""

    def scores(judged: list[int], said: list[bool]) -> Scores:
        asked = photos.rows[query]
        if judged:
            asked = bent(asked, Said(photos.rows[judged], np.array(said)), photos.spread)
        found: Scores = photos.rows @ asked
        return found

    return scores


def plain(photos: Photos, query: int) -> Ranking:
    alike: Scores = photos.rows @ photos.rows[query]
    return lambda judged, said: alike


def rocchio(photos: Photos, query: int) -> Ranking:
    """Photos that were said yes to are added to the query, and half of those that were not are taken from it."""

    def scores(judged: list[int], said: list[bool]) -> Scores:
        rows, liked = photos.rows[judged], np.array(said, bool)
        vector = np.concatenate([photos.rows[[query]], rows[liked]]).mean(axis=0)
        found: Scores = photos.rows @ (vector - 0.5 * rows[~liked].mean(axis=0) if len(rows[~liked]) else vector)
        return found

    return scores


def nearest_member(photos: Photos, members: list[int]) -> Ranking:
    """As suggestions were ranked before: by the most similar member, but for what is more like a refused photo."""

    def scores(judged: list[int], said: list[bool]) -> Scores:
        liked = np.array(said, bool)
        inside = photos.rows[members + [judged[n] for n in np.flatnonzero(liked)]]
        outside = photos.rows[[judged[n] for n in np.flatnonzero(~liked)]]
        best: Scores = (photos.rows @ inside.T).max(axis=1)
        worst = (photos.rows @ outside.T).max(axis=1, initial=-1)
        return np.where(worst > best, best - 3, best)

    return scores


def probability(photos: Photos, members: list[int]) -> Ranking:
    """As they are ranked now."""

    def scores(judged: list[int], said: list[bool]) -> Scores:
        liked = np.array(said, bool)
        inside = members + [judged[n] for n in np.flatnonzero(liked)]
        outside = [judged[n] for n in np.flatnonzero(~liked)]
        return Belonging.of(photos.rows[inside], photos.rows[outside], photos.spread.precision).probabilities(
            photos.rows
        )

    return scores


def boundary_first(photos: Photos, members: list[int]) -> Ranking:
    """The least likely of those that rather belong than not (PF-MA: Zaher et al., arXiv 2603.24480)."""
    likely = probability(photos, members)

    def scores(judged: list[int], said: list[bool]) -> Scores:
        chances = likely(judged, said)
        return np.where(chances >= 0.5, 2 - chances, chances)

    return scores


def judged_in_turn(
    ranking: Ranking, relevant: Mask, known: list[int]
) -> Iterator[tuple[list[int], list[bool], Scores]]:
    """What was judged so far and the scores by which the next is chosen."""
    judged: list[int] = []
    said: list[bool] = []
    while True:
        scores = ranking(judged, said).copy()
        scores[[*known, *judged]] = -np.inf
        yield judged, said, scores
        best = int(scores.argmax())
        judged.append(best)
        said.append(bool(relevant[best]))


def labels_needed(ranking: Ranking, relevant: Mask, known: list[int]) -> int:
    """Labels until 95 % of what is relevant is found."""
    wanted = int(np.ceil(SHARE * relevant.sum()))
    return next(
        len(judged)
        for judged, said, _ in judged_in_turn(ranking, relevant, known)
        if sum(said) >= wanted or len(judged) == _MOST
    )


def gains(photos: Photos, query: int, relevant: Mask) -> list[float]:
    """Average precision of what was not judged, against that of the plain ranking, after so many clicks."""
    unaided, gained = photos.rows @ photos.rows[query], []
    for judged, _, scores in judged_in_turn(search(photos, query), relevant, [query]):
        if len(judged) in CLICKS:
            rest = np.isfinite(scores)
            after, before = (average_precision(one[rest], relevant[rest]) for one in (scores, unaided))
            gained.append(after - before)
        if len(judged) == max(CLICKS):
            return gained
    return gained


def queue(photos: Photos, members: list[int], relevant: Mask) -> tuple[int, float, float]:
    """Labels until the queue ends by itself, the share that was found, and how far "left" was from the truth."""
    errors: list[float] = []
    for judged, said, chances in judged_in_turn(probability(photos, members), relevant, members):
        there = chances[np.isfinite(chances)]
        errors.append(abs(left(there) - (relevant.sum() - sum(said))))
        if not worth_asking(there).any() or len(judged) == _MOST:
            return len(judged), sum(said) / max(int(relevant.sum()), 1), float(np.mean(errors))
    raise AssertionError


def accepted(photos: Photos, members: list[int], relevant: Mask, least: float) -> tuple[int, int]:
    """How many are at least so likely, and how many of these belong there."""
    sure = probability(photos, members)([], []) >= least
    sure[members] = False
    return int(sure.sum()), int(relevant[sure].sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--half", choices=("choose", "report"), default="report")
    parser.add_argument("--queries", type=int, default=3, help="of each class")
    arguments = parser.parse_args()
    photos, rng = Photos.of(arguments.library), np.random.default_rng(0)
    classes = photos.classes(arguments.half)
    print(f"{len(photos.rows)} photos, {len(classes)} classes ({arguments.half})")
    asked = [
        (int(query), _others(photos, name, [int(query)]))
        for name in classes
        for query in rng.choice(_of(photos, name), arguments.queries, replace=False)
    ]
    gained = np.array([gains(photos, query, relevant) for query, relevant in asked])
    base = np.mean([average_precision(np.delete(photos.rows @ photos.rows[q], q), np.delete(r, q)) for q, r in asked])
    print(f"average precision without clicks {base:.3f}")
    for clicks, column in zip(CLICKS, gained.T, strict=True):
        print(f"after {clicks} clicks {column.mean():+.3f}, worse for {(column < -_WORSE).mean():.0%} of the queries")
    for method in (plain, rocchio, search):
        needed = [
            labels_needed(method(photos, query), relevant, [query]) for query, relevant in asked[:: arguments.queries]
        ]
        _tell(f"search, {method.__name__}", needed)
    for size in (3, 10):
        albums = [
            (list(map(int, rng.choice(_of(photos, name), min(size, len(_of(photos, name)) - 2), replace=False))), name)
            for name in classes
        ]
        begun = [(members, _others(photos, name, members)) for members, name in albums]
        for rank in (nearest_member, boundary_first, probability):
            _tell(f"album of {size}, {rank.__name__}", [labels_needed(rank(photos, m), r, m) for m, r in begun])
        ended = np.array([queue(photos, members, relevant) for members, relevant in begun])
        there = np.mean([relevant.sum() for _, relevant in begun])
        print(
            f"album of {size}: {there:.1f} to be found; the queue ends after {ended[:, 0].mean():.1f} labels with "
            f"{ended[:, 1].mean():.1%} of them (95 % or more in {(ended[:, 1] >= SHARE).mean():.0%} of the albums); "
            f'"left" is off by {ended[:, 2].mean():.1f}'
        )
        sure = np.array([accepted(photos, members, relevant, 0.95) for members, relevant in begun]).sum(axis=0)
        print(
            f"album of {size}: of {sure[0]} photos that are 95 % likely at first {sure[1] / max(sure[0], 1):.1%} belong"
        )


def _of(photos: Photos, name: str) -> Keys:
    return np.flatnonzero(photos.labels == name)


def _others(photos: Photos, name: str, known: list[int]) -> Mask:
    relevant: Mask = photos.labels == name
    relevant[known] = False
    return relevant


def _tell(what: str, needed: list[int]) -> None:
    print(f"{what}: {np.mean(needed):.1f} labels for 95 %, median {np.median(needed):.0f}", flush=True)


if __name__ == "__main__":
    main()
