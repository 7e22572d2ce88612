"""What is known of a library's features: their mean and covariance."""

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from guie_desktop.learning.training.feature_statistics import FeatureStatistics

SEEDS = st.integers(0, 2**32 - 1)


def normal(seed: int, *shape: int) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def test_the_geometry_is_mean_and_covariance() -> None:
    rows = normal(3, 40, 4)
    statistics = FeatureStatistics.of(rows)
    np.testing.assert_allclose(statistics.mean, rows.mean(axis=0), atol=1e-5)
    np.testing.assert_allclose(statistics.covariance, np.cov(rows.T, bias=True), atol=1e-5)
