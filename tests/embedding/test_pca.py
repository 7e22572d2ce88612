"""Principal components: orthonormal directions, the leading one first, of which the covariance is made."""

import numpy as np
import pytest
import scipy

from guie_desktop.arrays import Floats
from guie_desktop.embedding.pca import components_of_rows, principal_components


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


def test_those_of_few_rows_are_those_of_their_covariance_found_in_a_smaller_matrix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sides, known = [], scipy.linalg.eigh

    def eigh(matrix: Floats, driver: str) -> tuple[Floats, Floats]:
        sides.append(len(matrix))
        found: tuple[Floats, Floats] = known(matrix, driver=driver)
        return found

    monkeypatch.setattr(scipy.linalg, "eigh", eigh)
    rows = (np.random.default_rng(0).normal(size=(20, 64)) * np.geomspace(1, 0.1, 64)).astype(np.float32)
    eigenvalues, directions = components_of_rows(rows)
    wanted, along = principal_components(rows.T @ rows / np.float32(20))
    assert sides == [20, 64]
    assert eigenvalues.dtype == directions.dtype == np.float32
    np.testing.assert_allclose(eigenvalues, wanted, atol=1e-5)
    np.testing.assert_allclose(np.abs((directions * along[:, :20]).sum(axis=0)), 1, atol=1e-4)
    np.testing.assert_allclose(directions.T @ directions, np.eye(20), atol=1e-6)


def test_rows_that_do_not_differ_have_directions_of_no_length() -> None:
    eigenvalues, directions = components_of_rows(np.zeros((3, 64), np.float32))
    assert not eigenvalues.any()
    assert not directions.any()
