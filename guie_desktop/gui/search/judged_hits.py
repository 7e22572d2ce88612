"""Hits that are ranked anew while the user judges them: what he has judged, or is about to, stays where it is."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from guie_desktop.asking import Hit


def in_place(shown: Sequence[Hit], found: Sequence[Hit], staying: Collection[int | None]) -> tuple[Hit, ...]:
    """What was found, in its order, around the photos that keep the rows in which they are shown.

    What passes the cut-off is to come first. A photo that stays is on that side of it on which its neighbours are.
    """
    kept = [(row, hit) for row, hit in enumerate(shown) if hit.photo_id in staying]
    ids = {hit.photo_id for _, hit in kept}
    others = [hit for hit in found if hit.photo_id not in ids]
    alike = sum(hit.similar for hit in others)
    placed = list(others)
    for before, (row, hit) in enumerate(kept):
        is_alike = row - before <= alike and (alike > 0 or not others)
        placed.insert(row, replace(hit, similar=is_alike))
    return tuple(placed)
