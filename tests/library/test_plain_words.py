"""What a text is found by is the same however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.library.plain_words import SHORTEST_ENDING, endings, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("IMG_20190714-123456.JPG", ["img", "20190714", "123456", "jpg"]),
        ("DSC0123a", ["dsc", "0123", "a"]),
        ("Größe GROSSE grosse", ["grosse", "grosse", "grosse"]),
        ("Café Málaga", ["cafe", "malaga"]),
        ("Cafe\u0301", ["cafe"]),
        ("東京タワー", ["東", "京", "タ", "ワ", "ー"]),
        ("서울 여행", ["서울", "여행"]),
        ("İstanbul ıssız", ["istanbul", "ıssız"]),
        ("ﬁne", ["fine"]),
        ("don't — “stop”", ["don", "t", "stop"]),
        ("", []),
        ("...", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_in(text) == words


def test_long_words_are_found_by_their_ends() -> None:
    assert list(endings(["hausboot", "boot", "12345678"])) == ["ausboot", "usboot", "sboot", "boot"]


@given(text=st.text(max_size=60))
def test_words_are_made_once_and_for_all(text: str) -> None:
    words = words_in(text)
    assert words_in(" ".join(words)) == words
    assert all(word and " " not in word and '"' not in word for word in words)
    assert words_in(text.upper()) == words_in(text.upper().casefold())


@given(words=st.lists(st.text("abcdefgh", max_size=20), max_size=5))
def test_each_ending_is_one_and_told_once(words: list[str]) -> None:
    found = list(endings(words))
    assert len(found) == len(set(found))
    assert all(len(one) >= SHORTEST_ENDING and any(word.endswith(one) for word in words) for one in found)
