"""The space that pictures and words share, into which a backbone projects its feature."""

from dataclasses import dataclass

from guie_desktop.arrays import Embeddings, Features
from guie_desktop.embedding.projection import Projection


@dataclass(frozen=True, slots=True, eq=False)
class JointHead:
    """`unit(feature @ matrix + bias)`, the backbone's own projection (Radford et al., 2021, figure 3).

    Some backbones do not project (SigLIP).
    """

    projection: Projection
    """Its mean is zero."""
    name: str = "words"
    cutoff: float | None = None

    @property
    def output_dimension(self) -> int:
        """Length d of the embeddings that it gives."""
        return self.projection.output_dimension

    def apply(self, features: Features) -> Embeddings:
        """Un-normalised features (N, D) of one view to embeddings (N, d) of unit length."""
        return self.projection.embed(features)
