"""Choosing the backbone in the window, with a real worker and real weights that are made here."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import open_clip
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.domain import IndexReport, ModelState
from guie_desktop.embedding.assets import DEFAULT_MODEL
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.model_text import facts_text, offer_text, standing_text, verb_text
from guie_desktop.gui.views.models import ModelRow
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
from tests.gui.conftest import WORKER_MS
from tests.gui.test_shots import shoot  # noqa: F401

pytestmark = pytest.mark.slow

SMALL = "pe-core-t-16-384"

LITE = ModelState(
    name=DEFAULT_MODEL,
    title="EfficientNet-Lite2",
    good_for="Everyday photos on any computer; comes with the program and needs no download.",
    licence="Apache-2.0",
    download_bytes=0,
    study_mmp5=0.0,
    photos_per_second=24.0,
    words=False,
    installed=True,
    embedded=12_000,
    in_use=True,
    coming=False,
    recommended=False,
)
SIGLIP = replace(
    LITE,
    name="siglip-b-16-224",
    title="SigLIP B/16 224",
    good_for="Clearly better look-alikes than the embedded model, and fast enough without a GPU.",
    download_bytes=813_000_000,
    photos_per_second=5.4,
    words=True,
    installed=False,
    embedded=0,
    in_use=False,
    recommended=True,
)
LARGE = replace(
    SIGLIP,
    name="siglip-so400m-14-384",
    title="SigLIP SO400M/14 384",
    download_bytes=3_512_000_000,
    study_mmp5=0.721,
    photos_per_second=0.31,
    recommended=False,
)
COMING = replace(LARGE, name="pe", title="Perception Encoder B/16 224", installed=True, embedded=3456, coming=True)
BEGUN = replace(COMING, name="begun", coming=False, study_mmp5=0.0)
LONG = replace(
    LARGE,
    name="long",
    title="Convolutional Language-Image Pre-training ConvNeXt XXLarge (LAION-2B, augmented, rewound)",
    good_for="Learnt from pictures alone: good at shapes and textures, knows no words; slow, and weak at "
    "look-alikes, and wants a GPU.",
    licence="CC-BY-NC-4.0",
    study_mmp5=0.0,
    photos_per_second=0.004,
    words=False,
)
READY = replace(SIGLIP, name="clip", title="CLIP L/14 336 (OpenAI)", installed=True, embedded=12_000, recommended=False)


def row_of(conductor: Conductor, name: str) -> ModelRow:
    return next(row for row in conductor.window.models.rows if row.model.name == name)


def test_what_is_said_of_a_model() -> None:
    assert facts_text(SIGLIP, 12_000).startswith("813 MB to download · about 5 photos/s here (about 37 minutes for")
    assert "about 19 photos a minute" in facts_text(LARGE, 12_000)
    assert "0.721" in facts_text(LARGE, 12_000)
    assert facts_text(LITE, 12_000).startswith("Comes with the program · about 24 photos/s here ·")
    assert standing_text(COMING, 12_000) == "Being prepared: 3,456 of 12,000 photos"
    assert [standing_text(model, 12_000) for model in (LITE, READY)] == ["In use", "Ready to switch back to"]
    assert standing_text(BEGUN, 12_000) == "3,456 of 12,000 photos prepared"
    assert standing_text(replace(BEGUN, recommended=True), 12_000).endswith("prepared · Recommended for this computer")
    verbs = [verb_text(model, 12_000) for model in (SIGLIP, COMING, BEGUN, READY)]
    assert verbs == ["Download and use", "Give up", "Continue", "Use"]
    assert "813 MB" in offer_text(SIGLIP, 12_000)[1]


def test_only_what_is_known_is_said() -> None:
    untried = replace(SIGLIP, photos_per_second=0.0, words=False)
    assert facts_text(untried, 12_000) == "813 MB to download · licence Apache-2.0"
    assert "On this computer · about 19 photos a minute here" in facts_text(BEGUN, 12_000)
    assert "for the 8,544 photos left)" in facts_text(BEGUN, 12_000)
    assert "about 1 photo a minute" in facts_text(LONG, 12_000)
    assert "1.4 photos/s" in facts_text(replace(SIGLIP, photos_per_second=1.4), 0)


def test_the_page_opens_by_key_and_closes_by_escape(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    assert not window.models.isVisible()
    qtbot.waitUntil(window.model_button.isVisible, timeout=WORKER_MS)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WORKER_MS)
    assert window.model_button.text() == "EfficientNet-Lite2"
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: any(row.model.photos_per_second for row in window.models.rows), timeout=WORKER_MS)
    assert window.models.rows[0].model.name == DEFAULT_MODEL
    assert not window.models.rows[0].button.isVisible()
    qtbot.keyClick(window.models, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.browsing


def test_a_model_is_added_used_asked_in_words_and_left_again(
    conductor: Conductor, qtbot: QtBot, tmp_path: Path
) -> None:
    torch.manual_seed(7)
    torch.save(open_clip.create_model("PE-Core-T-16-384", pretrained=None).state_dict(), tmp_path / "mine.pt")
    window = conductor.window
    qtbot.waitUntil(lambda: bool(conductor.models.models), timeout=WORKER_MS)
    assert not window.search.words.isVisible()
    conductor.open_models()
    conductor.models.add_file(str(tmp_path / "mine.pt"))
    qtbot.waitUntil(lambda: bool(window.models.rows) and row_of(conductor, SMALL).model.installed, timeout=WORKER_MS)
    qtbot.mouseClick(row_of(conductor, SMALL).button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: row_of(conductor, SMALL).model.in_use, timeout=WORKER_MS)
    assert "Perception" in window.model_button.text()
    qtbot.keyClick(window.models, Qt.Key.Key_Escape)
    assert window.search.words.isVisible()
    qtbot.keyClicks(window.search.words, "a cat")
    qtbot.keyClick(window.search.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: conductor.search.answer is not None, timeout=WORKER_MS)
    assert conductor.search.answer is not None
    assert conductor.search.answer.head == "words"
    assert window.pages.currentWidget() is window.found
    conductor.pages.step_out()
    assert window.search.words.text() == ""
    conductor.open_models()
    qtbot.mouseClick(row_of(conductor, DEFAULT_MODEL).button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: row_of(conductor, DEFAULT_MODEL).model.in_use, timeout=WORKER_MS)


def test_where_models_run_is_asked_where_there_is_a_choice(
    conductor: Conductor, qtbot: QtBot, asked: list[Command]
) -> None:
    conductor.open_models()
    device = conductor.window.models.device
    conductor.models.take(Models(1, (LITE, SIGLIP)))
    assert not device.isVisible()
    conductor.models.take(Models(1, (LITE, SIGLIP), ("cuda", "cpu"), "cpu"))
    assert device.isVisible()
    assert device.currentText() == "Processor"
    qtbot.keyClick(device, Qt.Key.Key_Home)
    device.activated.emit(0)
    assert asked[-1] == UseDevice(1, "auto")


def test_the_chosen_device_is_kept(conductor: Conductor, qtbot: QtBot) -> None:
    answers: list[Models] = []
    conductor.client.ask(lambda request: UseDevice(request, "cpu"), answers.append)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(answers), timeout=WORKER_MS)
    assert answers[0].device == "cpu"
    assert "cpu" in answers[0].devices


def test_a_large_download_is_confirmed(conductor: Conductor, qtbot: QtBot) -> None:
    asked: list[str] = []
    conductor.models._use = asked.append  # type: ignore[method-assign]
    conductor.models.use(SIGLIP)
    box = conductor.window.findChild(QMessageBox)
    assert "813 MB" in box.text()
    assert asked == []
    box.buttons()[0].click()
    assert asked == [SIGLIP.name]


def test_a_better_model_is_offered_once(conductor: Conductor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = conductor.window
    answer = Models(0, (LITE, SIGLIP))
    monkeypatch.setattr(conductor.client, "ask", lambda _command, then: then(answer))
    report = IndexReport(300, 0, 0, 0, 0, 300, (), 9.0, DEFAULT_MODEL)
    conductor.models.set_photos(90)
    conductor.client.received.emit(JobEnded(0, report))
    assert not window.offer.isVisible()
    conductor.models.set_photos(300)
    conductor.client.received.emit(JobEnded(0, report))
    assert window.offer.isVisible()
    assert "SigLIP" in window.offer.title.text()
    qtbot.mouseClick(window.offer.dismiss_button, Qt.MouseButton.LeftButton)
    conductor.client.received.emit(JobEnded(0, report))
    assert not window.offer.isVisible()
    assert conductor.settings().models_offered


@pytest.fixture
def asked(conductor: Conductor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    """What is asked of the worker from now on; it gets nothing of it, so only the test answers."""
    qtbot.waitUntil(lambda: bool(conductor.models.models), timeout=WORKER_MS)
    commands: list[Command] = []
    conductor.client._closing.set()  # from here on its events are not delivered
    monkeypatch.setattr(conductor.client, "ask", lambda command, _then=None: commands.append(command(1)))
    monkeypatch.setattr(conductor.reader, "refresh", lambda: None)
    conductor.models.set_photos(12_000)
    monkeypatch.setattr(conductor.models, "set_photos", lambda _: None)  # a reading may still be under way
    return commands


def test_a_model_that_was_chosen_can_be_given_up(conductor: Conductor, qtbot: QtBot, asked: list[Command]) -> None:
    conductor.open_models()
    conductor.client.received.emit(Models(0, (LITE, BEGUN)))
    row = row_of(conductor, BEGUN.name)
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert UseModel(1, BEGUN.name) in asked
    assert "Being prepared" in row.standing.text()
    conductor.client.received.emit(Models(0, (LITE, BEGUN)))  # the worker has not begun with it
    assert row.button.text() == "Give up"
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert asked[-2] == UseModel(1, LITE.name)
    conductor.client.received.emit(Models(0, (LITE, BEGUN)))
    assert row.button.text() == "Continue"
    assert row_of(conductor, BEGUN.name) is row


def test_a_switch_that_ended_without_the_model_is_not_shown_as_coming(
    conductor: Conductor, qtbot: QtBot, asked: list[Command]
) -> None:
    conductor.open_models()
    conductor.client.received.emit(Models(0, (LITE, BEGUN)))
    qtbot.mouseClick(row_of(conductor, BEGUN.name).button, Qt.MouseButton.LeftButton)
    conductor.client.received.emit(Failed(0, "There is no way to the Hub.", "Look at the connection."))
    conductor.client.received.emit(JobEnded(0, None))
    conductor.client.received.emit(Models(0, (LITE, BEGUN)))
    assert row_of(conductor, BEGUN.name).button.text() == "Continue"
    assert conductor.window.banner.isVisible()


def test_the_page_follows_a_switch(conductor: Conductor, asked: list[Command]) -> None:
    conductor.client.received.emit(Models(0, (LITE, COMING)))
    progress = Progress(0, "photos", 3456, 12_000, 0.3, None, paused=False)
    conductor.client.received.emit(progress)
    assert asked == []  # nobody looks
    conductor.open_models()
    del asked[:]
    conductor.client.received.emit(progress)
    conductor.client.received.emit(replace(progress, done=3460))
    assert asked == [ListModels(1)]
    conductor.client.received.emit(Models(0, (LITE, replace(COMING, embedded=3460))))
    assert "3,460 of 12,000" in row_of(conductor, COMING.name).standing.text()
    now = replace(COMING, in_use=True, coming=False, embedded=12_000)
    conductor.client.received.emit(JobEnded(0, None))
    conductor.client.received.emit(Models(0, (now, replace(LITE, in_use=False))))
    assert conductor.window.tasks.label.text() == f"{COMING.title} is in use now."
    assert conductor.window.model_button.accessibleName() == f"Model: {COMING.title}"


def test_a_trial_is_remembered_and_not_asked_for_again(conductor: Conductor, asked: list[Command]) -> None:
    conductor.open_models()
    assert asked == [ListModels(1, measure=True)]
    conductor.client.received.emit(Models(0, (LITE, SIGLIP)))
    untried = tuple(replace(model, photos_per_second=0.0, recommended=False) for model in (LITE, SIGLIP))
    conductor.client.received.emit(Models(0, untried))
    row = row_of(conductor, SIGLIP.name)
    assert "about 5 photos/s" in row.facts.text()
    assert "Recommended" in row.standing.text()
    conductor.pages.close_aside()
    conductor.open_models()
    assert asked[-1] == ListModels(1)


@pytest.mark.parametrize("button", ["add_button", "add_folder_button"])
def test_weights_are_added_from_a_file_or_folder(
    conductor: Conductor, qtbot: QtBot, asked: list[Command], tmp_path: Path, button: str
) -> None:
    conductor.open_models()
    qtbot.mouseClick(getattr(conductor.window.models, button), Qt.MouseButton.LeftButton)
    dialog = conductor.window.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "mine"))
    dialog.reject()
    assert asked[-1] == AddWeights(1, tmp_path / "mine")


def test_no_offer_where_the_recommended_model_is_in_use(conductor: Conductor, asked: list[Command]) -> None:
    report = IndexReport(300, 0, 0, 0, 0, 300, (), 9.0, DEFAULT_MODEL)
    conductor.client.received.emit(JobEnded(0, replace(report, added=0)))
    assert ListModels(1, measure=True) not in asked
    conductor.client.received.emit(JobEnded(0, report))
    assert ListModels(1, measure=True) in asked
    conductor.models.take(Models(1, (replace(LITE, recommended=True),)))
    assert not conductor.window.offer.isVisible()
    assert not conductor.settings().models_offered


def test_pictures_of_the_page(
    conductor: Conductor,
    shoot: Callable[[QWidget, str], None],  # noqa: F811
    asked: list[Command],
    qapp: QApplication,
) -> None:
    def take(name: str) -> None:
        qapp.processEvents()  # rows are shown, and wrapped to the width
        shoot(window, name)

    window = conductor.window
    conductor.open_models()
    conductor.client.received.emit(Models(0, (LITE, SIGLIP, LARGE, COMING, BEGUN, READY, LONG)))
    window.tasks.show_progress(Progress(0, "download", 312_000_000, 1_700_000_000, 8e6, 174.0, False, SIGLIP.title))
    take("models")
    window.resize(640, 560)
    take("models-narrow")
    qapp.processEvents()
    bar = window.models.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    take("models-narrow-end")
    window.resize(1180, 780)
    conductor.pages.close_aside()
    window.offer.tell(*offer_text(SIGLIP, 12_000))
    window.show_model(replace(SIGLIP, in_use=True))
    take("offer-and-words")
    window.resize(640, 480)
    window.show_model(replace(LONG, in_use=True))
    take("offer-narrow")
    window.show_model(replace(SIGLIP, in_use=True))
    window.offer.dismiss()
    take("words-narrow")
