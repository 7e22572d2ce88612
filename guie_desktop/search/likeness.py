"""How alike a hit is, on one scale before and after learning."""

from collections.abc import Iterator, Sequence
from itertools import compress

import numpy as np

from guie_desktop.arrays import Embedding, Floats
from guie_desktop.asking import Likeness
from guie_desktop.embedding.general_head import SAME, GeneralHead
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.search.space import Space

_ROUGHLY = 0.01
"""More than sixteen bits a number do to it."""
_VERY, _RATHER = 0.9, 0.5


class Scale:
    """Says how alike the hits of one query are."""

    def __init__(self, space: Space, vector: Embedding, weight: float) -> None:
        """`vector` (d,) is the sum of the embeddings that are looked for, `weight` that of the personal half."""
        self._space, self._vector, self._weight = space, vector, weight

    @property
    def _general(self) -> GeneralHead | None:
        head = self._space.head.general if isinstance(self._space.head, PairedHead) else self._space.head
        return head if isinstance(head, GeneralHead) else None

    def of(
        self, scores: Sequence[float], similar: Sequence[bool], contents: Sequence[bytes]
    ) -> Iterator[tuple[float | None, Likeness | None]]:
        """How likely hits with these scores show the same thing, and in steps how alike they are.

        `similar` tells which pass the cut-off, `contents` are the content hashes of what they show.
        """
        same = self._same(scores, similar, contents)
        for score, is_similar, is_same in zip(scores, similar, same, strict=True):
            likely = self._likely(score)
            yield likely, _step(likely, is_same=is_same) if is_similar else None

    def _likely(self, score: float) -> float | None:
        """Where both halves have a say, the distance to the cut-off counts as it does in the general one."""
        learned, general = self._space.probability(score, self._weight), self._general
        if learned is not None:
            return learned
        cutoff = self._space.cutoff(self._weight)
        if cutoff is None or general is None or general.cutoff is None:
            return None
        return general.probability(score - cutoff + general.cutoff)

    def _same(self, scores: Sequence[float], similar: Sequence[bool], contents: Sequence[bytes]) -> list[bool]:
        """What was learned says of two bananas that they are one thing, and not whether they are one picture."""
        head = self._space.head
        if not isinstance(head, PairedHead):
            least = SAME if self._general is None else self._general.same
            return [score >= least for score in scores]
        asked = unit_rows(self._vector[np.newaxis, : head.general.output_dimension])[0]
        keyed = self._space.features.keyed(self._nearly_same(list(compress(contents, similar)), head, asked))
        found = list(keyed)
        if not found:
            return [False] * len(scores)
        nearness = head.general.apply(np.stack([keyed[content][1] for content in found])) @ asked
        same = {content for content, near in zip(found, nearness, strict=True) if near >= head.general.same}
        return [content in same for content in contents]

    def _nearly_same(self, contents: Sequence[bytes], head: PairedHead, asked: Floats) -> list[bytes]:
        """Those that may be, by what the index has of them: to make it of all features takes longer than the search."""
        keys = self._space.features.keys_of(contents)
        among, index = np.fromiter(keys.values(), np.int64, len(keys)), self._space.index
        near = head.general_half(index.rows(among)) @ asked >= head.general.same - _ROUGHLY
        return list(compress(keys, near | ~index.holds(among)))


def _step(likely: float | None, *, is_same: bool) -> Likeness | None:
    if likely is None:
        return None
    if is_same:
        return "same"
    if likely >= _VERY:
        return "very"
    return "alike" if likely >= _RATHER else "perhaps"
