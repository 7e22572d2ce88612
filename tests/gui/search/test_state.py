"""The search that is on, by itself: which answer counts, and which search was before."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from guie_desktop.asking import Answer, Filter
from guie_desktop.gui.search.state import SearchState
from guie_desktop.messages import Failed, Found, Search
from guie_desktop.question import Example, Question
from tests.gui.answering import Answering
from tests.gui.photos.made_up import photo_of

CUP, CAT, DOG = (Example(Path(f"/photos/{number}.jpg"), photo_of(number)) for number in (1, 2, 3))
OUTSIDE = Example(Path("/elsewhere/cup.jpg"))


def found(model: str) -> Found:
    return Found(Answer((), model, "general", 0.01, False))


@pytest.fixture
def worker() -> Answering:
    return Answering()


@pytest.fixture
def state(worker: Answering) -> SearchState:
    return SearchState(worker.client)


def asked(worker: Answering) -> list[tuple[int, ...]]:
    """The photos of all queries so far."""
    return [command.query.photos for command in worker.commands if isinstance(command, Search)]


def test_a_question_becomes_a_query() -> None:
    question = Question((CUP, OUTSIDE), "a cup", (0.0, 0.0, 0.5, 0.5), Path("/photos"), "general")
    query = question.query()
    assert (query.photos, query.images) == ((1,), (OUTSIDE.path,))
    assert (query.text, query.region, query.which) == ("a cup", question.region, Filter(folder=Path("/photos")))
    assert query.head == "general"
    assert Question(scope=7).query().which == Filter(albums=(7,))
    assert not Question(scope=7).is_on


def test_only_the_answer_to_the_last_question_counts(state: SearchState, worker: Answering, qtbot: QtBot) -> None:
    answers: list[Answer] = []
    state.answered.connect(answers.append)
    state.ask((CUP,))
    state.ask((CAT,))
    worker.answer(found("of the cat"), 1)
    worker.answer(found("of the cup"), 0)
    assert [answer.model for answer in answers] == ["of the cat"]
    assert not worker.pending[0].is_open


def test_a_search_that_was_cleared_takes_no_answer(state: SearchState, worker: Answering, qtbot: QtBot) -> None:
    state.ask((CUP,))
    state.clear()
    with qtbot.assertNotEmitted(state.answered), qtbot.assertNotEmitted(state.refused):
        worker.answer(found("late"))
    assert not state.is_on


def test_a_refusal_is_told(state: SearchState, worker: Answering, qtbot: QtBot) -> None:
    state.ask((CUP,))
    with qtbot.waitSignal(state.refused) as told:
        worker.answer(Failed("There is no index.", "Wait a moment."))
    assert told.args == [Failed("There is no index.", "Wait a moment.")]


def test_the_way_back_leads_through_all_searches(state: SearchState, worker: Answering) -> None:
    state.ask((CUP,))
    state.add((CAT, CUP))
    state.remove(CUP)
    assert asked(worker) == [(1,), (1, 2), (2,)]
    state.clear()
    assert state.can_go_back
    for expected in ((2,), (1, 2), (1,)):
        state.go_back()
        assert state.question.photos == expected
    assert not state.can_go_back


def test_words_and_the_last_example_can_be_taken_away(state: SearchState, worker: Answering) -> None:
    state.describe("a cup")
    state.ask((CUP,))
    state.remove(CUP)
    assert state.question.text == "a cup"
    state.describe("")
    assert not state.is_on
    state.describe("")
    assert len(worker.commands) == 3


def test_where_is_looked_is_kept_and_asks_only_while_something_is_looked_for(
    state: SearchState, worker: Answering
) -> None:
    state.look_in(7)
    assert worker.commands == []
    state.ask((CUP,))
    state.look_in(7)
    assert len(worker.commands) == 1
    state.look_in(None)
    assert len(worker.commands) == 2


def test_another_ranking_is_the_same_search(state: SearchState, worker: Answering) -> None:
    state.ask((CUP,))
    state.rank_by("general")
    state.rank_by("general")
    assert [command.query.head for command in worker.commands if isinstance(command, Search)] == ["current", "general"]
    assert not state.can_go_back


def test_a_search_is_asked_again_where_there_is_one(state: SearchState, worker: Answering) -> None:
    state.repeat()
    assert worker.commands == []
    state.ask((CUP,))
    state.repeat()
    assert asked(worker) == [(1,), (1,)]
    assert not worker.pending[0].is_open


def test_a_search_follows_its_photos_and_stays_the_same_search(state: SearchState, worker: Answering) -> None:
    state.ask((CUP,))
    state.follow(Question((DOG,)))
    assert asked(worker) == [(1,), (3,)]
    assert not state.can_go_back


def test_a_search_that_takes_long_is_told(state: SearchState, worker: Answering, qtbot: QtBot) -> None:
    with qtbot.waitSignal(state.busy_changed, check_params_cb=lambda busy: busy):
        state.ask((CUP,))
    with qtbot.waitSignal(state.busy_changed, check_params_cb=lambda busy: not busy):
        worker.answer(found("at last"))


def test_what_is_gone_is_looked_for_no_longer_and_no_way_back_leads_there(
    state: SearchState, worker: Answering, qtbot: QtBot
) -> None:
    state.ask((CUP,))
    state.ask((CUP, CAT, OUTSIDE))
    state.forget_photos({7})
    assert asked(worker) == [(1,), (1, 2)]
    state.forget_photos({1})
    assert asked(worker)[2:] == [(2,)]
    assert state.question.examples == (CAT, OUTSIDE)
    assert not state.can_go_back  # the one before was for the cup alone
    state.clear()
    state.ask((DOG,))
    state.forget_photos({3})
    assert not state.is_on
    state.go_back()
    assert state.question.examples == (CAT, OUTSIDE)


def test_many_are_taken_out_at_once_and_can_come_back(state: SearchState, worker: Answering) -> None:
    state.ask((CUP, CAT, DOG, OUTSIDE))
    state.remove_photos((1, 3))
    assert state.question.examples == (CAT, OUTSIDE)
    state.go_back()
    assert state.question.photos == (1, 2, 3)
    state.ask((CUP,))
    state.remove_photos((1,))
    assert not state.is_on


@given(st.lists(st.sampled_from(("ask", "add", "remove", "clear", "back", "words", "gone")), max_size=30))
def test_whatever_is_done_the_query_that_is_open_is_the_question_on_screen(deeds: list[str]) -> None:
    worker = Answering()
    state = SearchState(worker.client)
    for number, deed in enumerate(deeds):
        example = (CUP, CAT, DOG)[number % 3]
        match deed:
            case "ask":
                state.ask((example,))
            case "add":
                state.add((example,))
            case "remove" if state.question.examples:
                state.remove(state.question.examples[0])
            case "gone" if example.photo is not None:
                state.forget_photos((example.photo.id,))
                assert example not in state.question.examples
            case "clear":
                state.clear()
            case "back":
                state.go_back()
            case "words":
                state.describe("" if state.question.text else "words")
        still_open = [
            command
            for command, pending in zip(worker.commands, worker.pending, strict=True)
            if pending.is_open and isinstance(command, Search)
        ]
        assert [command.query for command in still_open] == ([state.question.query()] if state.is_on else [])


def test_a_question_of_an_earlier_time_is_asked_again(state: SearchState, worker: Answering) -> None:
    question = Question((CUP,), scope=Path("/library"))
    state.take_up(question)
    assert state.question == question
    assert [command.query for command in worker.commands if isinstance(command, Search)] == [question.query()]


def test_a_question_is_called_by_its_words_or_else_its_first_example() -> None:
    pasted = Example(Path("/library/pasted/0123/Pasted picture.png"))
    assert [
        one.title for one in (Question(), Question((OUTSIDE, CUP)), Question((CUP,), "a cup"), Question((pasted,)))
    ] == [
        "",
        "cup",
        "a cup",
        "Pasted picture",
    ]
    assert (CUP.name, pasted.name) == ("1.jpg", "Pasted picture")


def test_words_that_are_still_typed_are_one_search(state: SearchState, worker: Answering) -> None:
    state.ask((CUP,))
    state.clear()
    for text in ("a", "a c", "a c", "a cup"):
        state.describe(text, typing=True)
    assert state.is_typing
    state.describe("a cup")
    assert not state.is_typing
    texts = [command.query.text for command in worker.commands if isinstance(command, Search)]
    assert texts == ["", "a", "a c", "a cup"]
    assert [question.examples for question in state.history.past] == [(CUP,)]


def test_in_what_words_are_looked_for_is_the_same_search(state: SearchState, worker: Answering) -> None:
    state.look_for_words_in("names", on=False)
    state.describe("a cup")
    state.look_for_words_in("names", on=True)
    state.look_for_words_in("pictures", on=False)
    sources = [set(command.query.sources) for command in worker.commands if isinstance(command, Search)]
    assert sources == [{"dates", "pictures"}, {"names", "dates", "pictures"}, {"names", "dates"}]
    assert not state.can_go_back


def test_a_filter_holds_for_the_search_that_is_on_and_for_the_next(state: SearchState, worker: Answering) -> None:
    state.filter_by(Filter(rating=3))
    state.filter_by(Filter(rating=3))
    assert not worker.commands
    state.ask((CUP,))
    state.filter_by(Filter(rating=4))
    filters = [command.query.which for command in worker.commands if isinstance(command, Search)]
    assert filters == [Filter(rating=3), Filter(rating=4)]
    assert state.can_go_back


def test_verdicts_and_parts_are_the_same_search_and_other_examples_forget_the_verdicts(
    state: SearchState, worker: Answering
) -> None:
    state.ask((CUP,))
    state.judge({5: "member", 6: "not"})
    state.judge({5: "member", 6: "not"})
    state.look_inside(False)
    state.look_inside(False)
    queries = [command.query for command in worker.commands if isinstance(command, Search)]
    assert [(query.liked, query.disliked, query.parts) for query in queries] == [
        ((), (), True),
        ((5,), (6,), True),
        ((5,), (6,), False),
    ]
    assert not state.can_go_back
    state.add((CAT,))
    assert state.question.said == {}


def test_an_example_counts_otherwise_and_the_way_leads_back_and_forward(state: SearchState, worker: Answering) -> None:
    state.ask((CUP, CAT))
    state.change(CAT, unlike=True)
    assert [example.unlike for example in state.question.examples] == [False, True]
    state.go_forward()
    assert not state.can_go_forward
    state.go_back()
    assert state.question.examples == (CUP, CAT)
    assert state.can_go_forward
    state.go_forward()
    assert state.question.examples[1].unlike
    state.take_up(Question((DOG,)))
    assert asked(worker)[-1] == (3,)
    state.go_back_by(2)
    assert state.question.examples == (CUP, CAT)
