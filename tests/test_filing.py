"""Names by rule, and the order in which files can take the places of others."""

import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.errors import UserError
from guie_desktop.filing import FileMove, check_template, in_free_order, name_by, numbered, safe_name

TAKEN = datetime(2021, 7, 4, 18, 5, 9).timestamp()


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{name}", "IMG_1"),
        ("{date} {name} {number}", "2021-07-04 IMG_1 007"),
        ("{title} {number}", "By the sea- 2021 007"),
        ("{year}-{month}-{day} {time}", "2021-07-04 18.05.09"),
        ("  a/b:c ", "a-b-c"),
        ("...", "IMG_1"),
    ],
)
def test_names_by_rule(template: str, name: str) -> None:
    assert name_by(template, Path("/a/IMG_1.jpg"), TAKEN, number=7, of=120, title="By the sea: 2021") == name


def test_a_template_is_told_what_it_may_hold() -> None:
    check_template("{name} {date}")
    with pytest.raises(UserError, match=r"There is no \{camera\} in a name"):
        check_template("{camera}")
    with pytest.raises(UserError, match="need names"):
        check_template(" .")


@given(st.text())
def test_a_safe_name_is_one_part_of_a_path_and_short(text: str) -> None:
    name = safe_name(text)
    assert not {"/", "\0"}.intersection(name)
    assert name == name.strip()
    assert len(os.fsencode(name)) <= 200 if name.isascii() else True


def test_names_are_cut_where_systems_would_not_take_them() -> None:
    assert len(safe_name("ä" * 300).encode()) == 200


def test_numbers() -> None:
    assert [numbered("a", number) for number in (1, 2, 10)] == ["a", "a (2)", "a (10)"]


@given(st.permutations(range(5)), st.lists(st.booleans(), min_size=5, max_size=5))
def test_any_names_can_be_given_to_each_other(places: list[int], takes_part: list[bool]) -> None:
    """Nothing is ever overwritten on the way, and in the end each has the name that it should have."""
    moves = [FileMove(one, Path(f"/a/{one}.jpg"), Path(f"/a/{places[one]}.jpg")) for one in range(5) if takes_part[one]]
    free = {move.source for move in moves}
    moves = [move for move in moves if move.target in free or int(move.target.stem) not in range(5)]
    sources = {move.source for move in moves}
    moves = [move for move in moves if move.target in sources]
    at = {Path(f"/a/{one}.jpg"): one for one in range(5)}
    kept = len({move.target for move in moves}) == len(moves) and {move.target for move in moves} == sources
    if not kept:
        return
    for move in in_free_order(moves):
        assert move.target not in at
        at[move.target] = at.pop(move.source)
    assert all(at[move.target] == move.photo for move in moves)


def test_a_row_of_names_moves_up() -> None:
    moves = [FileMove(one, Path(f"/a/{one}.jpg"), Path(f"/a/{one + 1}.jpg")) for one in range(3)]
    assert [move.photo for move in in_free_order(moves)] == [2, 1, 0]
