"""Runs that two arrays have in common."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.library.common_runs import Run, common_runs

VALUES = st.lists(st.integers(0, 3), max_size=120)


def test_what_lies_between_a_few_changes_is_common() -> None:
    old = np.arange(1000)
    new = np.insert(np.delete(old, [700, 701]), [100, 100, 400], [-1, -2, -3])
    assert list(common_runs(old, new)) == [
        Run(0, 0, 100),
        Run(100, 102, 300),
        Run(400, 403, 300),
        Run(702, 703, 298),
    ]


@given(VALUES, st.lists(st.tuples(st.integers(0, 120), st.integers(0, 3), VALUES), max_size=4))
def test_runs_are_the_same_in_both_one_behind_the_other_and_reach_the_ends(
    values: list[int], changes: list[tuple[int, int, list[int]]]
) -> None:
    changed = list(values)
    for at, removed, inserted in changes:
        changed[at : at + removed] = inserted
    old, new = np.array(values, np.int64), np.array(changed, np.int64)
    old_at = new_at = 0
    for run in common_runs(old, new):
        assert run.old_at >= old_at
        assert run.new_at >= new_at
        old_at, new_at = run.old_at + run.length, run.new_at + run.length
        assert np.array_equal(old[run.old_at : old_at], new[run.new_at : new_at])
    assert (old_at, new_at) == (len(old), len(new))
