"""The file that a head is carried in: it gives back what was packed, and believes nothing else."""

import hashlib
import json
import math
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from guie_desktop.embedding.head_file import count_in, number_in, packed, plain_in, text_in, unpacked, unreadable_head

MAGIC = b"a kind of head 1\n"
FACTS = st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text(), max_size=4)


def with_checksum(content: bytes) -> bytes:
    return MAGIC + hashlib.sha256(content).digest() + content


@given(FACTS, st.binary(max_size=50))
def test_what_was_packed_is_unpacked(facts: dict[str, Any], numbers: bytes) -> None:
    assert unpacked(MAGIC, packed(MAGIC, facts, numbers)) == (facts, numbers)


@given(st.data(), st.binary(min_size=1, max_size=50))
def test_a_file_that_differs_in_a_single_byte_is_refused(data: st.DataObject, numbers: bytes) -> None:
    sound = packed(MAGIC, {"name": "mine"}, numbers)
    place = data.draw(st.integers(0, len(sound) - 1))
    other = bytes([sound[place] ^ data.draw(st.integers(1, 255))])
    for damaged in (sound[:place], sound + b"\0", sound[:place] + other + sound[place + 1 :]):
        with pytest.raises(ValueError, match="not a head"):
            unpacked(MAGIC, damaged)


def test_a_head_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="not a head"):
        unpacked(b"another kind 1\n", packed(MAGIC, {}, b""))


@pytest.mark.parametrize(
    "content", [b"", b"[]\n", b"1\n", b"{\n", b"[" * 100_000, b'"' + b"a" * (1 << 22) + b'"\n'], ids=len
)
def test_a_whole_file_that_says_something_else_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"head|Expecting|JSON"):
        unpacked(MAGIC, with_checksum(content))


def test_numbers_may_hold_any_byte_also_line_breaks() -> None:
    assert unpacked(MAGIC, packed(MAGIC, {}, b"\n\n{}\n"))[1] == b"\n\n{}\n"


def test_facts_are_believed_only_where_they_are_what_they_should_be() -> None:
    assert (count_in(1), count_in(2**31)) == (1, 2**31)
    assert (number_in(0), number_in(-1e4), number_in(0.5)) == (0.0, -1e4, 0.5)
    assert (text_in(""), text_in("a"), plain_in("a"), plain_in(3), plain_in(0.5)) == ("", "a", "a", 3, 0.5)


@pytest.mark.parametrize("value", [0, -1, True, 1.0, "1", None, 2**31 + 1, 10**400])
def test_what_is_no_count_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="number of things"):
        count_in(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e5, True, "1", None, [1], 10**400])
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="number"):
        number_in(value)


@pytest.mark.parametrize("value", [1, None, b"a", ["a"]])
def test_what_is_no_text_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="text"):
        text_in(value)


def test_the_user_is_told_in_a_sentence_with_a_remedy() -> None:
    told = unreadable_head()
    assert json.dumps([told.title, told.remedy])
    assert told.title.endswith(".")
    assert told.remedy
