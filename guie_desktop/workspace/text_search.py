"""Searching by words: loaded at the first query that has any, and dropped when none has come for a while."""

import time
from typing import TYPE_CHECKING

from guie_desktop.arrays import Embedding
from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.torch_at_hand import need_torch
from guie_desktop.errors import UserError
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.part_store import PartStore
from guie_desktop.paths import LibraryPaths
from guie_desktop.search.part_space import PartSpace
from guie_desktop.search.space import Space
from guie_desktop.sentences import Sentence

if TYPE_CHECKING:
    from guie_desktop.embedding.text_tower import TextTower

KEPT_FOR = 600.0
"""Seconds without a query after which the text tower, up to 2.8 GB, is dropped."""


class TextSearch:
    """The text tower of one backbone, and the library's photos in the space that they share with words."""

    def __init__(self, card: ModelCard, paths: LibraryPaths, features: FeatureStore, parts: PartStore) -> None:
        self._card, self._paths, self._features, self._part_store = card, paths, features, parts
        self._tower: TextTower | None = None
        self._space: Space | None = None
        self._parts: PartSpace | None = None
        self.last_used = 0.0

    def ready(self) -> "TextSearch":
        """Itself, loaded and in step with the library; UserError where this backbone knows no words."""
        if not self._card.words:
            raise UserError(
                Sentence("The model {model} knows pictures, not words.", model=self._card.title),
                "Search by a photo, or choose a model that understands words.",
                "model list",
            )
        if self._tower is None or self._space is None:
            need_torch()
            from guie_desktop.embedding.text_tower import TextTower

            self._tower = TextTower(self._card, self._paths.weights)
            self._space = Space(self._tower.head, self._tower.head.name, self._features)
        for _ in self._space.catch_up():
            pass
        self.last_used = time.monotonic()
        return self

    @property
    def space(self) -> Space:
        """The photos in the joint space; only after `ready`."""
        assert self._space is not None
        return self._space

    @property
    def parts(self) -> PartSpace:
        """The parts of photos in it, brought in step when they are asked for; only after `ready`."""
        if self._parts is None:
            self._parts = PartSpace(self.space.head, self.space.head_id, self._part_store)
        if self._part_store.count() != self._parts.photos:
            for _ in self._parts.reconcile():
                pass
        return self._parts

    def embed(self, text: str) -> Embedding:
        """Words to a unit vector; only after `ready`."""
        assert self._tower is not None
        return self._tower.embed(text)

    @property
    def is_loaded(self) -> bool:
        """Whether it takes memory."""
        return self._tower is not None

    def drop_if_idle(self, now: float) -> None:
        """Give the memory back where nobody has searched by words for a while; `now` as time.monotonic()."""
        if self._tower is not None and now - self.last_used > KEPT_FOR:
            self._tower = self._space = self._parts = None
