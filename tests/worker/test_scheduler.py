"""Which job takes the next step, tried with jobs that do nothing."""

import itertools
from collections.abc import Generator
from dataclasses import replace
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from guie_desktop.domain import IndexReport
from guie_desktop.errors import DamagedLibrary, UserError
from guie_desktop.messages import JobEnded, Progress
from guie_desktop.worker.scheduler import Job, Outcome, Scheduler

Told = Progress | JobEnded | tuple[str, Outcome]
REPORT = IndexReport(0, 0, 0, 0, 0, 0, (), 0.0, "none")
CANCELLED = Outcome(cancelled=True)


class Desk:
    """A scheduler, what it sent, and jobs that tell their names."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.left_at: list[str] = []
        """Jobs that were closed on their way."""
        self.scheduler = Scheduler(self.told.append)

    def job(self, name: str, steps: int = 2, result: object = None) -> Job:
        return Job(self._steps(name, steps, result), lambda outcome: self.told.append((name, outcome)))

    def _steps(self, name: str, steps: int, result: object) -> Generator[Progress, None, Any]:
        try:
            for number in range(steps):
                yield Progress("scan", number, steps, detail=name)
        except GeneratorExit:
            self.left_at.append(name)
            raise
        if isinstance(result, Exception):
            raise result
        return result

    def run(self) -> list[str]:
        """Take all steps; whose they were, and who ended, in turn."""
        before = len(self.told)
        while self.scheduler.is_busy:
            self.scheduler.step()
        return names(self.told[before:])


def names(told: list[Told]) -> list[str]:
    return [
        event.detail if isinstance(event, Progress) else f"{event[0]} ended"
        for event in told
        if not isinstance(event, JobEnded)
    ]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_jobs_run_one_after_the_other_and_a_switch_when_there_is_none(desk: Desk) -> None:
    desk.scheduler.start_idle("switch", desk.job("switch"))
    desk.scheduler.start(desk.job("first"))
    desk.scheduler.start(desk.job("second", 1))
    ran = desk.run()
    assert ran == ["first", "first", "first ended", "second", "second ended", "switch", "switch", "switch ended"]


def test_what_is_urgent_goes_before_all_and_then_the_others_are_told_of_again(desk: Desk) -> None:
    desk.scheduler.start(desk.job("first"))
    desk.scheduler.step()
    desk.scheduler.start_urgent(desk.job("urgent", 1))
    desk.scheduler.start_urgent(desk.job("second", 1))
    assert desk.run() == ["urgent", "urgent ended", "second", "second ended", "first", "first", "first ended"]
    told = [event for event in desk.told if isinstance(event, Progress)]
    assert [event.can_pause for event in told] == [True, False, False, True, True]


def test_a_job_that_is_started_meanwhile_goes_before_the_switch(desk: Desk) -> None:
    desk.scheduler.start_idle("switch", desk.job("switch"))
    desk.scheduler.step()
    assert desk.scheduler.has_room
    desk.scheduler.start(desk.job("job", 1))
    assert not desk.scheduler.has_room
    assert desk.run() == ["job", "job ended", "switch", "switch ended"]


def test_a_job_may_start_another_when_it_ends(desk: Desk) -> None:
    def go_on(outcome: Outcome) -> None:
        desk.scheduler.start(desk.job("next", 1))

    desk.scheduler.start(Job(desk.job("first", 1).steps, go_on))
    desk.scheduler.start(desk.job("waiting", 1))
    assert desk.run() == ["first", "waiting", "waiting ended", "next", "next ended"]


def test_the_end_of_a_job_is_told_before_what_came_of_it(desk: Desk) -> None:
    desk.scheduler.start(desk.job("job", 0, REPORT))
    desk.scheduler.start_urgent(desk.job("urgent", 0, "answer"))
    desk.run()
    assert desk.told == [
        JobEnded(None),
        ("urgent", Outcome("answer")),
        JobEnded(REPORT),
        ("job", Outcome(REPORT)),
    ]


def test_an_error_ends_its_job_and_no_other(desk: Desk) -> None:
    error = UserError("The disk is full.", "Free some space.")
    desk.scheduler.start(desk.job("job", 1, error))
    desk.scheduler.start(desk.job("next", 1))
    desk.scheduler.start_urgent(desk.job("urgent", 1, error))
    assert desk.run() == ["urgent", "urgent ended", "job", "job ended", "next", "next ended"]
    assert [event[1].error for event in desk.told if isinstance(event, tuple)] == [error, error, None]


def test_a_bug_in_a_job_is_not_hidden(desk: Desk) -> None:
    desk.scheduler.start(desk.job("job", 0, ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        desk.run()


def test_a_pause_holds_all_but_what_is_urgent(desk: Desk) -> None:
    desk.scheduler.start(desk.job("job"))
    desk.scheduler.start_idle("switch", desk.job("switch"))
    desk.scheduler.step()
    desk.scheduler.pause(True)
    assert desk.told[-1] == Progress("scan", 0, 2, paused=True, detail="job")
    assert not desk.scheduler.is_busy
    assert not desk.scheduler.has_room
    desk.scheduler.step()
    assert names(desk.told) == ["job", "job"]
    desk.scheduler.start_urgent(desk.job("urgent", 1))
    assert desk.run() == ["urgent", "urgent ended", "job"]
    assert desk.told[-1] == Progress("scan", 0, 2, paused=True, detail="job")
    desk.scheduler.pause(False)
    assert desk.run() == ["job", "job ended", "switch", "switch", "switch ended"]


@pytest.mark.parametrize("with_urgent", [False, True])
def test_a_pause_where_nothing_can_be_held_holds_nothing_later(desk: Desk, with_urgent: bool) -> None:
    if with_urgent:
        desk.scheduler.start_urgent(desk.job("urgent", 1))
    desk.scheduler.pause(True)
    desk.scheduler.start(desk.job("job", 1))
    assert desk.run()[-1] == "job ended"


def test_on_battery_what_was_asked_for_and_what_is_quiet_go_on_and_the_rest_waits(desk: Desk) -> None:
    desk.scheduler.start(replace(desk.job("copy", 1), is_quiet=True))
    desk.scheduler.start(desk.job("job", 1))
    desk.scheduler.start_idle("embed", desk.job("embed", 1))
    desk.scheduler.start_ahead(desk.job("ahead", 1))
    desk.scheduler.start_urgent(desk.job("urgent", 1))
    desk.scheduler.rest(True)
    assert desk.run() == ["urgent", "urgent ended", "ahead", "ahead ended", "copy ended", ""]
    assert desk.told[-1] == Progress("scan", 0, 0, paused=True, on_battery=True)
    desk.scheduler.step()
    desk.scheduler.rest(True)
    assert desk.run() == []
    desk.scheduler.rest(False)
    assert desk.run() == ["job", "job ended", "embed", "embed ended"]


def test_on_battery_it_is_told_where_the_job_stands_and_again_after_another_was_on_the_line(desk: Desk) -> None:
    desk.scheduler.start_idle("embed", desk.job("embed", 2))
    desk.scheduler.step()
    desk.scheduler.rest(True)
    desk.run()
    held = Progress("scan", 0, 2, detail="embed", paused=True, on_battery=True)
    assert desk.told[-1] == held
    desk.scheduler.start_urgent(desk.job("urgent", 1))
    assert desk.run() == ["urgent", "urgent ended", "embed", "embed"]
    assert desk.told[-1] == held
    desk.scheduler.pause(True)
    assert desk.told[-1] == replace(held, on_battery=False)
    assert not desk.scheduler.is_busy
    desk.scheduler.cancel()
    assert names(desk.told)[-1] == "embed ended"


def test_on_battery_with_nothing_to_do_nothing_is_told_until_there_is(desk: Desk) -> None:
    desk.scheduler.rest(True)
    desk.scheduler.step()
    assert desk.told == []
    desk.scheduler.start_idle("embed", desk.job("embed", 1))
    desk.run()
    assert desk.told == [Progress("embed", 0, 0, paused=True, on_battery=True)]


def test_cancel_ends_what_is_urgent_and_only_that(desk: Desk) -> None:
    desk.scheduler.start(desk.job("job", 1))
    desk.scheduler.start_urgent(desk.job("urgent"))
    desk.scheduler.start_urgent(desk.job("second", 1))
    desk.scheduler.step()
    desk.scheduler.cancel()
    assert desk.left_at == ["urgent"]
    assert desk.told[1:] == [JobEnded(None), ("urgent", CANCELLED)]
    assert desk.run() == ["second", "second ended", "job", "job ended"]


def test_cancel_ends_the_jobs_that_run_and_wait_and_what_was_held_is_held_no_more(desk: Desk) -> None:
    desk.scheduler.start_idle("switch", desk.job("switch", 1))
    desk.scheduler.start(desk.job("job"))
    desk.scheduler.start(desk.job("waiting"))
    desk.scheduler.step()
    desk.scheduler.pause(True)
    before = len(desk.told)
    desk.scheduler.cancel()
    assert desk.left_at == ["job"]
    assert desk.told[before:] == [JobEnded(None), ("job", CANCELLED), ("waiting", CANCELLED)]
    assert desk.run() == ["switch", "switch ended"]


def test_cancel_ends_a_switch_that_runs_alone(desk: Desk) -> None:
    desk.scheduler.start_idle("switch", desk.job("switch"))
    desk.scheduler.step()
    desk.scheduler.cancel()
    assert desk.told[1:] == [JobEnded(None), ("switch", CANCELLED)]
    desk.scheduler.cancel()  # nothing is left
    assert desk.run() == []


def test_another_switch_takes_the_place_of_the_first_without_a_word(desk: Desk) -> None:
    desk.scheduler.start_idle("switch", desk.job("first"))
    desk.scheduler.step()
    desk.scheduler.start_idle("switch", desk.job("second", 1))
    assert desk.left_at == ["first"]
    assert desk.run() == ["second", "second ended"]


def test_idle_jobs_of_several_kinds_take_their_turns_one_after_the_other(desk: Desk) -> None:
    desk.scheduler.start_idle("check", desk.job("check"))
    desk.scheduler.start_idle("switch", desk.job("switch", 1))
    assert desk.scheduler.has_idle("check")
    assert not desk.scheduler.has_idle("confirm")
    assert desk.run() == ["check", "check", "check ended", "switch", "switch ended"]
    assert not desk.scheduler.has_idle("check")


def test_embedding_goes_before_all_else_that_has_time_and_can_be_left(desk: Desk) -> None:
    desk.scheduler.start_idle("check", desk.job("check", 1))
    desk.scheduler.start_idle("embed", desk.job("embed", 1))
    desk.scheduler.drop_idle("switch")  # there is none
    assert desk.run() == ["embed", "embed ended", "check", "check ended"]
    desk.scheduler.start_idle("embed", desk.job("embed", 1))
    desk.scheduler.step()
    desk.scheduler.drop_idle("embed")
    assert desk.left_at == ["embed"]
    assert not desk.scheduler.is_busy


def test_the_end_of_a_job_that_goes_on_as_another_is_not_told(desk: Desk) -> None:
    desk.scheduler.start(replace(desk.job("show", 1), goes_on=lambda outcome: not outcome.cancelled))
    desk.run()
    assert JobEnded(None) not in desk.told
    desk.scheduler.start(replace(desk.job("show", 1), goes_on=lambda outcome: not outcome.cancelled))
    desk.scheduler.cancel()
    assert JobEnded(None) in desk.told


def test_a_quiet_job_says_nothing_but_how_it_ended_to_who_started_it(desk: Desk) -> None:
    desk.scheduler.start_idle("confirm", replace(desk.job("copy"), is_quiet=True))
    desk.run()
    assert desk.told == [("copy", Outcome())]


def test_a_damaged_library_ends_the_worker(desk: Desk) -> None:
    desk.scheduler.start(desk.job("job", 0, DamagedLibrary("The catalog is damaged.")))
    with pytest.raises(DamagedLibrary):
        desk.scheduler.step()


def test_an_error_of_the_system_is_told_as_one_of_the_world(desk: Desk) -> None:
    desk.scheduler.start(desk.job("job", 0, OSError(28, "No space left on device")))
    desk.scheduler.step()
    (ended,) = [told for told in desk.told if isinstance(told, tuple)]
    assert ended[1].error is not None


def test_when_the_worker_ends_all_jobs_are_left_and_nothing_is_told(desk: Desk) -> None:
    desk.scheduler.start_idle("switch", desk.job("switch"))
    desk.scheduler.step()
    desk.scheduler.start(desk.job("job"))
    desk.scheduler.step()
    desk.scheduler.start_urgent(desk.job("urgent"))
    desk.scheduler.step()
    before = list(desk.told)
    desk.scheduler.close()
    assert sorted(desk.left_at) == ["job", "switch", "urgent"]
    assert desk.told == before


def test_where_there_is_nothing_to_do_nothing_is_done(desk: Desk) -> None:
    desk.scheduler.step()
    desk.scheduler.cancel()
    desk.scheduler.close()
    assert desk.told == []


class AnyOrder(RuleBasedStateMachine):
    """Whatever is started, held and cancelled, and when: each job ends once, and the urgent ones are never held."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.asked: list[str] = []
        self.switched = ""
        self.numbers = itertools.count()

    def name(self, kind: str) -> str:
        self.asked.append(f"{kind} {next(self.numbers)}")
        return self.asked[-1]

    def ended(self) -> list[str]:
        return [event[0] for event in self.desk.told if isinstance(event, tuple)]

    @rule(steps=st.integers(0, 3))
    def start(self, steps: int) -> None:
        self.desk.scheduler.start(self.desk.job(self.name("job"), steps))

    @rule(steps=st.integers(0, 3))
    def start_urgent(self, steps: int) -> None:
        self.desk.scheduler.start_urgent(self.desk.job(self.name("urgent"), steps))

    @rule(steps=st.integers(0, 3))
    def switch(self, steps: int) -> None:
        if self.switched in set(self.asked) - set(self.ended()):
            self.asked.remove(self.switched)  # it ends without a word
        self.switched = self.name("switch")
        self.desk.scheduler.start_idle("switch", self.desk.job(self.switched, steps))

    @precondition(lambda self: self.desk.scheduler.is_busy)
    @rule()
    def step(self) -> None:
        before = len(self.desk.told)
        self.desk.scheduler.step()
        assert len(self.desk.told) > before

    @rule(paused=st.booleans())
    def pause(self, paused: bool) -> None:
        self.desk.scheduler.pause(paused)

    @rule()
    def cancel(self) -> None:
        before, had = set(self.ended()), set(self.asked)
        self.desk.scheduler.cancel()
        assert (before != had) == (before != set(self.ended()))  # there was something to end, and it has

    @invariant()
    def urgent_ones_are_never_held(self) -> None:
        if any(name.startswith("urgent") for name in set(self.asked) - set(self.ended())):
            assert self.desk.scheduler.is_busy

    def teardown(self) -> None:
        self.desk.scheduler.pause(False)
        self.desk.run()
        assert sorted(self.ended()) == sorted(self.asked)
        jobs = [name for name in self.ended() if name.startswith("job")]
        assert jobs == [name for name in self.asked if name.startswith("job")]


TestAnyOrder = AnyOrder.TestCase


def test_what_was_asked_for_goes_before_what_the_library_needs_and_can_be_held() -> None:
    desk = Desk()
    scheduler = desk.scheduler
    scheduler.start(desk.job("index"))
    scheduler.step()
    scheduler.start_ahead(desk.job("export"))
    scheduler.start_ahead(desk.job("move"))
    scheduler.start_urgent(desk.job("learn"))
    assert not scheduler.has_room
    scheduler.pause(True)
    assert desk.run() == ["learn", "learn", "learn ended", "index"]  # which is told again as held
    scheduler.pause(False)
    assert desk.run()[:6] == ["export", "export", "export ended", "move", "move", "move ended"]


def test_cancelling_what_was_asked_for_leaves_the_rest() -> None:
    desk = Desk()
    desk.scheduler.start(desk.job("index"))
    desk.scheduler.start_ahead(desk.job("export"))
    desk.scheduler.step()
    desk.scheduler.cancel()
    assert desk.left_at == ["export"]
    assert ("export", CANCELLED) in desk.told
    assert desk.run() == ["index", "index", "index ended"]
