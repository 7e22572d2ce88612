"""Of several seeds each query counts once, and domains count alike."""

import numpy as np
import pytest

from guie_desktop.study.ablation.results import QueriesOfSeeds, ahead_of, domain_figures, mean_figures
from guie_desktop.study.evaluation.figures import JudgedQueries


def queries(mmp5: list[float], places: list[int] | None = None) -> JudgedQueries:
    """Of two domains, the first of which has all but one."""
    count = len(mmp5)
    values = np.array(mmp5, np.float32)
    domains = np.array([0] * (count - 1) + [2])
    return JudgedQueries(np.array(places or range(count)), np.arange(count) // 2, domains, values, values)


def test_seeds_are_averaged_query_by_query() -> None:
    of_seeds = QueriesOfSeeds([queries([1, 0, 1, 0.5]), queries([0, 0, 1, 1])])
    average = of_seeds.average()
    assert average.mmp5.tolist() == [0.5, 0, 1, 0.75]
    assert mean_figures(average).mmp5.mean == pytest.approx((0.5 + 0.75) / 2)
    assert of_seeds.spread() == pytest.approx(np.std([(2 / 3 + 0.5) / 2, (1 / 3 + 1) / 2], ddof=1))
    assert QueriesOfSeeds([average]).spread() == 0.0
    told = domain_figures(average, ["art", "cars", "toys"])
    assert {name: figures.mmp5.mean for name, figures in told.items()} == {"art": 0.5, "toys": 0.75}


def test_what_is_ahead_is_so_on_the_queries_that_both_have() -> None:
    one, other = queries([1, 1, 0, 1]), queries([0, 1, 0.5], places=[0, 2, 3])
    ahead = ahead_of(one, other)
    # Query 0 gains 1 and query 2 loses 1 in the first domain; query 3 gains 0.5 in the other.
    assert ahead.mean == pytest.approx((0 + 0.5) / 2)
    assert ahead.low <= ahead.mean <= ahead.high
    assert ahead_of(one, one) == (0, 0, 0)
