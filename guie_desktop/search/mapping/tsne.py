"""Points in the plane so that neighbours lie together: t-SNE, its repulsion interpolated on a grid.

L. van der Maaten and G. Hinton, JMLR 9 (2008); G. Linderman et al., Nature Methods 16 (2019), arXiv 1712.09005.
"""

from collections.abc import Iterator

import numpy as np
import scipy  # its parts are loaded when they are used, and not when the worker starts
from numpy.typing import NDArray

STEPS = 400
_EARLY = 120
"""Steps while neighbours are pulled together, so that groups find their places."""
_EARLY_PULL = 12.0
"""How much stronger attraction is than in the gradient at first."""
_EARLY_MOMENTUM, _LATE_MOMENTUM = 0.5, 0.8
_START = 1e-2
"""Standard deviation of the points at first; from a heap they find their places, and keep the order that it has."""
_SPACING = 0.5
"""Between two lines of the grid; the kernels are about 1 wide."""
_MOST_LINES = 384
_ROUND = 32
_LONGEST = 4.0
"""How far a point goes in a step."""

Neighbours = NDArray[np.int64]
"""(N, k): of each point, the rows of those that are nearest to it, without itself."""
Positions = NDArray[np.float32]
"""(N, 2)"""


def lay_out(neighbours: Neighbours, start: Positions) -> Iterator[Positions]:
    """Positions after each step; `start` says where things lie roughly, as by principal components."""
    affinities = _affinities(neighbours)
    count = len(start)
    spread = start.std(axis=0).max()
    points = (start - start.mean(axis=0)) * np.float32(_START / max(float(spread), 1e-12))
    speed, gains = np.zeros_like(points), np.ones_like(points)
    field = _Field()
    for step in range(STEPS):
        is_early = step < _EARLY
        pull, momentum = (_EARLY_PULL, _EARLY_MOMENTUM) if is_early else (1.0, _LATE_MOMENTUM)
        gradient = np.float32(pull) * _attraction(affinities, points) - field.repulsion(points)
        # Gains and rate as A. Belkina et al., Nature Communications 10 (2019), has them.
        against = gradient * speed > 0
        gains = np.maximum(np.where(against, gains * 0.8, gains + 0.2), 0.01)
        speed = np.float32(momentum) * speed - np.float32(count / pull) * gains * gradient
        speed = np.clip(speed, -_LONGEST, _LONGEST)
        points = points + speed
        points -= points.mean(axis=0)
        yield points


def _affinities(neighbours: Neighbours) -> "scipy.sparse.csr_array":
    """(N, N), symmetric, of sum 1: the same for each of a point's neighbours."""
    count, each = neighbours.shape
    ones = np.ones(count * each, np.float32)
    directed = scipy.sparse.csr_array((ones, neighbours.ravel(), np.arange(0, count * each + 1, each)), (count, count))
    both = scipy.sparse.csr_array(directed + directed.T)
    both.data /= both.data.sum()
    return both


def _attraction(affinities: "scipy.sparse.csr_array", points: Positions) -> Positions:
    rows = np.repeat(np.arange(len(points)), np.diff(affinities.indptr))
    apart = points[rows] - points[affinities.indices]
    weights = affinities.data / (1 + np.einsum("ij,ij->i", apart, apart))
    pulls = scipy.sparse.csr_array((weights, affinities.indices, affinities.indptr), affinities.shape)
    total = np.add.reduceat(weights, affinities.indptr[:-1]) if len(weights) else weights
    drawn: Positions = total[:, np.newaxis] * points - pulls @ points
    return drawn


class _Field:
    """What all points do to each: sums over a kernel, as convolutions of what they leave on a grid."""

    def __init__(self) -> None:
        self._made_for: tuple[int, float] = (0, 0.0)
        self._kernels: NDArray[np.complex64] = np.empty((0, 0, 0), np.complex64)

    def repulsion(self, points: Positions) -> Positions:
        """How each point is pushed (N, 2), for a total of 1 over all pairs."""
        low = points.min(axis=0)
        extent = float((points.max(axis=0) - low).max())
        spacing = max(_SPACING, extent / _MOST_LINES)
        lines = (int(extent / spacing) + 4 + _ROUND) // _ROUND * _ROUND
        on_grid = _interpolation((points - low) / np.float32(spacing) + 1, lines)
        charges = np.column_stack([np.ones(len(points), np.float32), np.ones(len(points), np.float32), points])
        grid = (on_grid.T @ charges).T.reshape(4, lines, lines)
        size = scipy.fft.next_fast_len(2 * lines, real=True)
        waves = scipy.fft.rfft2(grid, (size, size)) * self._waves_of_kernels(size, spacing)[[0, 1, 1, 1]]
        potential = scipy.fft.irfft2(waves, (size, size))[:, :lines, :lines].reshape(4, -1)
        near, squared, across, down = (on_grid @ potential.T).T
        # A point has a share in its own potential, which is 1 but for what interpolation makes of it.
        total = max(float((near - self._of_itself(on_grid, spacing)).sum()), 1e-9)
        pushed: Positions = (squared[:, np.newaxis] * points - np.column_stack([across, down])) / np.float32(total)
        return pushed

    def _of_itself(self, on_grid: "scipy.sparse.csr_array", spacing: float) -> NDArray[np.float32]:
        """The part (N,) of each point's potential that comes from itself."""
        across, down = np.divmod(np.arange(9), 3)
        apart = (across[:, np.newaxis] - across) ** 2 + (down[:, np.newaxis] - down) ** 2
        kernel = (1 / (1 + apart * spacing**2)).astype(np.float32)
        shares = on_grid.data.reshape(-1, 9)
        own: NDArray[np.float32] = ((shares @ kernel) * shares).sum(axis=1)
        return own

    def _waves_of_kernels(self, size: int, spacing: float) -> NDArray[np.complex64]:
        """Of 1 / (1 + d²) and its square, for distances that wrap around."""
        if self._made_for != (size, spacing):
            self._made_for = size, spacing
            steps = np.minimum(np.arange(size), size - np.arange(size)).astype(np.float32) * np.float32(spacing)
            kernel = 1 / (1 + steps[:, np.newaxis] ** 2 + steps**2)
            self._kernels = scipy.fft.rfft2(np.stack([kernel, kernel**2]))
        return self._kernels


def _interpolation(places: Positions, lines: int) -> "scipy.sparse.csr_array":
    """(N, lines²): by which shares a point at such a place of the grid is that of the nine knots around it."""
    knots = np.rint(places).astype(np.int64)
    beside = places - knots
    shares = np.stack([beside * (beside - 1) / 2, 1 - beside**2, beside * (beside + 1) / 2])
    rows, columns = shares[:, np.newaxis, :, 0], shares[np.newaxis, :, :, 1]
    weights = (rows * columns).reshape(9, -1).T.astype(np.float32)
    around = (np.arange(-1, 2)[:, np.newaxis] * lines + np.arange(-1, 2)).reshape(-1)
    where = knots[:, 0, np.newaxis] * lines + knots[:, 1, np.newaxis] + around
    ends = np.arange(0, 9 * len(places) + 1, 9)
    return scipy.sparse.csr_array((weights.ravel(), where.ravel(), ends), (len(places), lines * lines))
