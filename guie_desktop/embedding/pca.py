"""Principal component analysis of a covariance, the leading direction first."""

import numpy as np
import scipy  # its parts are loaded when they are used, and not when the worker starts

from guie_desktop.arrays import Floats


def principal_components(covariance: Floats) -> tuple[Floats, Floats]:
    """Eigenvalues (D,) of a covariance (D, D) and its eigenvectors, the columns of (D, D); the largest comes first."""
    eigenvalues, directions = scipy.linalg.eigh(covariance, driver="evd")
    return eigenvalues[::-1].astype(np.float32), directions[:, ::-1].astype(np.float32)
