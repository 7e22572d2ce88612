"""Learning in the window: the button, the report and the versions; the worker's part is played."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.domain import Album, AlbumTest, Confusion, Doubt, HeadState, LearningReport, Quality
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.learning_text import change, curve_text, head_facts, headline, missing_text, seconds_text
from guie_desktop.gui.models.library import ALL_PHOTOS
from guie_desktop.gui.models.photo_list import percent
from guie_desktop.gui.widgets.curve_chart import CurveChart
from guie_desktop.gui.widgets.gain_chart import GainChart
from guie_desktop.messages import (
    ExportHead,
    Failed,
    Heads,
    ImportHead,
    JobEnded,
    Learn,
    Learned,
    ListHeads,
    Progress,
    ReadReport,
    Suggest,
    UseHead,
)
from tests.gui.conftest import WORKER_MS
from tests.gui.pretending import Pretender
from tests.gui.test_albums import LEFT, activate, ids, make_album
from tests.gui.test_reviewing import browse
from tests.gui.test_shots import shoot  # noqa: F401
from tests.gui.test_window import go_to, wait_for_hits

BEFORE = Quality(mmp5=0.638, p1=0.71, low=0.601, high=0.675, unlabelled=1.0)
AFTER = Quality(mmp5=0.823, p1=0.88, low=0.79, high=0.856, unlabelled=0.93)
TESTS = (
    AlbumTest("Birds of prey", 41, 10, 0.55, 0.91),
    AlbumTest("Cats", 64, 16, 0.80, 0.86),
    AlbumTest("Coffee", 12, 3, 0.40, 0.93),
    AlbumTest("Lynx and other wild cats of the mountains, seen from afar", 9, 2, 0.62, 0.54),
    AlbumTest("Rockets", 30, 8, 0.70, 0.70),
    AlbumTest("Sketches", 3, 0, None, None),
)
REPORT = LearningReport(
    head=7,
    loss="subcenter-arcface",
    albums=6,
    photos=159,
    seconds=14.2,
    before=BEFORE,
    after=AFTER,
    accepted=True,
    reason="It finds clearly more photos of the same album, and leaves other photos nearly as they were.",
    advice=("“Lynx” and “Cats” share photos that look alike: say “not this” to a few, or join the two.",),
    tests=TESTS,
    confused=(Confusion("Lynx", "Cats", 0.31), Confusion("Cats", "Lynx", 0.09)),
    curve=((20, 0.66), (40, 0.71), (80, 0.77), (159, 0.823)),
    left_out=(("Sketches", "It has 3 photos that look all the same; 4 different ones are enough."),),
)
REFUSED = replace(
    REPORT,
    head=None,
    accepted=False,
    after=replace(AFTER, mmp5=0.643, low=0.606, high=0.68, p1=0.70, unlabelled=0.81),
    reason="The gain of 0.5 points is within what chance does (95 % sure: -2.1 to 3.0).",
    advice=("Add about 5 photos to each of “Coffee” and “Sketches”.", "Split “Birds” where it holds two kinds."),
)
GENERAL = HeadState(0, "General", 0.0, True, "", 0, 0, None, None, False)
LEARNT = HeadState(7, "6 albums, 159 photos", 1_764_000_000.0, False, "subcenter-arcface", 6, 159, BEFORE, AFTER, False)
IMPORTED = HeadState(9, "Butterflies of the club", 1_763_000_000.0, False, "arcface", 40, 900, BEFORE, AFTER, True)


def using(head_id: int, *heads: HeadState) -> tuple[HeadState, ...]:
    return tuple(replace(head, in_use=head.id == head_id) for head in (*heads, GENERAL))


def heads_in_turn(worker: Pretender, *heads: HeadState) -> None:
    """Answers as the worker does; the general head searches at first."""
    used = [0]

    def use(command: UseHead) -> Heads:
        used[0] = command.head_id
        return Heads(command.request, using(used[0], *heads))

    def tell(command: ListHeads | ExportHead) -> Heads:
        return Heads(command.request, using(used[0], *heads))

    worker.answers[UseHead] = use
    worker.answers[ListHeads] = worker.answers[ExportHead] = tell


def test_what_is_missing_before_albums_can_be_learned() -> None:
    def albums(*counts: int) -> tuple[Album, ...]:
        return tuple(Album(number, f"Album {number}", photos, 0) for number, photos in enumerate(counts))

    assert missing_text(albums()) == "Needs 2 albums with 3 photos each."
    assert missing_text(albums(2, 1)) == "Needs 2 albums with 3 photos each."
    assert missing_text(albums(9)) == "Needs one more album with 3 photos."
    assert missing_text(albums(9, 0, 1, 2)) == "“Album 3” needs 1 more photo."
    assert missing_text(albums(3, 3)) == ""


def test_the_outcome_in_words() -> None:
    assert headline(REPORT) == "Search finds more of what you mean."
    assert "stays as it was" in headline(REFUSED)
    assert headline(replace(REFUSED, before=None, after=None)) == "Nothing was changed."
    assert change(0.638, 0.823) == "64 → 82 %"
    assert seconds_text(0.2) == "1 second"
    assert seconds_text(200) == "3 minutes"
    assert "still rising" in curve_text(REPORT.curve)
    assert "levelled off" in curve_text(((20, 0.6), (40, 0.601)))
    assert curve_text(((20, 0.6),)) == ""
    assert "Learned on" in head_facts(LEARNT)
    assert "64 → 82 %" in head_facts(LEARNT)
    assert "Imported" in head_facts(IMPORTED)
    assert [percent(chance) for chance in (0.002, 0.871, 0.9999)] == ["< 1 %", "87 %", "> 99 %"]


def test_albums_are_shown_by_what_they_gained_and_scroll(qtbot: QtBot) -> None:
    chart = GainChart()
    qtbot.addWidget(chart)
    chart.resize(600, 400)
    chart.show()
    chart.show_tests(TESTS)
    assert [test.album.split()[0] for test in chart.tests] == ["Coffee", "Birds", "Cats", "Rockets", "Lynx", "Sketches"]
    assert chart.verticalScrollBar().maximum() == 0
    assert "Coffee: 40 → 93 %" in chart.accessibleDescription()
    chart.show_tests(tuple(AlbumTest(f"Album {number}", 9, 3, 0.5, number / 80) for number in range(80)))
    assert chart.verticalScrollBar().maximum() > 1000
    assert chart.height() < 400
    first = chart.grab().toImage()
    chart.verticalScrollBar().setValue(chart.verticalScrollBar().maximum())
    assert chart.grab().toImage() != first


def test_a_curve_of_one_point_is_painted(qtbot: QtBot) -> None:
    chart = CurveChart()
    qtbot.addWidget(chart)
    chart.show_curve(((12, 1.0),), 1.0)
    chart.resize(300, 190)
    assert not chart.grab().isNull()


@pytest.mark.slow
def test_learning_from_the_button_to_the_report(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    window = conductor.window
    button, note = window.sidebar.learn.button, window.sidebar.learn.note
    heads_in_turn(worker, LEARNT)
    make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg", "coffee 1.jpg", "coffee 2.jpg"))
    assert not button.isEnabled()
    assert "one more album" in note.text()
    make_album(conductor, qtbot, "Cats", ids(conductor, "chelsea 0.jpg", "chelsea 1.jpg", "chelsea 2.jpg"))
    qtbot.waitUntil(button.isEnabled, timeout=WORKER_MS)
    worker.answers[Learn] = lambda command: Progress(0, "learn", 3, 20, 0.0, 9.0, paused=False)
    qtbot.mouseClick(button, LEFT)
    assert not button.isEnabled()
    assert len(worker.of(Learn)) == 1
    qtbot.waitUntil(lambda: window.tasks.label.text() == "Learning your albums · 15 % · a few seconds left")
    conductor.client.received.emit(Progress(0, "test", 1, 2, 0.0, None, paused=False))
    assert window.tasks.label.text() == "Testing what was learned · 50 %"
    conductor.client.received.emit(Heads(0, using(7, LEARNT)))
    conductor.client.received.emit(Learned(worker.of(Learn)[0].request, REPORT))
    conductor.client.received.emit(JobEnded(0, None))
    assert window.pages.currentWidget() is window.report
    assert window.report.headline.text() == "Search finds more of what you mean."
    assert window.report.five.number.text() == "64 → 82 %"
    assert "79 to 86 %" in window.report.five.note.text()
    assert button.isEnabled()
    assert not window.report.use_button.isVisible()
    qtbot.mouseClick(window.report.general_button, LEFT)
    qtbot.waitUntil(window.report.use_button.isVisible, timeout=WORKER_MS)
    assert worker.of(UseHead)[-1].head_id == 0
    qtbot.mouseClick(window.report.use_button, LEFT)
    qtbot.waitUntil(window.report.general_button.isVisible, timeout=WORKER_MS)
    assert note.text() == "6 albums learned"
    qtbot.keyClick(window.report, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.browsing


@pytest.mark.slow
def test_a_refusal_says_why_and_what_would_help(conductor: Conductor, worker: Pretender) -> None:
    report = conductor.window.report
    conductor.client.received.emit(Learned(0, REFUSED))
    assert report.isVisible()
    assert "within what chance does" in report.reason.text()
    assert "Coffee" in report.advice.lines.text()
    assert not report.use_button.isVisible()
    assert not report.export_button.isVisible()
    conductor.client.received.emit(
        Learned(0, replace(REFUSED, before=None, after=None, tests=(), curve=(), confused=()))
    )
    assert not report.figures.isVisible()
    assert not report.albums.isVisible()
    assert not report.pair.isVisible()


@pytest.mark.slow
def test_learning_that_fails_or_is_cancelled_can_be_begun_again(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    area = conductor.window.sidebar.learn
    worker.answers[Learn] = lambda command: Failed(command.request, "The disk is full.", "Free some space.")
    conductor.teaching.learning.learn()
    assert area.note.text() == "Learning…"
    qtbot.waitUntil(conductor.window.banner.isVisible, timeout=WORKER_MS)
    assert area.note.text() != "Learning…"
    conductor.client.received.emit(Progress(0, "learn", 0, 0, 0.0, None, paused=False))
    assert area.note.text() == "Learning…"
    conductor.client.received.emit(JobEnded(0, None))
    assert area.note.text() != "Learning…"


@pytest.mark.slow
def test_doubtful_photos_are_opened_and_looked_for(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    window = conductor.window
    photos = ids(conductor, "coffee 0.jpg", "rocket 0.jpg")
    doubts = tuple(Doubt(photo, Path("x"), "Cats", "Lynx") for photo in photos)
    conductor.client.received.emit(Learned(0, replace(REPORT, doubts=doubts)))
    strip = window.report.strip
    assert strip._tile(0).name == "Cats → Lynx?"
    window.report.area.ensureWidgetVisible(strip)
    strip.setFocus()
    strip.grid.go_to(1)
    assert conductor.target_ids() == photos[1:]
    qtbot.keyClick(strip.grid, Qt.Key.Key_Return)
    assert window.preview.photo is not None
    assert window.preview.photo.id == photos[1]
    qtbot.keyClick(window.preview, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.report
    qtbot.keyClick(strip.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)


@pytest.mark.slow
def test_versions_are_used_exported_and_imported(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, tmp_path: Path
) -> None:
    window = conductor.window
    heads_in_turn(worker, LEARNT)
    conductor.client.received.emit(Heads(0, using(0, LEARNT)))
    qtbot.mouseClick(window.sidebar.learn.versions, LEFT)
    qtbot.waitUntil(lambda: len(window.heads.rows) == 2, timeout=WORKER_MS)
    qtbot.mouseClick(window.heads.rows[0].use_button, LEFT)
    qtbot.waitUntil(lambda: window.heads.rows[0].head.in_use, timeout=WORKER_MS)
    assert "6 albums, 159 photos" in window.tasks.label.text()
    qtbot.mouseClick(window.heads.rows[0].export_button, LEFT)
    box = window.findChild(QMessageBox)
    box.findChild(QCheckBox).setChecked(True)
    box.buttons()[0].click()
    dialog = window.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "mine.guie-head"))
    dialog.reject()
    assert worker.of(ExportHead)[-1].path == tmp_path / "mine.guie-head"
    assert worker.of(ExportHead)[-1].with_names
    qtbot.waitUntil(lambda: "Written to" in window.tasks.label.text(), timeout=WORKER_MS)
    worker.answers[ImportHead] = lambda command: Heads(command.request, using(7, IMPORTED, LEARNT))
    qtbot.mouseClick(window.heads.import_button, LEFT)
    dialog = next(one for one in window.findChildren(QFileDialog) if one.isVisible())
    dialog.fileSelected.emit(str(tmp_path / "theirs.guie-head"))
    dialog.reject()
    qtbot.waitUntil(lambda: len(window.heads.rows) == 3, timeout=WORKER_MS)
    assert "Butterflies" in window.tasks.label.text()
    assert not window.heads.rows[0].report_button.isVisible()
    worker.answers[ReadReport] = lambda command: Learned(command.request, REPORT)
    qtbot.mouseClick(window.heads.rows[1].report_button, LEFT)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.report, timeout=WORKER_MS)
    assert worker.of(ReadReport)[-1].head_id == LEARNT.id
    activate(conductor, qtbot)
    qtbot.keyClick(window.report, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.heads  # where the report was opened
    worker.answers[UseHead] = lambda command: Failed(command.request, "It is of another model.", "Use that model.")
    qtbot.mouseClick(window.heads.rows[2].use_button, LEFT)
    qtbot.waitUntil(window.banner.isVisible, timeout=WORKER_MS)


@pytest.mark.slow
def test_what_is_on_screen_is_ranked_anew_when_another_head_searches(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    heads_in_turn(worker, LEARNT)
    conductor.client.received.emit(Heads(0, using(0, LEARNT)))
    browse(conductor, qtbot, make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg")))
    qtbot.waitUntil(lambda: len(worker.of(Suggest)) == 1, timeout=WORKER_MS)
    conductor.teaching.heads.use(LEARNT.id)
    qtbot.waitUntil(lambda: len(worker.of(Suggest)) == 2, timeout=WORKER_MS)
    activate(conductor, qtbot)
    go_to(conductor, "coffee 0.jpg")
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    first = conductor.search.answer
    conductor.teaching.heads.use(0)
    qtbot.waitUntil(lambda: conductor.search.answer is not first, timeout=WORKER_MS)


@pytest.mark.slow
def test_pictures_of_learning(
    conductor: Conductor,
    worker: Pretender,
    shoot: Callable[[QWidget, str], None],  # noqa: F811
    qtbot: QtBot,
) -> None:
    def take(name: str) -> None:
        qtbot.wait(150)
        shoot(window, name)

    window = conductor.window
    heads_in_turn(worker, LEARNT, IMPORTED)
    make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg", "coffee 1.jpg", "coffee 2.jpg"))
    take("learn-missing")
    make_album(conductor, qtbot, "Cats", ids(conductor, "chelsea 0.jpg", "chelsea 1.jpg", "chelsea 2.jpg"))
    qtbot.waitUntil(window.sidebar.learn.button.isEnabled, timeout=WORKER_MS)
    conductor.client.received.emit(Heads(0, using(7, LEARNT, IMPORTED)))
    photos = ids(conductor, "coffee 0.jpg", "rocket 0.jpg", "chelsea 0.jpg")
    doubts = tuple(Doubt(photo, Path("x"), "Cats", "Lynx and other wild cats") for photo in photos)
    conductor.client.received.emit(Learned(0, replace(REPORT, doubts=doubts)))
    take("report")
    bar = window.report.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    take("report-end")
    many = tuple(AlbumTest(f"Album {number:02}", 9, 3, 0.35 + number / 200, 0.6 + number / 240) for number in range(80))
    conductor.client.received.emit(Progress(0, "learn", 9, 20, 0.0, 12.0, paused=False))
    conductor.client.received.emit(Learned(0, replace(REFUSED, tests=many)))
    take("report-refused-80")
    window.resize(640, 560)
    conductor.client.received.emit(Learned(0, replace(REPORT, doubts=doubts)))
    take("report-narrow")
    bar.setValue(bar.maximum() // 2)
    take("report-narrow-middle")
    window.resize(1180, 780)
    qtbot.mouseClick(window.sidebar.learn.versions, LEFT)
    conductor.client.received.emit(Heads(0, using(7, LEARNT, IMPORTED)))
    take("versions")
    window.resize(640, 480)
    take("versions-narrow")
    conductor.teaching.heads.export(LEARNT)
    box = window.findChild(QMessageBox)
    shoot(box, "versions-export")
    box.reject()


@pytest.mark.slow
def test_the_whole_way_with_a_real_worker(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    for name in ("coffee", "chelsea", "rocket"):
        make_album(conductor, qtbot, name, ids(conductor, f"{name} 0.jpg", f"{name} 1.jpg"))
    browse(conductor, qtbot, conductor.teaching.albums.albums[1])
    strip = window.suggestions.strip
    qtbot.waitUntil(lambda: strip.isVisible() and strip.photos.rowCount() > 0, timeout=WORKER_MS)
    first = strip.photo_at(0)
    assert first is not None
    assert first.path.name == "coffee 2.jpg"
    activate(conductor, qtbot)
    strip.setFocus()
    qtbot.keyClick(strip.grid, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 3, timeout=WORKER_MS)
    assert not window.sidebar.learn.button.isEnabled()
    window.sidebar.go_to(ALL_PHOTOS)
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 14, timeout=WORKER_MS)
    for album in conductor.teaching.albums.albums:
        conductor.teaching.albums.put(album, ids(conductor, f"{album.name} 2.jpg"))
    qtbot.waitUntil(window.sidebar.learn.button.isEnabled, timeout=WORKER_MS)
    qtbot.mouseClick(window.sidebar.learn.button, LEFT)
    qtbot.waitUntil(window.report.isVisible, timeout=2 * WORKER_MS)
    assert window.report.reason.text()
    qtbot.waitUntil(window.sidebar.learn.button.isEnabled, timeout=WORKER_MS)
    assert conductor.teaching.heads.in_use is not None
