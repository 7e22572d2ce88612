"""Principal component analysis of a covariance, the leading direction first."""

import numpy as np
import scipy  # its parts are loaded when they are used, and not when the worker starts
from threadpoolctl import threadpool_limits

from guie_desktop.arrays import Floats


def principal_components(covariance: Floats) -> tuple[Floats, Floats]:
    """The eigenvalues (D,) of a covariance (D, D) and its eigenvectors, the columns of (D, D); the largest comes first.

    In one thread, which takes the same time on a free machine. Where other work has a core, as decoding has during an
    indexing, the threads of the BLAS library wait for one another: 3 to 20 seconds instead of 0.3.
    """
    eigh = scipy.linalg.eigh  # loaded by now: SciPy has a BLAS library of its own, and only what is there is limited
    with threadpool_limits(limits=1, user_api="blas"):
        eigenvalues, directions = eigh(covariance, driver="evd")
    return eigenvalues[::-1].astype(np.float32), directions[:, ::-1].astype(np.float32)
