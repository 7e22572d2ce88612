"""How hard the computer works: chosen on the page, and felt at once."""

from dataclasses import replace
from types import SimpleNamespace

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from guie_desktop.computing import ComputingChoices
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.settings.computing_section import ComputingSection
from guie_desktop.gui.settings.rows import ChoiceRow
from guie_desktop.messages import JobEnded, Models
from tests.gui.driving import UNDO, WORKER_MS
from tests.gui.pretending import Pretender


@pytest.fixture
def battery(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Of this computer, which runs on it."""
    told = SimpleNamespace(power_plugged=False)
    monkeypatch.setattr(psutil, "sensors_battery", lambda: told, raising=False)
    return told


def open_section(conductor: Conductor, qtbot: QtBot) -> ComputingSection:
    qtbot.keyClick(conductor.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    return conductor.screens.preferences.page.computing


def choose(row: ChoiceRow, value: object) -> None:
    position = row.box.findData(value)
    row.box.setCurrentIndex(position)
    row.box.activated.emit(position)


def test_a_share_is_kept_told_and_taken_back(conductor: Conductor, qtbot: QtBot) -> None:
    section = open_section(conductor, qtbot)
    with qtbot.waitSignal(conductor.undo.told, timeout=WORKER_MS):
        choose(section.share, "quarter")
    assert conductor.reader.computing_choices() == ComputingChoices("quarter")
    assert "processor cores" in section.share.meaning.text()
    qtbot.keyClick(conductor.window, *UNDO)
    qtbot.waitUntil(lambda: conductor.reader.computing_choices() == ComputingChoices(), timeout=WORKER_MS)
    qtbot.waitUntil(lambda: section.share.value == "all", timeout=WORKER_MS)


def test_a_computer_without_a_battery_has_nothing_to_choose_of_it(
    conductor: Conductor, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", lambda: None, raising=False)
    assert not open_section(conductor, qtbot).battery.isVisible()


def test_on_battery_reading_waits_says_why_and_goes_on_anyway(
    conductor: Conductor, battery: SimpleNamespace, qtbot: QtBot
) -> None:
    section, tasks = open_section(conductor, qtbot), conductor.window.status.tasks
    with qtbot.waitSignal(conductor.undo.told, timeout=WORKER_MS):
        choose(section.battery, True)
    ended: list[JobEnded] = []
    conductor.client.on(JobEnded, ended.append)
    tasks.end_message()  # what was chosen has been read
    conductor.window.rescan.trigger()
    qtbot.waitUntil(lambda: "Paused while on battery" in tasks.label.text(), timeout=WORKER_MS)
    assert not ended
    assert tasks.anyway_button.isVisible()
    assert not tasks.pause_button.isVisible()
    qtbot.mouseClick(tasks.anyway_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(ended), timeout=WORKER_MS)
    assert not tasks.anyway_button.isVisible()


def test_plugged_in_again_it_goes_on_by_itself(conductor: Conductor, battery: SimpleNamespace, qtbot: QtBot) -> None:
    section, tasks = open_section(conductor, qtbot), conductor.window.status.tasks
    with qtbot.waitSignal(conductor.undo.told, timeout=WORKER_MS):
        choose(section.battery, True)
    tasks.end_message()
    ended: list[JobEnded] = []
    conductor.client.on(JobEnded, ended.append)
    conductor.window.rescan.trigger()
    qtbot.waitUntil(tasks.anyway_button.isVisible, timeout=WORKER_MS)
    battery.power_plugged = True
    qtbot.waitUntil(lambda: bool(ended), timeout=WORKER_MS)


def test_the_model_that_answers_is_named_and_others_are_reached(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    section = open_section(conductor, qtbot)
    assert conductor.backbones.in_use is not None
    assert section.model.meaning.text().startswith(f"{conductor.backbones.in_use.title} is in use.")
    button = section.model.findChild(QPushButton)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert conductor.window.pages.currentWidget() is conductor.backbones.page
    other = replace(conductor.backbones.models[1], in_use=True, pending=False)
    conductor.backbones.take(Models((other,)))
    assert section.model.meaning.text().startswith(f"{other.title} is in use.")
    qtbot.keyClick(conductor.backbones.page, Qt.Key.Key_Escape)
    assert conductor.window.pages.currentWidget() is conductor.screens.preferences.page
