"""Photos in stacks, folded: of those that would be seen one is, with their number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

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
    if not stacks:
        return Folded()
    listed: dict[int, list[int]] = {}
    looked_at = np.asarray(ids, np.int64)
    for photo_id in looked_at[np.isin(looked_at, np.fromiter(stacks, np.int64, len(stacks)))].tolist():
        listed.setdefault(stacks[photo_id], []).append(photo_id)
    places = {photo_id: place for place, photo_id in enumerate(stacks)} if not are_ranked else {}
    hidden, sizes = set[int](), dict[int, int]()
    for stack, members in listed.items():
        if len(members) > 1:
            sizes |= dict.fromkeys(members, len(members))
            if stack not in opened:
                shown = members[0] if are_ranked else min(members, key=places.__getitem__)
                hidden.update(one for one in members if one != shown)
    return Folded(frozenset(hidden), sizes)
