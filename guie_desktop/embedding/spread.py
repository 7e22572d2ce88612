"""How rows are spread: the principal directions of a covariance, largest spread first."""

import numpy as np
from scipy.linalg import eigh
from threadpoolctl import threadpool_limits

from guie_desktop.embedding.head import Floats


def principal_spreads(covariance: Floats) -> tuple[Floats, Floats]:
    """The spreads (D,) of a covariance (D, D) and their directions, the columns of (D, D); the largest comes first.

    In one thread, which takes the same time on a free machine. Where other work has a core, as decoding has during an
    indexing, the threads of the BLAS library wait for one another: 3 to 20 seconds instead of 0.3.
    """
    with threadpool_limits(limits=1, user_api="blas"):
        spreads, directions = eigh(covariance, driver="evd")
    return spreads[::-1].astype(np.float32), directions[:, ::-1].astype(np.float32)
