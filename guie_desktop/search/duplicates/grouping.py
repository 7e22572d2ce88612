"""Pairs become groups: one picture by way of others, or taken within seconds; never what the user parted."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from guie_desktop.domain import ContentHash

Parted = frozenset[ContentHash]
"""Two contents of which the user said that they are no duplicates of each other."""

BURST_SECONDS = 3.0
"""Between one photo of a burst and the next; cameras mostly note whole seconds."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture and when its camera says that it was taken, in seconds since the epoch."""

    content: ContentHash
    at: float


class Groups:
    """Contents that belong together, directly or by way of others."""

    def __init__(self, parted: Set[Parted]) -> None:
        self._parted = parted
        self._others: dict[ContentHash, set[ContentHash]] = {}
        """Of whom the user parted each."""
        for pair in parted:
            for one in pair:
                self._others.setdefault(one, set()).update(pair - {one})
        self._group: dict[ContentHash, list[ContentHash]] = {}

    def are_together(self, one: ContentHash, other: ContentHash) -> bool:
        """Whether they are in one group already."""
        return one in self._group and self._group[one] is self._group.get(other)

    def numbers(self, contents: Iterable[ContentHash]) -> list[int]:
        """A number for each of these distinct contents, the same for those that are in one group already."""
        found: dict[ContentHash, int] = {}
        return [found.setdefault(self._group.get(one, (one,))[0], len(found)) for one in contents]

    def may_join(self, one: ContentHash, other: ContentHash) -> bool:
        """Whether nobody in the one's group was parted from anybody in the other's."""
        if not self._others:
            return True
        theirs = set(self._group.get(other, (other,)))
        return all(theirs.isdisjoint(self._others.get(mine, ())) for mine in self._group.get(one, (one,)))

    def join(self, one: ContentHash, other: ContentHash) -> None:
        """Let both groups be one, unless the user parted any of them."""
        if self.are_together(one, other) or not self.may_join(one, other):
            return
        ours, theirs = self._group.setdefault(one, [one]), self._group.get(other, [other])
        if len(ours) < len(theirs):
            ours, theirs = theirs, ours
        ours.extend(theirs)
        for each in theirs:
            self._group[each] = ours

    def all(self) -> list[tuple[ContentHash, ...]]:
        """All groups, in the order in which they began."""
        return [tuple(group) for group in {id(group): group for group in self._group.values()}.values()]


def bursts(
    photos: Sequence[Taken], alike: Iterable[bool], parted: Set[Parted] = frozenset()
) -> list[tuple[ContentHash, ...]]:
    """Runs of photos, given in the order of their time, of which each was taken soon after one that is like it.

    `alike` says of each but the first whether it looks like the one before.
    """
    groups = Groups(parted)
    for before, after, is_alike in zip(photos, photos[1:], alike, strict=False):
        if is_alike and after.at - before.at <= BURST_SECONDS:
            groups.join(before.content, after.content)
    return groups.all()
