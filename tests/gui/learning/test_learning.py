"""Learning in the window: the button, the report and the versions; the worker's part is played."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from guie_desktop.domain import ALL_PHOTOS, Album
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.learning.curve_chart import CurveChart
from guie_desktop.gui.learning.gain_chart import FEW, GainChart, scale_of
from guie_desktop.gui.learning.scale import scale_between
from guie_desktop.gui.learning.wording import change, curve_text, head_facts, head_name, headline, missing_text
from guie_desktop.learned import Advice, AlbumTest, HeadState, LabelIssue, LearningReport, Reason, TooFewPhotos
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
from tests.gui.driving import LEFT, WORKER_MS, activate, browse, go_to, ids, make_album, wait_for_hits
from tests.gui.learning.outcomes import FITTED, IMPORTED, LEARNT, REFUSED, REPORT, TAKEN_IN, TESTS, beside, using
from tests.gui.pretending import Pretender


def heads_in_turn(worker: Pretender, *heads: HeadState) -> None:
    """Answers as the worker does; the general head searches at first."""
    used = [0]

    def use(command: UseHead) -> Heads:
        used[0] = command.head_id
        return Heads(using(used[0], *heads))

    def tell(command: ListHeads | ExportHead) -> Heads:
        return Heads(using(used[0], *heads))

    worker.answers[UseHead] = use
    worker.answers[ListHeads] = worker.answers[ExportHead] = tell


def learn(conductor: Conductor, worker: Pretender, report: LearningReport) -> None:
    """Press the button, have it come to this, and look at the report."""
    worker.hold(Learn)
    conductor.learning.controller.learn()
    worker.reply(Learn, Learned(report))
    conductor.window.learned.accept_button.click()


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
    assert change(0.638, 0.823) == "64 → 82%"
    assert "still rising" in curve_text(REPORT.curve)
    assert "Nearly all" in curve_text(((20, 0.9), (40, 1.0)))
    assert "levelled off" in curve_text(((20, 0.6), (40, 0.601)))
    assert curve_text(((20, 0.6),)) == ""
    assert "Learned on" in head_facts(LEARNT)
    assert "64 → 82%" in head_facts(LEARNT)
    assert "Imported" in head_facts(IMPORTED)


def test_albums_are_shown_by_what_they_gained(qtbot: QtBot) -> None:
    chart = GainChart()
    qtbot.addWidget(chart)
    chart.resize(600, 400)
    chart.show()
    chart.show_tests(TESTS)
    assert [test.album.split()[0] for test in chart.tests] == ["Coffee", "Birds", "Cats", "Rockets", "Lynx", "Sketches"]
    assert "Coffee: 40 → 93%" in chart.accessibleDescription()
    few = chart.sizeHint().height()
    chart.show_tests(tuple(AlbumTest(f"Album {number}", 9, 3, 0.5, number / 80) for number in range(80)))
    assert [test.album for test in chart.shown] == [f"Album {number}" for number in range(79, 79 - FEW, -1)]
    chart.show_all()
    assert len(chart.shown) == 80
    assert chart.sizeHint().height() > 10 * few
    assert not chart.grab().isNull()


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=9))
def test_the_scale_holds_all_that_is_shown_and_no_more_than_it_needs(shares: list[tuple[float, float]]) -> None:
    scale = scale_of([AlbumTest("x", 3, 3, *pair) for pair in shares] + [AlbumTest("y", 3, 0, None, None)])
    least = min((value for pair in shares for value in pair), default=0.0)
    assert scale[0] <= least + 1e-6
    assert scale[-1] == 1
    assert 3 <= len(scale) <= 5
    assert least < 0.9 or scale == (0.9, 0.95, 1.0)


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_stands_beside_a_chart_is_round_and_true(one: float, other: float) -> None:
    least, most = sorted((one, other))
    scale = scale_between(least, most)
    assert scale[0] <= least + 1e-6
    assert scale[-1] >= most - 1e-6
    assert 0 <= scale[0] < scale[-1] <= 1
    assert 3 <= len(scale) <= 5
    assert all(round(share * 100) % 5 == 0 and share == round(share, 2) for share in scale)


def test_a_curve_stands_beside_round_numbers(qtbot: QtBot) -> None:
    chart = CurveChart()
    qtbot.addWidget(chart)
    chart.show_curve(((39, 0.902), (119, 1.0)), 0.912)
    assert chart.scale == (0.9, 0.95, 1.0)


def test_a_curve_of_one_point_is_painted(qtbot: QtBot) -> None:
    chart = CurveChart()
    qtbot.addWidget(chart)
    chart.show_curve(((12, 1.0),), 1.0)
    chart.resize(300, 190)
    assert not chart.grab().isNull()


def test_learning_from_the_button_to_the_report(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    window = conductor.window
    button, note = window.sidebar.learn.button, window.sidebar.learn.note
    heads_in_turn(worker, LEARNT)
    make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg", "coffee 1.jpg", "coffee 2.jpg"))
    assert not button.isEnabled()
    assert "one more album" in note.text()
    make_album(conductor, qtbot, "Cats", ids(conductor, "chelsea 0.jpg", "chelsea 1.jpg", "chelsea 2.jpg"))
    qtbot.waitUntil(button.isEnabled, timeout=WORKER_MS)
    worker.hold(Learn)
    qtbot.mouseClick(button, LEFT)
    conductor.client.deliver(Progress("learn", 3, 20, 0.0, 9.0, paused=False))
    assert not button.isEnabled()
    assert len(worker.of(Learn)) == 1
    assert window.status.tasks.label.text() == "Learning your albums · 15% · a few seconds left"
    conductor.client.deliver(Progress("test", 1, 2, 0.0, None, paused=False))
    assert window.status.tasks.label.text() == "Testing what was learned · 50%"
    conductor.client.deliver(JobEnded(None))
    conductor.client.deliver(Heads(using(7, LEARNT)))
    qtbot.mouseClick(window.status.model_button, LEFT)
    worker.reply(Learn, Learned(REPORT))
    assert window.pages.currentWidget() is conductor.backbones.page  # nobody is taken away from what he looks at
    assert window.learned.title.text() == "Search finds more of what you mean."
    qtbot.mouseClick(window.learned.accept_button, LEFT)
    assert not window.learned.isVisible()
    assert window.pages.currentWidget() is conductor.learning.report
    assert conductor.learning.report.headline.text() == "Search finds more of what you mean."
    assert conductor.learning.report.five.number.text() == "64 → 82%"
    assert "79 to 86%" in conductor.learning.report.five.note.text()
    assert button.isEnabled()
    assert not conductor.learning.report.use_button.isVisible()
    qtbot.mouseClick(conductor.learning.report.general_button, LEFT)
    qtbot.waitUntil(conductor.learning.report.use_button.isVisible, timeout=WORKER_MS)
    assert worker.of(UseHead)[-1].head_id == 0
    qtbot.mouseClick(conductor.learning.report.use_button, LEFT)
    qtbot.waitUntil(conductor.learning.report.general_button.isVisible, timeout=WORKER_MS)
    assert note.text() == "6 albums learned"
    qtbot.keyClick(conductor.learning.report, Qt.Key.Key_Escape)
    qtbot.keyClick(conductor.backbones.page, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.browsing
    qtbot.waitUntil(button.isEnabled, timeout=WORKER_MS)
    qtbot.mouseClick(button, LEFT)
    worker.reply(Learn, Learned(REFUSED))
    assert window.learned.title.text() == "It was not clearly better, so search stays as it was."
    assert window.pages.currentWidget() is window.browsing
    qtbot.mouseClick(button, LEFT)
    assert not window.learned.isVisible()  # what it told is over


def test_another_head_is_a_deed_and_an_undo_that_is_refused_says_so(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    heads_in_turn(worker, LEARNT)
    heads, undo, said = conductor.learning.heads, conductor.undo, conductor.window.status.tasks.label
    worker.hold(Learn)
    conductor.learning.controller.learn()
    conductor.client.deliver(Heads(using(LEARNT.id, LEARNT)))
    worker.reply(Learn, Learned(REPORT))
    assert undo.next_undo == f"Undo: Search now uses “{LEARNT.title}”"
    conductor.window.undo.trigger()
    qtbot.waitUntil(lambda: not heads.is_personal, timeout=WORKER_MS)
    assert said.text() == f"Undone: Search now uses “{LEARNT.title}”."
    conductor.window.redo.trigger()
    qtbot.waitUntil(lambda: heads.is_personal, timeout=WORKER_MS)
    heads.use(0)
    qtbot.waitUntil(lambda: undo.next_undo == "Undo: Search now uses the general ranking", timeout=WORKER_MS)
    worker.answers[UseHead] = lambda command: Failed("It is of another model.", "Use that model.")
    conductor.window.undo.trigger()
    qtbot.waitUntil(conductor.window.banner.isVisible, timeout=WORKER_MS)
    assert conductor.window.banner.title.text() == "It is of another model."
    assert said.text() == "Not undone: Search now uses the general ranking."
    assert undo.next_undo == "Undo: Search now uses the general ranking"


def test_where_another_model_is_used_that_it_has_learned_nothing_is_told(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    window = conductor.window
    for name, cats in (("Cups", "coffee"), ("Cats", "chelsea")):
        make_album(conductor, qtbot, name, ids(conductor, *(f"{cats} {number}.jpg" for number in range(3))))
    qtbot.waitUntil(window.sidebar.learn.button.isEnabled, timeout=WORKER_MS)
    conductor.client.deliver(Heads(using(LEARNT.id, LEARNT)))
    window.status.tasks.end_message()
    conductor.client.deliver(Heads(using(0), for_others=True))
    assert window.status.tasks.label.text() == "Your albums are to be learned for this model, too."
    assert window.sidebar.learn.note.text() == "Not learned for this model yet"
    conductor.client.deliver(Heads(using(LEARNT.id, LEARNT), for_others=True))
    assert window.sidebar.learn.note.text() != "Not learned for this model yet"


def test_a_refusal_says_why_and_what_would_help(conductor: Conductor, worker: Pretender) -> None:
    report = conductor.learning.report
    learn(conductor, worker, REFUSED)
    assert report.isVisible()
    assert "within what chance does" in report.reason.text()
    assert "Coffee" in report.advice.lines.text()
    assert not report.use_button.isVisible()
    assert not report.export_button.isVisible()
    learn(conductor, worker, replace(REFUSED, before=None, after=None, tests=(), curve=(), confused=()))
    assert not report.figures.isVisible()
    assert not report.albums.isVisible()
    assert not report.pair.isVisible()


def test_what_the_worker_found_is_said_in_sentences(conductor: Conductor, worker: Pretender) -> None:
    found = replace(
        REFUSED,
        reason=Reason("unlabelled ranked anew", 0.4, 0.6, agreement=0.42),
        advice=(Advice("confused", ("Lynx", "Cats")), Advice("more photos in", ("Coffee",))),
        left_out=(("Sketches", TooFewPhotos(1)),),
    )
    learn(conductor, worker, found)
    report = conductor.learning.report
    assert "only 42% of their nearest would stay." in report.reason.text()
    assert report.advice.lines.text().splitlines() == [
        "“Lynx” is often taken for “Cats”. Are some photos in the wrong album?",
        "More photos would help most in Coffee.",
    ]
    assert report.left_out.lines.text() == "Sketches: It has 1 photo; put 2 more into it."


def test_learning_that_fails_or_is_cancelled_can_be_begun_again(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    area = conductor.window.sidebar.learn
    worker.answers[Learn] = lambda command: Failed("The disk is full.", "Free some space.")
    conductor.learning.controller.learn()
    assert area.note.text() == "Learning…"
    qtbot.waitUntil(conductor.window.banner.isVisible, timeout=WORKER_MS)
    assert area.note.text() != "Learning…"
    conductor.client.deliver(Progress("learn", 0, 0, 0.0, None, paused=False))
    assert area.note.text() == "Learning…"
    conductor.client.deliver(JobEnded(None))
    assert area.note.text() != "Learning…"


def test_doubtful_photos_are_opened_and_looked_for(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    window = conductor.window
    photos = ids(conductor, "coffee 0.jpg", "rocket 0.jpg")
    label_issues = tuple(LabelIssue(photo, Path("x"), "Cats", "Lynx") for photo in photos)
    learn(conductor, worker, replace(REPORT, label_issues=label_issues))
    strip = conductor.learning.report.strip
    assert strip.tile(0).name == "Cats → Lynx?"
    conductor.learning.report.area.ensureWidgetVisible(strip)
    strip.setFocus()
    strip.grid.go_to(1)
    assert conductor.selection.ids() == photos[1:]
    qtbot.keyClick(strip.grid, Qt.Key.Key_Return)
    assert window.preview.photo is not None
    assert window.preview.photo.id == photos[1]
    qtbot.keyClick(window.preview, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is conductor.learning.report
    qtbot.keyClick(strip.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)


def test_versions_are_used_exported_and_imported(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, tmp_path: Path
) -> None:
    window = conductor.window
    heads_in_turn(worker, LEARNT)
    conductor.client.deliver(Heads(using(0, LEARNT)))
    qtbot.mouseClick(window.sidebar.learn.versions, LEFT)
    qtbot.waitUntil(lambda: len(conductor.learning.versions.rows) == 2, timeout=WORKER_MS)
    qtbot.mouseClick(conductor.learning.versions.rows[0].use_button, LEFT)
    qtbot.waitUntil(lambda: conductor.learning.versions.rows[0].head.in_use, timeout=WORKER_MS)
    assert "6 albums, 159 photos" in window.status.tasks.label.text()
    qtbot.mouseClick(conductor.learning.versions.rows[0].export_button, LEFT)
    box = window.findChild(QMessageBox)
    assert box is not None
    with_names = box.findChild(QCheckBox)
    assert with_names is not None
    with_names.setChecked(True)
    box.buttons()[0].click()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "mine.guie-head"))
    dialog.reject()
    assert worker.of(ExportHead)[-1].path == tmp_path / "mine.guie-head"
    assert worker.of(ExportHead)[-1].with_names
    qtbot.waitUntil(lambda: "Written to" in window.status.tasks.label.text(), timeout=WORKER_MS)
    assert "mine.guie-head" in conductor.undo.next_undo
    worker.answers[ImportHead] = lambda command: Heads(using(7, IMPORTED, LEARNT))
    qtbot.mouseClick(conductor.learning.versions.import_button, LEFT)
    dialog = next(one for one in window.findChildren(QFileDialog) if one.isVisible())
    dialog.fileSelected.emit(str(tmp_path / "theirs.guie-head"))
    dialog.reject()
    qtbot.waitUntil(lambda: len(conductor.learning.versions.rows) == 3, timeout=WORKER_MS)
    assert "Butterflies" in window.status.tasks.label.text()
    assert not conductor.learning.versions.rows[0].report_button.isVisible()
    worker.answers[ReadReport] = lambda command: Learned(REPORT)
    qtbot.mouseClick(conductor.learning.versions.rows[1].report_button, LEFT)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is conductor.learning.report, timeout=WORKER_MS)
    assert worker.of(ReadReport)[-1].head_id == LEARNT.id
    activate(conductor, qtbot)
    qtbot.keyClick(conductor.learning.report, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is conductor.learning.versions  # where the report was opened
    worker.answers[UseHead] = lambda command: Failed("It is of another model.", "Use that model.")
    qtbot.mouseClick(conductor.learning.versions.rows[2].use_button, LEFT)
    qtbot.waitUntil(window.banner.isVisible, timeout=WORKER_MS)


def test_a_general_head_is_taken_in_used_and_left_beside_what_was_learned(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, tmp_path: Path
) -> None:
    window, learning = conductor.window, conductor.learning
    general = [TAKEN_IN.id]

    def use(command: UseHead) -> Heads:
        general[0] = command.head_id
        return Heads(beside(general[0], using(7, LEARNT)))

    worker.answers[ListHeads] = lambda command: Heads(using(7, LEARNT))
    worker.answers[ImportHead] = lambda command: Heads(beside(general[0], using(7, LEARNT)))
    worker.answers[UseHead] = use
    conductor.client.deliver(Heads(using(7, LEARNT)))
    qtbot.mouseClick(window.sidebar.learn.versions, LEFT)
    qtbot.mouseClick(learning.versions.import_button, LEFT)
    changes: list[int] = []
    learning.heads.changed.connect(lambda: changes.append(general[0]))
    dialog = next(one for one in window.findChildren(QFileDialog) if one.isVisible())
    dialog.fileSelected.emit(str(tmp_path / "study.head"))
    dialog.reject()
    qtbot.waitUntil(lambda: len(learning.versions.rows) == 4, timeout=WORKER_MS)
    learned, alone, taken_in, fitted = learning.versions.rows
    assert "learn your albums again" in window.status.tasks.label.text()
    assert [row.head.in_use for row in learning.versions.rows] == [True, False, True, False]
    assert [row.report_button.isHidden() for row in learning.versions.rows] == [False, True, True, True]
    assert [row.export_button.isHidden() for row in learning.versions.rows] == [False, True, False, True]
    assert "study.head" in head_name(taken_in.head)
    assert "fitted to this library" in head_name(fitted.head)
    assert head_name(alone.head) == "General ranking"
    assert head_name(learned.head) == "6 albums, 159 photos"
    assert "64 → 82%" in head_facts(taken_in.head)
    assert "34,800 kinds" in head_facts(taken_in.head)
    assert "64" not in head_facts(replace(taken_in.head, photos=0, before=None))
    assert "without albums" in head_facts(fitted.head)
    assert changes == [TAKEN_IN.id]  # so that what is on screen is ranked anew

    # --- the way back
    conductor.undo.take_back()
    qtbot.waitUntil(lambda: changes[-1] == FITTED.id, timeout=WORKER_MS)
    assert learning.heads.is_personal
    qtbot.mouseClick(learning.versions.rows[2].use_button, LEFT)
    qtbot.waitUntil(lambda: changes[-1] == TAKEN_IN.id, timeout=WORKER_MS)
    assert "study.head" in conductor.undo.next_undo
    qtbot.mouseClick(learning.versions.rows[3].use_button, LEFT)
    qtbot.waitUntil(lambda: changes[-1] == FITTED.id, timeout=WORKER_MS)
    assert "fitted to this library" in conductor.undo.next_undo
    conductor.undo.take_back()
    qtbot.waitUntil(lambda: changes[-1] == TAKEN_IN.id, timeout=WORKER_MS)


def test_what_is_on_screen_is_ranked_anew_when_another_head_searches(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    heads_in_turn(worker, LEARNT)
    conductor.client.deliver(Heads(using(0, LEARNT)))
    browse(conductor, qtbot, make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg")))
    qtbot.waitUntil(lambda: bool(worker.of(Suggest)), timeout=WORKER_MS)
    asked = len(worker.of(Suggest))
    conductor.learning.heads.use(LEARNT.id)
    qtbot.waitUntil(lambda: len(worker.of(Suggest)) > asked, timeout=WORKER_MS)
    activate(conductor, qtbot)
    go_to(conductor, "coffee 0.jpg")
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    first = conductor.search.answer
    conductor.learning.heads.use(0)
    qtbot.waitUntil(lambda: conductor.search.answer is not first, timeout=WORKER_MS)


@pytest.mark.slow
def test_the_whole_way_with_a_real_worker(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    for name in ("coffee", "chelsea", "rocket"):
        make_album(conductor, qtbot, name, ids(conductor, f"{name} 0.jpg", f"{name} 1.jpg"))
    browse(conductor, qtbot, conductor.albums.controller.albums[1])
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
    for album in conductor.albums.controller.albums:
        conductor.albums.controller.put(album, ids(conductor, f"{album.name} 2.jpg"))
    qtbot.waitUntil(window.sidebar.learn.button.isEnabled, timeout=WORKER_MS)
    qtbot.mouseClick(window.sidebar.learn.button, LEFT)
    qtbot.waitUntil(window.learned.isVisible, timeout=2 * WORKER_MS)
    qtbot.mouseClick(window.learned.accept_button, LEFT)
    assert conductor.learning.report.reason.text()
    qtbot.waitUntil(window.sidebar.learn.button.isEnabled, timeout=WORKER_MS)
    assert conductor.learning.heads.in_use is not None
