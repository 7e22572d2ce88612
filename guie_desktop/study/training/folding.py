"""From a trained layer to the one linear map that a library applies."""

import numpy as np

from guie_desktop.arrays import Floats
from guie_desktop.embedding.projection import Projection
from guie_desktop.study.training.input_space import InputSpace


def folded(space: InputSpace, weight: Floats, bias: Floats, alpha: float = 1.0) -> Projection:
    """The space and a layer (D, d) and (d,) after it as `(unit(feature) - mean) @ matrix`.

    The bias goes into the mean: with the matrix M, of rank d <= D, `b = (b M+) M`, where M+ is its pseudo-inverse. Of
    the layer `alpha` counts, and the rest is that which it started from. ValueError where M has not that rank and the
    bias would be lost, as where all classes fell into one.
    """
    if space.start is not None and alpha < 1:
        weight, bias = (1 - alpha) * space.start + alpha * weight, alpha * bias
    matrix = space.followed_by(weight).astype(np.float64)
    shift = bias.astype(np.float64) @ np.linalg.pinv(matrix)
    lost = np.abs(shift @ matrix - bias).max()
    if lost > 1e-6 * max(float(np.abs(bias).max()), 1e-6):
        raise ValueError("the layer's columns depend on one another")
    mean = space.mean.astype(np.float64) - shift
    return Projection.of(len(mean), mean=mean.astype(np.float32), matrix=np.ascontiguousarray(matrix, dtype=np.float32))
