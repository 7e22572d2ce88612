from array import array
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.library.id_differences import Step, steps_between

ids = st.lists(st.integers(1, 60), unique=True)


def applied(old: list[int], new: list[int], steps: list[Step]) -> list[int]:
    result = list(old)
    for step in reversed(steps):
        result[step.old_at : step.old_at + step.removed] = new[step.new_at : step.new_at + step.inserted]
    return result


@given(ids, ids)
def test_steps_make_the_old_list_into_the_new_one(old: list[int], new: list[int]) -> None:
    steps = steps_between(array("q", old), array("q", new))
    assert applied(old, new, steps) == new


@given(ids, st.data())
def test_what_is_in_both_in_the_same_order_is_not_touched(old: list[int], data: st.DataObject) -> None:
    kept = [photo for photo in old if data.draw(st.booleans())]
    new = list(kept)
    for number in range(data.draw(st.integers(0, 5))):
        new.insert(data.draw(st.integers(0, len(new))), 1000 + number)
    steps = steps_between(array("q", old), array("q", new))
    assert sum(step.removed for step in steps) == len(old) - len(kept)
    assert sum(step.inserted for step in steps) == len(new) - len(kept)


def test_equal_lists_need_no_step() -> None:
    many = array("q", range(100_000))
    assert steps_between(many, array("q", many)) == []


@given(st.permutations(range(6)))
def test_another_order_is_reached_too(new: list[int]) -> None:
    old = sorted(new)
    assert applied(old, new, steps_between(array("q", old), array("q", new))) == new


def test_of_long_lists_only_what_lies_between_common_parts_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []

    def isin(one: Any, other: Any, of: Callable[[Any, Any], Any] = np.isin) -> Any:
        looked_at.append(len(one))
        return of(one, other)

    monkeypatch.setattr(np, "isin", isin)
    old = list(range(10_000))
    new = [*old[:100], 20_000, *old[100:5000], *old[5001:9000], 5000, *old[9000:]]
    steps = steps_between(array("q", old), array("q", new))
    assert steps == [Step(100, 0, 100, 1), Step(5000, 1, 5001, 0), Step(9000, 0, 9000, 1)]
    assert sum(looked_at) == 3
