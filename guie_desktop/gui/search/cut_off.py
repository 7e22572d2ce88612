"""Where the line is drawn between what is alike and what is not, and the hits by date."""

from collections.abc import Sequence
from dataclasses import replace

from guie_desktop.asking import Answer, Hit
from guie_desktop.domain import Photo


def line_of(answer: Answer) -> float | None:
    """How likely a hit must be right to be above the line that the engine drew; None where that is not known."""
    likely = [hit.likely for hit in answer.hits]
    if not likely or any(one is None for one in likely):
        return None
    above = [hit.likely or 0.0 for hit in answer.hits if hit.similar]
    below = [hit.likely or 0.0 for hit in answer.hits if not hit.similar]
    return min(above) if above else min(1.0, max(below) + 0.01)


def with_line(answer: Answer, line: float) -> Answer:
    """The same answer, with the line drawn elsewhere."""
    hits = tuple(_judged(hit, similar=(hit.likely or 0.0) >= line) for hit in answer.hits)
    return replace(answer, hits=hits, nothing_similar=not any(hit.similar for hit in hits))


def newest_first(hits: Sequence[Hit], photos: dict[int, Photo]) -> tuple[Hit, ...]:
    """The hits by the date of their photos; those that the library no longer knows come last."""

    def taken(hit: Hit) -> float:
        return photos[hit.photo_id].taken if hit.photo_id in photos else float("-inf")

    return tuple(sorted(hits, key=taken, reverse=True))


def _judged(hit: Hit, *, similar: bool) -> Hit:
    return replace(hit, similar=similar, likeness=(hit.likeness or "perhaps") if similar else None)
