"""The searches before the one that is on, and those that were gone back from."""

from collections import deque
from collections.abc import Collection

from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.language import listed, ntr, tr
from guie_desktop.question import Question, without

MOST = 50
_NAMED = 3
"""Photos and albums of a search that are named in a list of searches."""


class History:
    """Up to MOST searches, as a browser keeps pages."""

    def __init__(self) -> None:
        self._past: deque[Question] = deque(maxlen=MOST)
        self._future: list[Question] = []

    @property
    def past(self) -> tuple[Question, ...]:
        """The searches before, the last one first."""
        return tuple(reversed(self._past))

    @property
    def future(self) -> tuple[Question, ...]:
        """Those that were gone back from, the nearest first."""
        return tuple(reversed(self._future))

    def leave(self, question: Question) -> None:
        """Another search comes after this one; what was gone back from is gone."""
        self._future.clear()
        if question.is_on and (not self._past or self._past[-1] != question):
            self._past.append(question)

    def back(self, now: Question, steps: int = 1) -> Question:
        """The search so many steps before the one that is on; that one where there are fewer."""
        for _ in range(min(steps, len(self._past))):
            if now.is_on:
                self._future.append(now)
            now = self._past.pop()
        return now

    def forward(self, now: Question) -> Question:
        """The search that was gone back from last; the one that is on where there is none."""
        if not self._future:
            return now
        if now.is_on:
            self._past.append(now)
        return self._future.pop()

    def forget(self, photos: Collection[int]) -> None:
        """No search is for these photos any more."""
        for kept in (self._past, self._future):
            left = [question for question in (without(one, photos) for one in kept) if question.is_on]
            kept.clear()
            kept.extend(left)


def told_apart(question: Question) -> str:
    """All that a search is for, in the fewest words by which it is told from the one before it."""
    names = [(readable(one.name), one.unlike) for one in question.examples if not one.off]
    parts = [tr("not {name}", name=name) if unlike else name for name, unlike in names[:_NAMED]]
    if more := len(names) - len(parts):
        parts.append(ntr("{number} more", "{number} more", more))
    return listed([*parts, *([f"“{question.text}”"] if question.text else [])]) or readable(question.title)
