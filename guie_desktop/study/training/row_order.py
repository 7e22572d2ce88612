"""In which order the photos of an epoch are trained on: shuffled over all domains, and balanced where wanted."""

import numpy as np
from numpy.typing import NDArray

from guie_desktop.study.training.recipe import HeadRecipe

Rows = NDArray[np.int64]
"""(N,): numbers of the rows that are trained on, from 0."""


def row_weights(recipe: HeadRecipe, labels: Rows, domains: Rows) -> NDArray[np.float64] | None:
    """How often each row (N,) is seen, relative to the others; None where all are seen alike.

    Of a class with n photos each weighs n to the power of -class_balance, and of a domain that weighs w together each
    w to the power of -domain_balance.
    """
    if not recipe.class_balance and not recipe.domain_balance:
        return None
    sizes = np.bincount(labels).astype(np.float64)
    weights: NDArray[np.float64] = sizes[labels] ** -recipe.class_balance
    of_domain = np.bincount(domains, weights)
    balanced: NDArray[np.float64] = weights * of_domain[domains] ** -recipe.domain_balance
    return balanced


def epoch_order(rows: int, weights: NDArray[np.float64] | None, seed: int, epoch: int) -> Rows:
    """The rows (N,) of an epoch, shuffled; without weights each of them once.

    It depends on nothing but its arguments, so that a training that goes on needs to remember no state of it. With
    weights a row comes its expected number of times, rounded up or down (systematic sampling; Madow and Madow, 1944),
    and rare rows not in every epoch.
    """
    rng = np.random.default_rng((seed, epoch))
    if weights is None:
        return rng.permutation(rows)
    ends = np.cumsum(weights)
    marks = (np.arange(rows) + rng.random()) * (ends[-1] / rows)
    drawn: Rows = np.minimum(np.searchsorted(ends, marks, side="right"), rows - 1)
    rng.shuffle(drawn)
    return drawn
