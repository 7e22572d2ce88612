"""Values do what the standard library's frozen dataclasses do, but for what mypy holds."""

import dataclasses
import pickle
from dataclasses import asdict, field, replace

import pytest

from guie_desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class Cup:
    colour: str
    size: int = 3
    chips: tuple[int, ...] = ()
    price: float = field(default=0.0, compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class CupOfTheLibrary:
    colour: str
    size: int = 3
    chips: tuple[int, ...] = ()
    price: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Saucer(Cup):
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    path: str


@dataclass(slots=True)
class Count:
    number: int


def test_values_are_the_same_where_their_fields_are() -> None:
    assert Cup("red", price=1.0) == Cup("red", price=2.0)
    assert hash(Cup("red", price=1.0)) == hash(Cup("red", price=2.0))
    assert Cup("red") != Cup("red", 4)
    assert Saucer("red") != Saucer("red", deep=True)
    assert Saucer("red") != Cup("red")
    assert Cup("red") != CupOfTheLibrary("red")  # type: ignore[comparison-overlap]
    assert {Nothing(): 1}[Nothing()] == 1
    with pytest.raises(TypeError, match="unhashable"):
        hash(Cup("red", chips=[1]))  # type: ignore[arg-type]


def test_values_are_shown_replaced_and_sent_as_those_of_the_library() -> None:
    cup, other = Cup("red", 4), CupOfTheLibrary("red", 4)
    assert repr(cup).replace("Cup", "CupOfTheLibrary") == repr(other)
    assert asdict(replace(cup, size=5)) == asdict(replace(other, size=5))
    assert pickle.loads(pickle.dumps((cup, Saucer("blue"), Nothing()))) == (cup, Saucer("blue"), Nothing())
    assert repr(Nothing()) == "Nothing()"


def test_what_is_no_value_stays_itself() -> None:
    request = Request("/a.jpg")
    assert request != Request("/a.jpg")
    assert {request: 1}[request] == 1
    count = Count(1)
    count.number += 1
    assert count == Count(2)
    assert Count.__hash__ is None
