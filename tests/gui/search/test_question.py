"""A question as the window has it, and the way back to questions before it."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.asking import Filter, Term
from guie_desktop.domain import Album, Photo
from guie_desktop.gui.search.history import MOST, History, told_apart
from guie_desktop.question import Example, Question, parted, without

PHOTO = Photo(7, 1, Path("/cup.jpg"), b"cup", 4, 3, 1, 1, 0.0)
_WORD = st.text(st.characters(exclude_characters='-"', exclude_categories=["Z", "C"]), min_size=1, max_size=6)
_WORDS = st.lists(_WORD, min_size=1, max_size=3).map(" ".join)


@given(st.lists(st.tuples(st.booleans(), _WORDS, st.booleans())))
def test_a_minus_parts_what_is_wanted_from_what_is_not(said: list[tuple[bool, str, bool]]) -> None:
    written: list[str] = []
    wanted: list[str] = []
    unwanted: list[str] = []
    for is_unwanted, words, quoted in said:
        minus = "-" if is_unwanted else ""
        if quoted:
            written.append(f'{minus}"{words}"')
        else:
            written += [f"{minus}{word}" for word in words.split()]
        (unwanted if is_unwanted else wanted).append(words)
    assert parted(" ".join(written)) == (" ".join(wanted), " ".join(unwanted))


def test_odd_text_is_taken_as_it_is() -> None:
    assert parted("") == ("", "")
    assert parted(" - ") == ("-", "")
    assert parted('-"') == ("", "")
    assert parted('"open quote') == ("open quote", "")
    assert parted("black-and-white -black") == ("black-and-white", "black")


def test_examples_of_their_own_kind_become_terms() -> None:
    cup = Example(Path("/cup.jpg"), PHOTO)
    question = Question(
        (
            cup,
            Example(Path("/outside.jpg"), unlike=True),
            Example(Path("/more.jpg"), weight=2.0),
            Example(Path("/off.jpg"), off=True),
            Example(Path(), album=Album(3, "Mugs", 5, 0), unlike=True),
        ),
        "mug -glass",
        which=Filter(rating=3),
    )
    query = question.query()
    assert (query.photos, query.images) == ((7,), ())
    assert query.terms == (
        Term(image=Path("/outside.jpg"), unlike=True),
        Term(image=Path("/more.jpg"), weight=2.0),
        Term(album=3, unlike=True),
    )
    assert (query.text, query.unlike_text, query.which) == ("mug", "glass", Filter(rating=3))
    assert without(question, {7}).examples == question.examples[1:]
    assert without(question, {8}) is question


def test_the_way_back_leads_forward_again() -> None:
    history = History()
    first, second, third = (Question(text=word) for word in ("one", "two", "three"))
    history.leave(first)
    history.leave(second)
    assert history.past == (second, first)
    assert history.back(third, steps=2) == first
    assert history.future == (second, third)
    assert history.forward(first) == second
    assert list(history.past) == [first]
    history.leave(second)
    assert not history.future  # another search was asked for
    for number in range(2 * MOST):
        history.leave(Question(text=str(number)))
    assert len(history.past) == MOST
    assert history.back(third, steps=10 * MOST) == Question(text=str(MOST))


def test_what_is_gone_is_in_no_search_before() -> None:
    history = History()
    photo = Example(Path("/cup.jpg"), PHOTO)
    history.leave(Question((photo,)))
    history.leave(Question((photo,), "cup"))
    history.forget({7})
    assert history.past == (Question(text="cup"),)


def test_searches_in_a_list_are_told_apart() -> None:
    cup, plate, album = Example(Path("/cup.jpg")), Example(Path("/plate.jpg")), Album(3, "Cups & mugs", 2, 0)
    for question, told in (
        (Question((cup,)), "cup.jpg"),
        (Question((cup, replace(plate, unlike=True)), text="red"), "cup.jpg, not plate.jpg and “red”"),
        (Question((cup, replace(plate, off=True))), "cup.jpg"),
        (Question((replace(cup, off=True),)), "cup"),
        (Question((Example(Path(), album=album),), text="red -blue"), "Cups & mugs and “red -blue”"),
        (Question(tuple(Example(Path(f"/{number}.jpg")) for number in range(9))), "0.jpg, 1.jpg, 2.jpg and 6 more"),
    ):
        assert told_apart(question) == told
