"""A linear map of features, as training passes it on."""

from dataclasses import dataclass

import numpy as np

from guie_desktop.embedding.head import Floats, unit_rows


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """`(unit(feature) - mean) @ matrix + bias`."""

    mean: Floats
    """(D,)"""
    matrix: Floats
    """(D, d)"""
    bias: Floats
    """(d,)"""

    def apply(self, rows: Floats) -> Floats:
        """Unit features (N, D) to (N, d), not normalised."""
        centred: Floats = np.subtract(rows, self.mean)
        projected: Floats = np.add(centred @ self.matrix, self.bias)
        return projected

    def embed(self, rows: Floats) -> Floats:
        """Unit features (N, D) to embeddings (N, d) of unit length."""
        return unit_rows(self.apply(rows))

    def then(self, matrix: Floats, bias: Floats) -> "Projection":
        """Followed by a linear layer, `x @ matrix + bias` with shapes (d, e) and (e,)."""
        return Projection(self.mean, self.matrix @ matrix, self.bias @ matrix + bias)
