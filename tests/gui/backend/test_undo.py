"""Undo by itself: what was done last comes first, and what cannot be undone says so."""

from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.gui.backend.undo import Undo


def told_by(undo: Undo) -> list[tuple[str, bool]]:
    told: list[tuple[str, bool]] = []
    undo.told.connect(lambda sentence, can_be_undone: told.append((sentence, can_be_undone)))
    return told


def test_what_was_done_last_is_undone_first() -> None:
    undo, done = Undo(), ["cup", "cat"]
    told = told_by(undo)
    undo.note("Cup added.", lambda: done.remove("cup"))
    undo.note("Cat added.", lambda: done.remove("cat"))
    undo.take_back()
    assert done == ["cup"]
    undo.take_back()
    assert done == []
    undo.take_back()
    assert told == [
        ("Cup added.", True),
        ("Cat added.", True),
        ("Undone: Cat added.", False),
        ("Undone: Cup added.", False),
        ("There is nothing to undo.", False),
    ]


def test_what_cannot_be_undone_takes_back_nothing_older() -> None:
    undo, done = Undo(), ["cup"]
    undo.note("Cup added.", done.clear)
    undo.note_final("Photo trashed.", "Get it back from the trash.")
    told = told_by(undo)
    undo.take_back()
    assert done == ["cup"]
    assert told == [("Get it back from the trash. The next undo is of: Cup added.", True)]
    undo.take_back()
    assert done == []


def test_a_last_deed_that_cannot_be_undone_says_how_else() -> None:
    undo = Undo()
    told = told_by(undo)
    undo.note_final("Photo trashed.", "Get it back from the trash.")
    undo.take_back()
    assert told[-1] == ("Get it back from the trash.", False)


def test_what_was_asked_for_is_the_last_entry_at_once_and_told_when_it_is_done() -> None:
    undo, done = Undo(), ["cup", "cat"]
    told = told_by(undo)
    undo.note("Cup added.", lambda: done.remove("cup"))
    answered = undo.expect("Cat added.", lambda: done.remove("cat"))
    assert told == [("Cup added.", True)]
    answered(True)
    assert told[1:] == [("Cat added.", True)]
    undo.take_back()
    assert done == ["cup"]


def test_what_is_undone_before_it_is_done_is_not_told_as_done() -> None:
    undo, done = Undo(), ["cat"]
    told = told_by(undo)
    answered = undo.expect("Cat added.", done.clear)
    undo.take_back()
    answered(True)
    assert done == []
    assert told == [("Undone: Cat added.", False)]


def test_what_was_refused_is_forgotten_and_what_was_done_since_is_not_talked_over() -> None:
    undo, done = Undo(), ["cup"]
    refused = undo.expect("Cat added.", done.clear)
    answered = undo.expect("Cup added.", lambda: done.remove("cup"))
    undo.note_final("Photo trashed.", "Get it back from the trash.")
    told = told_by(undo)
    refused(False)
    answered(True)
    assert told == []
    undo.take_back()
    undo.take_back()
    assert done == []
    undo.take_back()
    assert told[-1] == ("There is nothing to undo.", False)


def test_a_sentence_can_be_said_that_needs_no_undo() -> None:
    undo = Undo()
    told = told_by(undo)
    undo.say("In “Cups” already.")
    assert told == [("In “Cups” already.", False)]


@given(st.lists(st.integers(0, 5), max_size=60))
def test_undoing_all_leads_back_to_the_beginning(deeds: list[int]) -> None:
    undo, value = Undo(), [0]

    def put(number: int) -> None:
        value[0] = number

    for number in deeds:
        before = value[0]
        put(number)
        undo.note(f"{number} now.", lambda before=before: put(before))  # type: ignore[misc]
    for _ in deeds:
        undo.take_back()
    assert value == [0]
