"""What a machine can do does not change with what else runs on it at the moment."""

from pathlib import Path

import pytest

from guie_desktop.workspace import known_power as module
from guie_desktop.workspace.known_power import known_power
from guie_desktop.workspace.speed_benchmark import Power


def measured(monkeypatch: pytest.MonkeyPatch, *powers: tuple[float, float, float]) -> None:
    coming = iter(powers)
    monkeypatch.setattr(module, "measure_power", lambda _device: Power(*next(coming)))


def test_the_best_of_all_trials_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(monkeypatch, (10, 20, 5), (3, 30, 7), (1, 1, 1))
    assert [known_power(tmp_path) for _ in range(3)] == [Power(10, 20, 5), Power(10, 30, 7), Power(10, 30, 7)]


def test_another_machine_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(monkeypatch, (10, 20, 5), (3, 4, 5))
    known_power(tmp_path)
    monkeypatch.setattr(module, "processor_name", lambda: "another one")
    assert known_power(tmp_path) == Power(3, 4, 5)


@pytest.mark.parametrize(
    "damaged", ["", "{", "[]", "null", '{"machine": 3}', "{}", '{"transformers": 9, "convolutions": 9}']
)
def test_what_is_damaged_is_measured_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: str) -> None:
    (tmp_path / "power.json").write_text(damaged)
    measured(monkeypatch, (3, 4, 5), (1, 1, 1))
    assert known_power(tmp_path) == Power(3, 4, 5)
    assert known_power(tmp_path) == Power(3, 4, 5)


def test_where_nothing_can_be_written_this_trial_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(monkeypatch, (3, 4, 5))
    assert known_power(tmp_path / "not there") == Power(3, 4, 5)


def test_the_trial_is_a_real_one(tmp_path: Path) -> None:
    power = known_power(tmp_path)
    assert min(power.transformers, power.convolutions, power.quantised) > 0
