"""Undo by itself: the last deed first, in both directions, one after the other, and honest about what was refused."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.backend.steps import Ended, Step, in_turn
from guie_desktop.gui.backend.undo import Undo
from guie_desktop.messages import Cancelled, Done, Failed

NO = Failed("The disk is full.", "Free some space.")


def at_once(change: Callable[[], object]) -> Step:
    def step(ended: Ended) -> None:
        change()
        ended(Done())

    return step


@dataclass
class Later:
    """A step that ends when the test says so."""

    begun: list[Ended] = field(default_factory=list)

    def __call__(self, ended: Ended) -> None:
        self.begun.append(ended)


class Desk:
    """An undo, and what it told."""

    def __init__(self) -> None:
        self.undo, self.things = Undo(), list[str]()
        self.told: list[tuple[str, str]] = []
        self.refused: list[tuple[str, str]] = []
        self.undo.told.connect(lambda sentence, offer: self.told.append((sentence, offer)))
        self.undo.refused.connect(lambda title, remedy: self.refused.append((title, remedy)))

    def put(self, thing: str) -> None:
        """A deed that can be taken back at once."""
        again, revert = (lambda: self.things.append(thing)), (lambda: self.things.remove(thing))
        self.undo.do(f"{thing} added.", at_once(again), at_once(revert))

    def names(self) -> tuple[str, str]:
        return self.undo.next_undo, self.undo.next_redo


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_was_done_last_is_undone_first_and_done_again_in_its_order(desk: Desk) -> None:
    assert desk.names() == ("", "")
    desk.put("Cup")
    desk.put("Cat")
    assert desk.names() == ("Undo: Cat added", "")
    desk.undo.take_back()
    assert (desk.things, desk.names()) == (["Cup"], ("Undo: Cup added", "Redo: Cat added"))
    desk.undo.take_back()
    desk.undo.take_back()
    assert (desk.things, desk.names()) == ([], ("", "Redo: Cup added"))
    for _ in range(3):
        desk.undo.do_again()
    assert desk.things == ["Cup", "Cat"]
    assert desk.told == [
        ("Cup added.", "undo"),
        ("Cat added.", "undo"),
        ("Undone: Cat added.", "redo"),
        ("Undone: Cup added.", "redo"),
        ("Done again: Cup added.", "undo"),
        ("Done again: Cat added.", "undo"),
    ]


def test_a_new_deed_leaves_nothing_to_redo(desk: Desk) -> None:
    desk.put("Cup")
    desk.undo.take_back()
    desk.put("Cat")
    assert desk.names() == ("Undo: Cat added", "")
    desk.undo.do_again()
    assert desk.things == ["Cat"]


def test_what_cannot_be_undone_takes_back_nothing_older(desk: Desk) -> None:
    desk.put("Cup")
    desk.undo.note_final("Photo trashed.", "Get it back from the trash.")
    assert desk.names() == ("How to undo: Photo trashed", "")
    desk.undo.take_back()
    assert desk.things == ["Cup"]
    assert desk.told[-1] == ("Get it back from the trash. The next undo is of: Cup added.", "undo")
    desk.undo.take_back()
    assert desk.things == []
    desk.undo.note_final("Photo trashed.", "Get it back from the trash.")
    desk.undo.take_back()
    assert desk.told[-1] == ("Get it back from the trash.", "")


def test_it_is_undone_when_that_is_so_and_no_sooner(desk: Desk) -> None:
    revert, again = Later(), Later()
    desk.undo.note("Cup added.", revert, again)
    desk.undo.take_back()
    assert desk.told == [("Cup added.", "undo")]
    revert.begun.pop()(Done())
    assert desk.told[-1] == ("Undone: Cup added.", "redo")
    desk.undo.do_again()
    assert desk.told[-1] == ("Undone: Cup added.", "redo")
    again.begun.pop()(Done())
    assert desk.told[-1] == ("Done again: Cup added.", "undo")


def test_an_undo_that_is_refused_tells_why_and_stays_possible_once_more(desk: Desk) -> None:
    desk.put("Cat")
    revert = Later()
    desk.undo.note("Cup added.", revert, at_once(lambda: None))
    desk.undo.take_back()
    desk.undo.take_back()  # meant for the cat; with the cup still there it must not be done
    revert.begun.pop()(NO)
    assert desk.refused == [("The disk is full.", "Free some space.")]
    assert desk.told[-1] == ("Not undone: Cup added.", "undo")
    assert (desk.things, desk.names()) == (["Cat"], ("Undo: Cup added", ""))
    desk.undo.take_back()
    revert.begun.pop()(NO)
    assert desk.told[-1] == ("It cannot be undone: Cup added. The next undo is of: Cat added.", "undo")
    assert len(desk.refused) == 2
    desk.undo.take_back()
    assert desk.things == []


def test_a_redo_that_is_refused_tells_why_and_stays_possible(desk: Desk) -> None:
    again = Later()
    desk.undo.note("Cup added.", at_once(lambda: None), again)
    desk.undo.take_back()
    for _ in range(3):
        desk.undo.do_again()
        again.begun.pop()(NO)
        assert desk.told[-1] == ("Not done again: Cup added.", "redo")
        assert desk.names() == ("", "Redo: Cup added")
    assert len(desk.refused) == 3
    desk.undo.do_again()
    again.begun.pop()(Done())
    assert desk.names() == ("Undo: Cup added", "")


def test_a_step_that_the_user_gave_up_leaves_all_as_it_was(desk: Desk) -> None:
    revert, again = Later(), Later()
    desk.undo.note("Cup added.", revert, again)
    desk.undo.take_back()
    revert.begun.pop()(Cancelled())
    assert desk.names() == ("Undo: Cup added", "")
    desk.undo.take_back()
    revert.begun.pop()(Done())
    desk.undo.do_again()
    again.begun.pop()(Cancelled())
    assert desk.names() == ("", "Redo: Cup added")
    assert desk.refused == []


def test_what_is_asked_for_meanwhile_waits_for_its_turn(desk: Desk) -> None:
    revert, again = Later(), Later()
    desk.put("Cat")
    desk.undo.note("Cup added.", revert, again)
    for _ in range(2):
        desk.undo.take_back()
    for _ in range(2):
        desk.undo.do_again()
    assert desk.things == ["Cat"]
    revert.begun.pop()(Done())
    assert (desk.things, len(again.begun)) == (["Cat"], 1)  # taken back and done again
    again.begun.pop()(Done())
    assert desk.names() == ("Undo: Cup added", "")


def test_what_is_done_while_an_undo_is_unanswered_comes_after_it(desk: Desk) -> None:
    revert = Later()
    desk.put("Cat")
    desk.undo.note("Cup added.", revert, at_once(lambda: None))
    desk.undo.take_back()
    desk.put("Dog")  # need not wait: the worker does one after the other
    desk.undo.take_back()
    assert desk.things == ["Cat", "Dog"]
    revert.begun.pop()(Done())
    assert desk.things == ["Cat"]
    assert desk.names() == ("Undo: Cat added", "Redo: Dog added")


def test_what_works_on_files_begins_when_nothing_is_taken_back_any_more(desk: Desk) -> None:
    revert, again, begun = Later(), Later(), list[str]()
    desk.undo.once_free(lambda: begun.append("at once"))
    desk.undo.note("Cup moved.", revert, again)
    desk.undo.take_back()
    answered = desk.undo.expect("Cup trashed.", at_once(lambda: begun.append("back")), at_once(lambda: None))
    desk.undo.once_free(lambda: begun.append("trashed"))
    desk.undo.take_back()  # of what has not begun: it waits for that
    assert begun == ["at once"]
    revert.begun.pop()(Done())
    assert begun == ["at once", "trashed"]
    answered(True)
    assert begun == ["at once", "trashed", "back"]
    assert desk.names() == ("", "Redo: Cup trashed")


def test_what_is_to_be_undone_before_a_deed_is_undone_before_it(desk: Desk) -> None:
    begin, revert = Later(), Later()
    desk.put("Cat")
    desk.undo.do("Cup added.", begin, revert)
    desk.undo.take_back()
    desk.put("Dog")
    assert desk.things == ["Cat"]  # for the cup is still to be taken back, which is not there yet
    begin.begun.pop()(Done())
    assert (desk.things, len(revert.begun)) == (["Cat", "Dog"], 1)
    revert.begun.pop()(Done())
    assert desk.names() == ("Undo: Dog added", "")


def test_what_was_done_meanwhile_by_itself_is_not_what_an_earlier_press_meant(desk: Desk) -> None:
    revert = Later()
    desk.put("Cat")
    desk.undo.note("Cup added.", revert, at_once(lambda: None))
    desk.undo.take_back()
    desk.undo.take_back()
    desk.undo.note("Dog came.", at_once(desk.things.clear), at_once(lambda: None))
    revert.begun.pop()(Done())
    assert desk.things == ["Cat"]
    assert desk.names() == ("Undo: Dog came", "")


def test_what_is_done_while_a_redo_is_unanswered_comes_after_it(desk: Desk) -> None:
    again = Later()
    for outcome, expected in ((Done(), "Undo: Cup added"), (NO, "")):
        desk.undo.note("Cup added.", at_once(lambda: None), again)
        desk.undo.take_back()
        desk.undo.do_again()
        desk.put("Dog")
        again.begun.pop()(outcome)
        assert desk.names() == ("Undo: Dog added", "")
        desk.undo.take_back()
        assert desk.undo.next_undo == expected
        desk.undo.take_back()
        assert (desk.things, desk.undo.next_undo) == ([], "")


def test_what_was_asked_for_is_the_last_deed_at_once_and_told_when_it_is_done(desk: Desk) -> None:
    desk.put("Cup")
    told = len(desk.told)
    answered = desk.undo.expect("Cat added.", at_once(lambda: None), at_once(lambda: None))
    assert desk.names() == ("Undo: Cat added", "")
    assert len(desk.told) == told
    answered(True, "Cat and kitten added.")
    assert desk.told[told:] == [("Cat and kitten added.", "undo")]
    desk.undo.take_back()
    assert desk.told[-1] == ("Undone: Cat and kitten added.", "redo")
    assert desk.things == ["Cup"]


def test_what_is_undone_before_it_is_done_is_stopped_and_taken_back_then(desk: Desk) -> None:
    stopped: list[bool] = []
    things = ["Cat"]
    answered = desk.undo.expect(
        "Cat added.", at_once(things.clear), at_once(lambda: None), stop=lambda: stopped.append(True)
    )
    desk.undo.take_back()
    assert (stopped, things, desk.told) == ([True], ["Cat"], [])
    answered(True)
    assert things == []
    assert desk.told == [("Undone: Cat added.", "redo")]


def test_what_was_refused_is_forgotten_and_what_was_done_since_is_not_talked_over(desk: Desk) -> None:
    desk.put("Cup")
    refused = desk.undo.expect("Cat added.", at_once(desk.things.clear), at_once(lambda: None))
    answered = desk.undo.expect("Dog added.", at_once(lambda: None), at_once(lambda: None))
    desk.undo.note_final("Photo trashed.", "Get it back from the trash.")
    told = len(desk.told)
    refused(False)
    answered(True)
    assert desk.told[told:] == []
    for _ in range(2):
        desk.undo.take_back()
    assert desk.names() == ("Undo: Cup added", "Redo: Dog added")


def test_undoing_what_turns_out_to_be_refused_takes_back_nothing_older(desk: Desk) -> None:
    desk.put("Cup")
    begin = Later()
    desk.undo.do("Cat added.", begin, at_once(desk.things.clear))
    desk.undo.take_back()
    begin.begun.pop()(NO)
    assert desk.things == ["Cup"]
    assert desk.refused == [("The disk is full.", "Free some space.")]
    assert desk.names() == ("Undo: Cup added", "")


def test_it_is_busy_until_all_is_answered(desk: Desk) -> None:
    begin, revert = Later(), Later()
    assert not desk.undo.is_busy
    desk.undo.do("Cup added.", begin, revert)
    assert desk.undo.is_busy
    begin.begun.pop()(Done())
    assert not desk.undo.is_busy
    desk.undo.take_back()
    assert desk.undo.is_busy


def test_what_is_too_long_ago_is_forgotten_even_while_it_is_taken_back(desk: Desk) -> None:
    revert = Later()
    desk.undo.note("Cup added.", revert, at_once(lambda: None))
    desk.undo.take_back()
    for number in range(300):
        desk.put(str(number))
    revert.begun.pop()(Done())
    assert desk.names() == ("Undo: 299 added", "")
    while desk.undo.next_undo:
        desk.undo.take_back()
    assert desk.things == [str(number) for number in range(100)]


def test_a_sentence_can_be_said_that_needs_no_undo(desk: Desk) -> None:
    desk.undo.say("In “Cups” already.")
    desk.undo.say("Moving: 3 of 400", can_undo=True)
    assert desk.told == [("In “Cups” already.", ""), ("Moving: 3 of 400", "undo")]


def test_a_refusal_is_told_until_the_next_deed_is_done(desk: Desk) -> None:
    reporter = FailureReporter()
    told: list[str] = []
    over: list[str] = []
    reporter.failed.connect(lambda _title, _remedy, _way_out, about: told.append(about))
    reporter.over.connect(over.append)
    reporter.follow(desk.undo)
    desk.put("cat")
    desk.undo.take_back()
    desk.undo.do_again()
    over.clear()
    desk.undo.do("dog added.", lambda ended: ended(NO), at_once(lambda: None))
    assert (len(told), over) == (1, [])
    desk.undo.take_back()
    assert over == told
    desk.undo.do_again()
    desk.undo.note("All read.", at_once(lambda: None), at_once(lambda: None))
    assert over == 3 * told


def test_steps_in_turn_end_with_the_first_that_is_not_done() -> None:
    done: list[str] = []
    ended: list[object] = []
    first, second = at_once(lambda: done.append("first")), Later()
    in_turn(first, second, first)(ended.append)
    assert (done, ended) == (["first"], [])
    second.begun.pop()(NO)
    in_turn(first)(ended.append)
    assert (done, ended) == (["first", "first"], [NO, Done()])


@given(st.lists(st.one_of(st.integers(0, 5), st.sampled_from(["undo", "redo"])), max_size=60))
def test_undoing_all_leads_back_to_the_beginning_and_redoing_all_to_the_end(walk: list[int | str]) -> None:
    undo, value = Undo(), [0]

    def putting(number: int) -> Step:
        return at_once(lambda: value.__setitem__(0, number))

    for step in walk:
        if step == "undo":
            undo.take_back()
        elif step == "redo":
            undo.do_again()
        elif isinstance(step, int):
            undo.do(f"{step} now.", putting(step), putting(value[0]))
    while undo.next_redo:
        undo.do_again()
    end = value[0]
    while undo.next_undo:
        undo.take_back()
    assert value == [0]
    while undo.next_redo:
        undo.do_again()
    assert value == [end]
