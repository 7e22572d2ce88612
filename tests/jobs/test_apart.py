"""Work in a process of its own: told of while it runs, its result or failure handed on, and ended with its job."""

import logging
import multiprocessing
import os
from collections.abc import Generator
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest

from guie_desktop.crashes import last_crash
from guie_desktop.errors import DamagedLibrary, UserError
from guie_desktop.jobs.apart import FailedApart, Work, apart, carry_out
from guie_desktop.messages import Progress
from guie_desktop.own_process import OwnProcess
from tests.jobs import works
from tests.running import finish

BEGIN = Progress("test", 0, 0)


def start(work: Work[Any], crashes: Path) -> Generator[Progress, None, Any]:
    return apart(work, BEGIN, name="test", crashes=crashes, ended=UserError("It is gone.", "Try again."))


def own_processes() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]


def test_progress_is_told_and_the_result_comes_from_another_process(tmp_path: Path) -> None:
    before = own_processes()
    job = start(partial(works.count, [1, 2, 3]), tmp_path / "crashes")
    assert next(job) == BEGIN
    told: list[Progress] = []
    try:
        while True:
            told.append(next(job))
    except StopIteration as end:
        total, process = end.value
    assert (total, process != os.getpid()) == (6, True)
    assert {progress.done for progress in told} <= {0, 1, 2, 3}
    assert [progress.done for progress in told] == sorted(progress.done for progress in told)
    assert own_processes() == before


def test_what_is_larger_than_a_pipe_holds_goes_there_and_back(tmp_path: Path) -> None:
    assert finish(start(partial(works.count, list(range(50_000))), tmp_path / "crashes"))[0] == 49_999 * 25_000


def test_failures_of_the_world_are_handed_on(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is too little\. Add more\."):
        finish(start(partial(works.fail, "user"), tmp_path / "crashes"))
    with pytest.raises(DamagedLibrary, match="damaged"):
        finish(start(partial(works.fail, "damage"), tmp_path / "crashes"))
    with pytest.raises(UserError, match="/some/file: Permission denied"):
        finish(start(partial(works.fail, "system"), tmp_path / "crashes"))


def test_a_bug_is_one_here_and_its_stack_is_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(FailedApart, match="ZeroDivisionError: something private"):
        finish(start(partial(works.fail, "something private"), tmp_path / "crashes"))
    assert "works.py" in caplog.text
    assert "something private" not in caplog.text


def test_where_it_ends_by_itself_the_reason_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="It is gone"):
        finish(start(works.die, tmp_path / "crashes"))
    assert last_crash(tmp_path / "crashes") is None


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_a_crash_leaves_its_stack(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="It is gone"):
        finish(start(works.crash, tmp_path / "crashes"))
    crash = last_crash(tmp_path / "crashes")
    assert crash is not None
    assert "in crash" in crash.stack


def test_where_no_process_can_be_started_the_same_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def start_none(*_arguments: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(OwnProcess, "__init__", start_none)
    with pytest.raises(UserError, match="It is gone"):
        finish(start(works.die, tmp_path / "crashes"))


def test_closed_it_ends_the_process_at_once(tmp_path: Path) -> None:
    before = own_processes()
    job = start(works.go_on, tmp_path / "crashes")
    while next(job).done == 0:
        pass
    assert len(own_processes()) == len(before) + 1
    job.close()
    assert own_processes() == before


def test_the_process_ends_by_itself_when_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    process = OwnProcess(partial(carry_out, crashes=tmp_path / "crashes"), "left behind")
    process.connection.recv()
    process.connection.send(works.go_on)
    process.connection.recv()
    process.connection.close()
    (left,) = [child for child in multiprocessing.active_children() if child.name.endswith("left behind")]
    left.join(60)
    assert left.exitcode == 0
