"""Principal components: orthonormal directions, the leading one first, of which the covariance is made."""

import numpy as np
import pytest

from guie_desktop.embedding.pca import principal_components


@pytest.mark.parametrize("rank", [3, 8])
def test_they_make_up_the_covariance(rank: int) -> None:
    rows = np.random.default_rng(rank).normal(size=(rank, 8)).astype(np.float32)
    covariance = rows.T @ rows
    eigenvalues, directions = principal_components(covariance)
    assert eigenvalues.dtype == directions.dtype == np.float32
    assert (np.diff(eigenvalues) <= 0).all()
    np.testing.assert_allclose(directions.T @ directions, np.eye(8), atol=1e-5)
    np.testing.assert_allclose(directions * eigenvalues @ directions.T, covariance, atol=1e-4)
    assert eigenvalues[rank:] == pytest.approx(0, abs=1e-4)


def test_the_leading_direction_is_the_one_of_the_largest_variance() -> None:
    eigenvalues, directions = principal_components(np.diag([1.0, 9.0, 4.0]).astype(np.float32))
    assert eigenvalues.tolist() == [9, 4, 1]
    assert np.abs(directions[:, 0]).tolist() == [0, 1, 0]
