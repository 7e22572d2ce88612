"""Hits that are ranked anew while the user judges them: what he has judged, or is about to, stays where it is."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from guie_desktop.asking import Answer, Hit


def confirmed(answer: Answer, liked: Collection[int]) -> Answer:
    """The answer, what is alike first; what the user said yes to (photo ids) is alike, whatever its score."""
    told = [replace(hit, similar=hit.similar or hit.photo_id in liked) for hit in answer.hits]
    hits = tuple(sorted(told, key=lambda hit: not hit.similar))
    return replace(answer, hits=hits, nothing_similar=answer.nothing_similar and not any(hit.similar for hit in hits))


def in_place(shown: Sequence[Hit], found: Sequence[Hit], staying: Collection[int | None]) -> tuple[Hit, ...]:
    """What was found, in its order, around the photos that keep the rows in which they are shown.

    What passes the cut-off is to come first. A photo that stays is on that side of it on which its neighbours are.
    """
    anew = {hit.photo_id: hit for hit in found}
    kept = [(row, anew.get(hit.photo_id, hit)) for row, hit in enumerate(shown) if hit.photo_id in staying]
    ids = {hit.photo_id for _, hit in kept}
    others = [hit for hit in found if hit.photo_id not in ids]
    alike = sum(hit.similar for hit in others)
    is_any_alike = alike > 0 or any(hit.similar for _, hit in kept)
    placed = list(others)
    for before, (row, hit) in enumerate(kept):
        placed.insert(row, replace(hit, similar=is_any_alike and row - before <= alike))
    return tuple(placed)
