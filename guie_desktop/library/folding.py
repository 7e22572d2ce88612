"""Photos in stacks, folded: of those that would be seen one is, with their number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Stacks = Mapping[int, int]
"""Photo id to the stack that it is in, which has the id of its best photo; the best of each stack comes first."""


@dataclass(frozen=True, slots=True)
class Folded:
    """What becomes of some photos where each stack is one tile."""

    hidden: frozenset[int] = frozenset()
    sizes: Mapping[int, int] = field(default_factory=dict)
    """Photo id to how many of these photos its stack has, of all in a stack of several."""


def folded(ids: Sequence[int], stacks: Stacks, opened: Collection[int], *, are_ranked: bool) -> Folded:
    """Fold these photos but for the opened stacks; the best of each is shown, or the first where they are ranked."""
    return _folded(_in_stacks(ids, stacks), stacks, opened, are_ranked=are_ranked)


class Folding:
    """Folds one list of photos after the other, and anew only where others of them are in stacks than before."""

    def __init__(self) -> None:
        self._last: tuple[Stacks, frozenset[int], Ids, Folded] = {}, frozenset(), np.empty(0, np.int64), Folded()
        """The stacks, those that were opened, the photos that are in one, and what became of them."""

    def fold(self, ids: Sequence[int], stacks: Stacks, opened: frozenset[int]) -> Folded:
        """What `folded` makes of photos that are not ranked; the same object where it is the same."""
        before, were_opened, were, _ = self._last
        members = _in_stacks(ids, stacks)
        if stacks is not before or opened != were_opened or not np.array_equal(members, were):
            self._last = stacks, opened, members, _folded(members, stacks, opened, are_ranked=False)
        return self._last[-1]


def _in_stacks(ids: Sequence[int], stacks: Stacks) -> Ids:
    """Those of the photos that are in one, in their order."""
    if not stacks:
        return np.empty(0, np.int64)
    looked_at = np.asarray(ids, np.int64)
    return looked_at[np.isin(looked_at, np.fromiter(stacks, np.int64, len(stacks)))]


def _folded(members: Ids, stacks: Stacks, opened: Collection[int], *, are_ranked: bool) -> Folded:
    listed: dict[int, list[int]] = {}
    for photo_id in members.tolist():
        listed.setdefault(stacks[photo_id], []).append(photo_id)
    places = {photo_id: place for place, photo_id in enumerate(stacks)} if listed and not are_ranked else {}
    hidden, sizes = set[int](), dict[int, int]()
    for stack, together in listed.items():
        if len(together) > 1:
            sizes |= dict.fromkeys(together, len(together))
            if stack not in opened:
                shown = together[0] if are_ranked else min(together, key=places.__getitem__)
                hidden.update(one for one in together if one != shown)
    return Folded(frozenset(hidden), sizes)
