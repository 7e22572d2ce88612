"""The space that pictures and words share, into which a backbone projects its feature."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.embedding.head import AnyFloats, Floats, unit_rows


@dataclass(frozen=True, slots=True, eq=False)
class JointHead:
    """`unit(feature @ matrix + bias)`, the backbone's own projection (Radford et al., 2021, figure 3)."""

    matrix: Floats | None
    """(D, E), or None where the backbone does not project (SigLIP)."""
    bias: Floats | None
    """(E,)"""
    dimension: int
    """Length D of the features that it takes."""
    name: str = "words"
    cutoff: float | None = None

    @property
    def output_dimension(self) -> int:
        """Length E of the embeddings that it gives."""
        return self.dimension if self.matrix is None else self.matrix.shape[1]

    def apply(self, features: AnyFloats) -> Floats:
        """Un-normalised features (N, D) of one view to embeddings (N, E) of unit length."""
        rows: NDArray[np.float32] = features.astype(np.float32)
        projected = rows if self.matrix is None else rows @ self.matrix
        return unit_rows(projected if self.bias is None else projected + self.bias)
