"""Which photos of each group stay and which go: by the rule, and as the user has it otherwise by hand."""

from collections.abc import Iterator, Mapping, Sequence

from guie_desktop.domain import ContentHash, Photo, Verdict
from guie_desktop.duplicates import DuplicateGroup, KeepChoices


class Keeping:
    """Of every group one photo stays at least, and all that lie in protected folders."""

    def __init__(self) -> None:
        self.choices = KeepChoices()
        self._detail: Mapping[ContentHash, float] = {}
        self._by_hand: dict[tuple[int, ...], frozenset[int]] = {}
        """The ids of a group to those that stay."""

    def follow(self, choices: KeepChoices, detail: Mapping[ContentHash, float]) -> None:
        """Choose in this way from now on; what was chosen by hand stays so, unless the choices have changed."""
        if choices != self.choices:
            self._by_hand.clear()
        self.choices, self._detail = choices, detail

    def staying(self, group: DuplicateGroup) -> frozenset[int]:
        """Ids of those that stay."""
        return self._by_hand.get(_ids(group)) or self.choices.staying(group.photos, self._detail)

    def going(self, group: DuplicateGroup) -> list[Photo]:
        """Those that go."""
        staying = self.staying(group)
        return [photo for photo in group.photos if photo.id not in staying]

    def heir(self, group: DuplicateGroup) -> Photo:
        """The best of those that stay, who gets what was said of the others."""
        staying = self.staying(group)
        by_rule = KeepChoices(self.choices.rule, self.choices.best)
        (best,) = by_rule.staying([photo for photo in group.photos if photo.id in staying], self._detail)
        return next(photo for photo in group.photos if photo.id == best)

    def toggle(self, group: DuplicateGroup, photo: Photo) -> bool:
        """Let a photo go that stays, or stay that goes; False where it has to stay."""
        staying = self.staying(group)
        if self.choices.is_protected(photo) or staying == {photo.id}:
            return False
        self._by_hand[_ids(group)] = staying ^ {photo.id}
        return True

    def marks(self, groups: Sequence[DuplicateGroup]) -> dict[int, Verdict]:
        """Photo id to a tick for what stays, and a cross for what goes."""
        found: dict[int, Verdict] = {}
        for group in groups:
            staying = self.staying(group)
            found |= {photo.id: "member" if photo.id in staying else "not" for photo in group.photos}
        return found

    def heirs(self, groups: Sequence[DuplicateGroup]) -> dict[int, int]:
        """Id of each photo that goes to that of the one that stays for it."""
        return dict(self._heirs(groups))

    def _heirs(self, groups: Sequence[DuplicateGroup]) -> Iterator[tuple[int, int]]:
        for group in groups:
            heir = self.heir(group).id
            yield from ((photo.id, heir) for photo in self.going(group))


def _ids(group: DuplicateGroup) -> tuple[int, ...]:
    return tuple(photo.id for photo in group.photos)
