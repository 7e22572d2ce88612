"""Choosing the backbone in the window, with a real worker and real weights that are made here."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import open_clip
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from guie_desktop.domain import Counts, IndexReport
from guie_desktop.embedding.assets import DEFAULT_MODEL
from guie_desktop.gui.backbones.page import ModelRow, ModelsPage
from guie_desktop.gui.backbones.wording import facts_text, offer_text, standing_text, verb_text
from guie_desktop.gui.conductor import Conductor
from guie_desktop.messages import (
    AddWeights,
    Command,
    Failed,
    JobEnded,
    ListModels,
    Models,
    Progress,
    UseDevice,
    UseModel,
)
from tests.gui.backbones.states import BEGUN, LARGE, LITE, LONG, PENDING, READY, SIGLIP
from tests.gui.driving import WORKER_MS
from tests.gui.pretending import Pretender

SMALL = "pe-core-t-16-384"


def row_of(conductor: Conductor, name: str) -> ModelRow:
    rows: list[ModelRow] = conductor.backbones.page.rows
    return next(row for row in rows if row.model.name == name)


def test_what_is_said_of_a_model() -> None:
    assert facts_text(SIGLIP, 12_000).startswith("813 MB to download · about 5 photos/s here (about 37 minutes for")
    assert "about 19 photos a minute" in facts_text(LARGE, 12_000)
    assert "0.721" in facts_text(LARGE, 12_000)
    assert facts_text(LITE, 12_000).startswith("Comes with the program · about 24 photos/s here ·")
    assert standing_text(PENDING, 12_000) == "Being prepared: 3,456 of 12,000 photos"
    assert [standing_text(model, 12_000) for model in (LITE, READY)] == ["In use", "Ready to switch back to"]
    assert standing_text(BEGUN, 12_000) == "3,456 of 12,000 photos prepared"
    assert standing_text(replace(BEGUN, recommended=True), 12_000).endswith("prepared · Recommended for this computer")
    verbs = [verb_text(model, 12_000) for model in (SIGLIP, PENDING, BEGUN, READY)]
    assert verbs == ["Download and use", "Cancel", "Continue", "Use"]
    assert "813 MB" in offer_text(SIGLIP, 12_000)[1]
    assert "better" in offer_text(SIGLIP, 12_000)[0]
    assert "read photos faster" in offer_text(replace(LITE, in_use=False, recommended=True), 12_000)[0]


def test_only_what_is_known_is_said() -> None:
    untried = replace(SIGLIP, photos_per_second=0.0, words=False)
    assert facts_text(untried, 12_000) == "813 MB to download · licence Apache-2.0"
    assert "On this computer · about 19 photos a minute here" in facts_text(BEGUN, 12_000)
    assert "for the 8,544 photos left)" in facts_text(BEGUN, 12_000)
    assert "about 1 photo a minute" in facts_text(LONG, 12_000)
    assert "1.4 photos/s" in facts_text(replace(SIGLIP, photos_per_second=1.4), 0)


@pytest.mark.slow
def test_the_page_opens_by_key_and_closes_by_escape(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    assert not conductor.backbones.page.isVisible()
    qtbot.waitUntil(window.status.model_button.isVisible, timeout=WORKER_MS)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WORKER_MS)
    assert window.status.model_button.text() == "EfficientNet-Lite2"
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_F3)
    qtbot.waitUntil(
        lambda: any(row.model.photos_per_second for row in conductor.backbones.page.rows), timeout=WORKER_MS
    )
    assert conductor.backbones.page.rows[0].model.name == DEFAULT_MODEL
    assert not conductor.backbones.page.rows[0].button.isVisible()
    qtbot.keyClick(conductor.backbones.page, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.browsing


@pytest.mark.slow
def test_a_model_is_added_used_asked_in_words_and_left_again(
    conductor: Conductor, qtbot: QtBot, tmp_path: Path
) -> None:
    torch.manual_seed(7)
    torch.save(open_clip.create_model("PE-Core-T-16-384", pretrained=None).state_dict(), tmp_path / "mine.pt")
    window = conductor.window
    qtbot.waitUntil(lambda: bool(conductor.backbones.models), timeout=WORKER_MS)
    assert window.search.words.completer() is not None
    conductor.backbones.open()
    conductor.backbones.add(tmp_path / "mine.pt")
    qtbot.waitUntil(
        lambda: bool(conductor.backbones.page.rows) and row_of(conductor, SMALL).model.installed, timeout=WORKER_MS
    )
    qtbot.mouseClick(row_of(conductor, SMALL).button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: row_of(conductor, SMALL).model.in_use, timeout=WORKER_MS)
    assert "Perception" in window.status.model_button.text()
    qtbot.keyClick(conductor.backbones.page, Qt.Key.Key_Escape)
    assert window.search.words.completer() is None
    qtbot.keyClicks(window.search.words, "a cat")
    qtbot.keyClick(window.search.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: conductor.search.answer is not None, timeout=WORKER_MS)
    assert conductor.search.answer is not None
    assert conductor.search.answer.head == "words"
    assert window.pages.currentWidget() is window.found
    conductor.navigation.step_out()
    assert window.search.words.text() == ""
    conductor.backbones.open()
    qtbot.mouseClick(row_of(conductor, DEFAULT_MODEL).button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: row_of(conductor, DEFAULT_MODEL).model.in_use, timeout=WORKER_MS)


def test_where_models_run_is_asked_where_there_is_a_choice(
    conductor: Conductor, qtbot: QtBot, asked: list[Command[Any]]
) -> None:
    conductor.backbones.open()
    device = conductor.backbones.page.device
    conductor.backbones.take(Models((LITE, SIGLIP)))
    assert not device.isVisible()
    conductor.backbones.take(Models((LITE, SIGLIP), ("cuda", "cpu"), "cpu"))
    assert device.isVisible()
    assert device.currentText() == "Processor"
    qtbot.keyClick(device, Qt.Key.Key_Home)
    device.activated.emit(0)
    assert asked[-1] == UseDevice("auto")


def test_the_chosen_device_is_kept(conductor: Conductor, qtbot: QtBot) -> None:
    answers: list[Models] = []
    conductor.client.ask(UseDevice("cpu"), answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=WORKER_MS)
    assert answers[0].device == "cpu"
    assert "cpu" in answers[0].devices


def test_a_large_download_is_confirmed(conductor: Conductor, asked: list[Command[Any]]) -> None:
    conductor.backbones.use(SIGLIP)
    box = conductor.window.findChild(QMessageBox)
    assert box is not None
    assert "813 MB" in box.text()
    assert UseModel(SIGLIP.name) not in asked
    box.buttons()[0].click()
    assert UseModel(SIGLIP.name) in asked


def test_the_recommended_model_comes_second_when_the_page_is_opened_and_stays_there(qtbot: QtBot) -> None:
    page, better = ModelsPage(), replace(LARGE, recommended=True)
    others = replace(SIGLIP, recommended=False)
    qtbot.addWidget(page)
    page.show_models((LITE, others, better), 12_000)
    page.show()
    assert [row.model.name for row in page.rows] == [LITE.name, better.name, others.name]
    page.show_models((LITE, replace(others, recommended=True), LARGE), 12_000)
    assert [row.model.name for row in page.rows] == [LITE.name, better.name, others.name]


def test_a_better_model_is_offered_once(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    window, offer = conductor.window, conductor.window.offer
    worker.answers[ListModels] = lambda _: Models((LITE, SIGLIP))
    conductor.browsing.shown.disconnect(conductor.backbones.show_library)
    report = IndexReport(300, 0, 0, 0, 0, 300, (), 9.0, DEFAULT_MODEL)
    show_photos(conductor, 90)
    conductor.client.deliver(JobEnded(report))
    assert not offer.isVisible()
    show_photos(conductor, 300)
    qtbot.waitUntil(offer.isVisible, timeout=WORKER_MS)
    assert "SigLIP" in offer.title.text()
    qtbot.mouseClick(offer.dismiss_button, Qt.MouseButton.LeftButton)
    asked = len(worker.of(ListModels))
    conductor.client.deliver(JobEnded(report))
    assert len(worker.of(ListModels)) == asked + 1  # how things stand, and nothing for an offer
    assert not offer.isVisible()
    assert conductor.settings().models_offered
    assert window.isVisible()


def show_photos(conductor: Conductor, photos: int) -> None:
    """Have the library of this many photos, as the page of models is told."""
    overview = conductor.browsing.overview
    assert overview is not None
    conductor.backbones.show_library(replace(overview, counts=Counts(photos, 0)))


@pytest.fixture
def asked(conductor: Conductor, worker: Pretender) -> list[Command[Any]]:
    """What is asked of the worker from now on; it gets nothing of it, so only the test answers."""
    worker.silence()
    conductor.browsing.shown.disconnect(conductor.backbones.show_library)
    show_photos(conductor, 12_000)
    return worker.asked


def test_a_model_that_was_chosen_can_be_cancelled(
    conductor: Conductor, qtbot: QtBot, asked: list[Command[Any]]
) -> None:
    conductor.backbones.open()
    conductor.client.deliver(Models((LITE, BEGUN)))
    row = row_of(conductor, BEGUN.name)
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert UseModel(BEGUN.name) in asked
    assert "Being prepared" in row.standing.text()
    conductor.client.deliver(Models((LITE, BEGUN)))  # the worker has not begun with it
    assert row.button.text() == "Cancel"
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert asked[-1] == UseModel(LITE.name)
    conductor.client.deliver(Models((LITE, BEGUN)))
    assert row.button.text() == "Continue"
    assert row_of(conductor, BEGUN.name) is row


def test_a_switch_that_ended_without_the_model_is_not_shown_as_coming(
    conductor: Conductor, qtbot: QtBot, asked: list[Command[Any]]
) -> None:
    conductor.backbones.open()
    conductor.client.deliver(Models((LITE, BEGUN)))
    qtbot.mouseClick(row_of(conductor, BEGUN.name).button, Qt.MouseButton.LeftButton)
    conductor.client.deliver(Failed("There is no way to the Hub.", "Look at the connection."))
    conductor.client.deliver(JobEnded(None))
    conductor.client.deliver(Models((LITE, BEGUN)))
    assert row_of(conductor, BEGUN.name).button.text() == "Continue"
    assert conductor.window.banner.isVisible()


def test_the_page_follows_a_switch(conductor: Conductor, asked: list[Command[Any]]) -> None:
    conductor.client.deliver(Models((LITE, PENDING)))
    progress = Progress("photos", 3456, 12_000, 0.3, None, paused=False)
    conductor.client.deliver(progress)
    assert asked == []  # nobody looks
    conductor.backbones.open()
    del asked[:]
    conductor.client.deliver(progress)
    conductor.client.deliver(replace(progress, done=3460))
    assert asked == [ListModels()]
    conductor.client.deliver(Models((LITE, replace(PENDING, embedded=3460))))
    assert "3,460 of 12,000" in row_of(conductor, PENDING.name).standing.text()
    now = replace(PENDING, in_use=True, pending=False, embedded=12_000)
    conductor.client.deliver(JobEnded(None))
    conductor.client.deliver(Models((now, replace(LITE, in_use=False))))
    assert conductor.window.status.tasks.label.text() == f"{PENDING.title} is in use now."
    assert conductor.window.status.model_button.accessibleName() == f"Model: {PENDING.title}"


def test_a_trial_is_remembered_and_not_asked_for_again(conductor: Conductor, asked: list[Command[Any]]) -> None:
    conductor.backbones.open()
    assert asked == [ListModels(measure=True)]
    conductor.client.deliver(Models((LITE, SIGLIP)))
    untried = tuple(replace(model, photos_per_second=0.0, recommended=False) for model in (LITE, SIGLIP))
    conductor.client.deliver(Models(untried))
    row = row_of(conductor, SIGLIP.name)
    assert "about 5 photos/s" in row.facts.text()
    assert "Recommended" in row.standing.text()
    conductor.navigation.close_overlay()
    conductor.backbones.open()
    assert asked[-1] == ListModels()


def test_weights_that_were_added_are_the_last_deed(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, tmp_path: Path
) -> None:
    worker.answers[AddWeights] = lambda _: Models((LITE,))
    conductor.backbones.add(tmp_path / "mine.safetensors")
    told = "How to undo: mine.safetensors was added to the models"
    qtbot.waitUntil(lambda: conductor.undo.next_undo == told, timeout=WORKER_MS)


@pytest.mark.parametrize("button", ["add_button", "add_folder_button"])
def test_weights_are_added_from_a_file_or_folder(
    conductor: Conductor, qtbot: QtBot, asked: list[Command[Any]], tmp_path: Path, button: str
) -> None:
    conductor.backbones.open()
    qtbot.mouseClick(getattr(conductor.backbones.page, button), Qt.MouseButton.LeftButton)
    dialog = conductor.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "mine"))
    dialog.reject()
    assert asked[-1] == AddWeights(tmp_path / "mine")


def test_no_offer_where_the_recommended_model_is_in_use(conductor: Conductor, asked: list[Command[Any]]) -> None:
    report = IndexReport(300, 0, 0, 0, 0, 300, (), 9.0, DEFAULT_MODEL)
    conductor.client.deliver(JobEnded(replace(report, added=0)))
    assert ListModels(measure=True) not in asked
    conductor.client.deliver(JobEnded(report))
    assert ListModels(measure=True) in asked
    conductor.backbones.take(Models((replace(LITE, recommended=True),)))
    assert not conductor.window.offer.isVisible()
    assert not conductor.settings().models_offered
