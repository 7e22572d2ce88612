"""How alike a hit is, on one scale before and after learning."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from guie_desktop.arrays import Embedding
from guie_desktop.asking import Hit, Likeness
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.search.space import Space

_SAME = 0.9
"""General similarity from which on it counts as the same picture: most copies in other sizes and qualities exceed it,
and few other photos, which are mostly shots from one spot (tests/benchmarks/likeness.py)."""
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

    def on(self, hits: Sequence[Hit], contents: Iterable[bytes]) -> Iterator[Hit]:
        """The hits, with how alike they are; `contents` are the content hashes of what they show."""
        told = [replace(hit, likely=self._likely(hit.score)) for hit in hits]
        same = self._same(told, list(contents))
        for hit, is_same in zip(told, same, strict=True):
            yield replace(hit, likeness=_step(hit, is_same=is_same))

    def _likely(self, score: float) -> float | None:
        """Where both halves have a say, the distance to the cut-off counts as it does in the general one."""
        learned, general = self._space.probability(score, self._weight), self._general
        if learned is not None:
            return learned
        cutoff = self._space.cutoff(self._weight)
        if cutoff is None or general is None or general.cutoff is None:
            return None
        return general.probability(score - cutoff + general.cutoff)

    def _same(self, hits: Sequence[Hit], contents: Sequence[bytes]) -> list[bool]:
        """What was learned says of two bananas that they are one thing, and not whether they are one picture."""
        head = self._space.head
        if not isinstance(head, PairedHead):
            return [hit.score >= _SAME for hit in hits]
        asked = unit_rows(self._vector[np.newaxis, : head.general.output_dimension])[0]
        keyed = self._space.features.keyed(
            [content for hit, content in zip(hits, contents, strict=True) if hit.similar]
        )
        found = list(keyed)
        if not found:
            return [False] * len(hits)
        scores = head.general.apply(np.stack([keyed[content][1] for content in found])) @ asked
        same = {content for content, score in zip(found, scores, strict=True) if score >= _SAME}
        return [content in same for content in contents]


def _step(hit: Hit, *, is_same: bool) -> Likeness | None:
    if not hit.similar or hit.likely is None:
        return None
    if is_same:
        return "same"
    if hit.likely >= _VERY:
        return "very"
    return "alike" if hit.likely >= _RATHER else "perhaps"
