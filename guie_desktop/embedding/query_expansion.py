"""A query together with what is most like it: alpha query expansion (Radenović et al., arXiv 1711.02512), alpha 1."""

import numpy as np

from guie_desktop.arrays import Embeddings, Floats, Scores
from guie_desktop.embedding.projection import unit_rows

EXPANDED_BY = 3
"""Photos. Of groceries more found fewer of the first five; learning/README.md has the figures."""


def expanded(queries: Embeddings, nearest: Floats, scores: Scores, weights: Floats) -> Embeddings:
    """Unit vectors (Q, d) to ask for: queries (Q, d) of unit length and, by their scores (Q, k), the nearest (Q, k, d).

    `weights` (Q,) are those of the personal head: where it has none, the query stays as it is.
    """
    shares = np.maximum(scores, 0) * weights[:, np.newaxis]
    return unit_rows(queries + np.einsum("qk,qkd->qd", shares, nearest).astype(np.float32))
