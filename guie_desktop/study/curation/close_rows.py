"""Which rows have one among others that is near: exactly, and with a fraction of the work of comparing all with all."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats, StoredFeatures

if TYPE_CHECKING:
    from torch import Tensor

COMPARED = 128
"""Coordinates that all pairs are compared in; those that may be near are compared in all."""
NONE = -1
_ROUNDING = 1e-4
"""Of sums of some thousand products of float32."""
_HELD_AT_ONCE = 4_096
_PAIRS_AT_ONCE = 8_192
_DENSE = 32
"""Where more than one pair in so many may be near, the product of all rows costs less than picking them."""


def principal_basis(rows: Floats) -> Floats:
    """Of rows (N, D) that lie around the origin, the directions (D, k) of most variance, orthonormal; k <= 128."""
    directions = np.linalg.eigh(rows.T @ rows)[1]
    return np.ascontiguousarray(directions[:, ::-1][:, :COMPARED], np.float32)


class CloseRows:
    """Finds, among H unit features that are held, one that another feature is near to.

    In an orthonormal basis P, the inner product of unit rows x and y is at most Px.Py + |x - P'Px| |y - P'Py|, by the
    inequality of Cauchy and Schwarz. That bound is itself an inner product in k + 1 dimensions. Where it is below what
    counts as near nothing is missed, and of the D dimensions few pairs need all.
    """

    def __init__(self, held: StoredFeatures, centre: Floats, basis: Floats, device: str) -> None:
        """Unit features (H, D), the point (D,) from which they are looked at, and the directions (D, k)."""
        import torch

        self._held, self._device = held, device
        self._centre = torch.from_numpy(centre).to(device)
        self._basis = torch.from_numpy(basis).to(device)
        self._codes = torch.cat(
            [
                self._code(self._rows(held[start : start + _HELD_AT_ONCE]))
                for start in range(0, len(held), _HELD_AT_ONCE)
            ]
        )

    def nearest(self, features: StoredFeatures, least: float) -> tuple[NDArray[np.int64], Floats]:
        """Of each unit feature (N, D), the place of the nearest held one, and its cosine as seen from the centre.

        NONE and 0 where there is none with a cosine of at least this.
        """
        rows = self._rows(features)
        codes = self._code(rows)
        places, cosines = np.full(len(features), NONE), np.zeros(len(features), np.float32)
        for start in range(0, len(self._held), _HELD_AT_ONCE):
            may_be_near = codes @ self._codes[start : start + _HELD_AT_ONCE].T >= least - _ROUNDING
            one, other = (found.cpu().numpy() for found in may_be_near.nonzero(as_tuple=True))
            one, other, cosine = self._compare(rows, one, other + start, may_be_near.numel())
            is_near = cosine >= least
            one, other, cosine = one[is_near], other[is_near], cosine[is_near]
            rising = np.argsort(cosine, kind="stable")  # of several for one row the last, nearest one is assigned
            rising = rising[cosine[rising] > cosines[one[rising]]]
            places[one[rising]], cosines[one[rising]] = other[rising], cosine[rising]
        return places, cosines

    def _compare(
        self, rows: "Tensor", one: NDArray[np.int64], other: NDArray[np.int64], pairs: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        if len(one) * _DENSE > pairs:
            columns = np.unique(other)
            whole = (rows @ self._rows(self._held[columns]).T).cpu().numpy()
            return one, other, whole[one, np.searchsorted(columns, other)]
        cosines = np.empty(len(one), np.float32)
        for start in range(0, len(one), _PAIRS_AT_ONCE):
            part = slice(start, start + _PAIRS_AT_ONCE)
            cosines[part] = (rows[one[part]] * self._rows(self._held[other[part]])).sum(dim=1).cpu().numpy()
        return one, other, cosines

    def _rows(self, features: StoredFeatures) -> "Tensor":
        import torch

        centred = torch.from_numpy(features).to(self._device).float() - self._centre
        return torch.nn.functional.normalize(centred, dim=1)

    def _code(self, rows: "Tensor") -> "Tensor":
        import torch

        inside = rows @ self._basis
        rest = (1 - (inside * inside).sum(dim=1, keepdim=True)).clamp(min=0).sqrt()
        return torch.cat([inside, rest], dim=1)
