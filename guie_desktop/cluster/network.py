"""The network that embeds, as a value that every machine of a cluster opens for itself."""

import importlib.util
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from guie_desktop.embedding.assets import DEFAULT_MODEL, ModelCard, load_card
from guie_desktop.embedding.backbone import backbone_key
from guie_desktop.embedding.embedder import Embedder, device_of, open_embedder
from guie_desktop.embedding.runtime import DEFAULT_PRECISION, computable_precision
from guie_desktop.embedding.view_preparation import ViewPreparation
from guie_desktop.embedding.weights import comes_with_the_program, weights_hash
from guie_desktop.library.decode_rules import RULE_OF_BACKBONE_KEYS
from guie_desktop.paths import LibraryPaths


@dataclass(frozen=True)
class Network:
    """A model card by its name, and where its weights lie where they did not come with the program."""

    library: Path
    """A library's folder, into which `model download` has put the weights; at the same path on every machine."""
    model: str = DEFAULT_MODEL
    precision: str = DEFAULT_PRECISION

    @cached_property
    def card(self) -> ModelCard:
        """UserError where there is none of this name."""
        return load_card(self.model)

    @cached_property
    def key(self) -> str:
        """The backbone key, the same as a library's on the desktop; UserError where the weights are not there."""
        return backbone_key(self.card, self._weights_hash, self.precision, RULE_OF_BACKBONE_KEYS)

    @property
    def dimension(self) -> int:
        """Length D of a feature."""
        return self.card.feature_dimension

    @property
    def preparation(self) -> ViewPreparation:
        """How pictures reach the network."""
        return ViewPreparation.of(self.card)

    @property
    def wants_gpu(self) -> bool:
        """Whether it runs on GPUs where a cluster has some; what comes with the program runs on processors."""
        return not comes_with_the_program(self.card) and importlib.util.find_spec("torch") is not None

    def open(self, *, on_gpu: bool, threads: int = 1) -> Embedder:
        """The network ready on this machine; UserError where the weights are missing or damaged."""
        device = device_of(self.card, "auto") if on_gpu else "cpu"
        return open_embedder(
            self.card,
            self.key,
            LibraryPaths(self.library),
            threads,
            device=device,
            precision=computable_precision(self.precision, device),
        )

    @property
    def _weights_hash(self) -> str:
        return weights_hash(self.card, LibraryPaths(self.library).weights)
