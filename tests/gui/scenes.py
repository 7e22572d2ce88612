"""Every view of the window with something in it, and rather too much of it than too little."""

from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from guie_desktop.asking import EVERYTHING, Answer, Hit
from guie_desktop.computing import ComputingChoices
from guie_desktop.disk.photo_count import PhotoCount
from guie_desktop.domain import ChosenPhotos, Counts, Failure, Place, ReadingChoices, Region
from guie_desktop.duplicates import DuplicateGroup
from guie_desktop.embedding.parts import PARTS
from guie_desktop.gui.backbones.wording import offer_text
from guie_desktop.gui.backend.failure_reporter import Help
from guie_desktop.gui.browsing.name_finding import NONE
from guie_desktop.gui.duplicates.keeping import Keeping
from guie_desktop.gui.duplicates.wording import differences_of, heading_of, summary
from guie_desktop.gui.learning.wording import headline, missing_text, training_summary
from guie_desktop.gui.look.progress_wording import left_text
from guie_desktop.gui.map.contents import MapContents
from guie_desktop.gui.map.names import Label
from guie_desktop.gui.map.plane import Plane
from guie_desktop.gui.photos.photo_facts import facts_of
from guie_desktop.gui.photos.photo_mime import add_ids
from guie_desktop.gui.photos.scrubber import Scrubber
from guie_desktop.gui.preview.compare_view import Compared
from guie_desktop.gui.search.drop_overlay import ON_THE_BAR
from guie_desktop.gui.shared.wording import found
from guie_desktop.gui.welcome.controller import ALBUMS as ALBUMS_HINT
from guie_desktop.gui.welcome.controller import DROP
from guie_desktop.gui.widgets.buttons import set_name
from guie_desktop.language import ntr, tr
from guie_desktop.learned import LearningReport
from guie_desktop.library.disk_use import DiskUse
from guie_desktop.messages import LeftToDo, PartsHeld, Problem, Progress
from guie_desktop.noted import PhotoFacts, PhotoNotes
from guie_desktop.sentences import Sentence
from tests.gui.backbones.states import LITE, LONG, PENDING, SIGLIP
from tests.gui.samples import GENERAL, IMPORTED, LEARNT, READING, REFUSED, REPORT
from tests.gui.stage import ALBUMS, DIRECTORIES, FOLDERS, LONG_NAME, MANY_ALBUMS, NEW, SEARCHES, SHARED, Scene, Stage

_NAMES = "EfficientNet-Lite2"
_NINETEEN = Path("/media/old drive/Photos/Nineteen hundred and ninety-nine")


def browsing(stage: Stage) -> None:
    stage.window.status.tasks.show_progress(READING)
    stage.window.browsing.grid.go_to(2)
    stage.window.sidebar.learn.show_missing(missing_text((ALBUMS[0], replace(ALBUMS[1], photos=1))))


def all_chosen_and_paused(stage: Stage) -> None:
    stage.window.status.tasks.show_progress(replace(READING, paused=True))
    stage.window.browsing.grid.selectAll()
    stage.window.sidebar.learn.show_head(LEARNT, others=True)


def words_and_undo(stage: Stage) -> None:
    stage.window.show_model(replace(LONG, in_use=True))
    stage.window.status.tasks.tell_done(_done(), "undo")
    stage.window.sidebar.show_library(FOLDERS, Counts(7, 1), MANY_ALBUMS)
    stage.window.sidebar.learn.show_running(True)


def what_was_undone(stage: Stage) -> None:
    stage.window.status.tasks.tell_done(tr("Undone: {deed}", deed=_done()), "redo")


def on_battery(stage: Stage) -> None:
    stage.window.status.tasks.show_progress(replace(READING, paused=True, on_battery=True))


def left_to_do(stage: Stage) -> None:
    stage.window.status.tasks.set_left_text(left_text(LeftToDo(unread=1128)))


def hits_so_far(stage: Stage) -> None:
    _answer(stage, alike=5)
    stage.window.search.results.show_unsearchable(1640)
    stage.window.status.tasks.show_progress(replace(READING, stage="embed"))


def not_connected(stage: Stage) -> None:
    stage.loader.offline = frozenset({FOLDERS[0].id})
    stage.window.sidebar.folders.setCurrentItem(stage.window.sidebar.folders.top_line(1))


def chosen(stage: Stage) -> None:
    """Photos with stars and flags, some of them chosen."""
    stage.window.browsing.grid.selectAll()
    stage.window.selection_bar.show_chosen(ChosenPhotos(120_345, 312_000_000_000, 3, 120_345))
    stage.window.selection_bar.show()


def stacks(stage: Stage) -> None:
    """Some photos stand for others that are no less than they."""
    browsing = stage.window.browsing
    browsing.show_stacks({photo_id: 2 + 1199 * (row % 2) for row, photo_id in enumerate(browsing.photos.ids[::2])})


def subfolders(stage: Stage) -> None:
    window, folders = stage.window, stage.window.sidebar.folders
    folders.remember(DIRECTORIES.photos, deep=True)
    window.sidebar.show_library(FOLDERS, Counts(7, 0), ALBUMS, DIRECTORIES)
    window.sidebar.go_to(Place(FOLDERS[1].id, directory=FOLDERS[1].path / "2024" / "Summer"))


def large_tiles(stage: Stage) -> None:
    stage.window.status.zoom.setValue(640)


def small_tiles_and_the_scroll_bar(stage: Stage) -> None:
    stage.window.status.zoom.setValue(96)
    bar = stage.window.browsing.grid.verticalScrollBar()
    assert isinstance(bar, Scrubber)
    bar.setSliderDown(True)
    bar.setSliderPosition(bar.maximum() // 2)
    bar.signs.show_or_hide()


def names_and_a_name_that_is_not_there(stage: Stage) -> None:
    view = stage.window.browsing
    view.line.show_place(LONG_NAME, 120_345)
    view.show_names(True)
    view.grid.go_to(0)
    view.name_field.open()
    view.name_field.line.setText("coffee 99")
    view.name_field.told.set_text(tr(NONE))


def no_albums(stage: Stage) -> None:
    stage.window.sidebar.show_library(FOLDERS, Counts(7, 0), ())
    stage.window.sidebar.learn.show_missing(missing_text(()))


def dragging_onto_albums(stage: Stage) -> None:
    albums = stage.window.sidebar.albums
    mime = QMimeData()
    add_ids(mime, (1, 2))
    copy, left, held = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    # Below all albums where there is room for that, so that a new one is offered.
    place = QPoint(20, albums.viewport().height() - 2)
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(albums.viewport(), kind(place, copy, mime, left, held))


def naming_an_album(stage: Stage) -> None:
    stage.window.sidebar.albums.ask_name((1, 2))


def saved_searches(stage: Stage) -> None:
    """One of them is on, and another search by now than it was when it was saved."""
    _answer(stage, alike=8)
    sidebar, button = stage.window.sidebar, stage.window.search.save_button
    sidebar.searches.list.show_things(SEARCHES)
    sidebar.searches.list.show_changed(2)
    sidebar.show_saved(2)
    set_name(button, tr("Changed since it was saved as “{name}”", name=LONG_NAME))


def naming_a_search(stage: Stage) -> None:
    """One that is a filter alone."""
    stage.window.sidebar.searches.list.show_things(SEARCHES[:1])
    stage.window.filters.show_filters([(tr("Flagged"), True), (tr("In “{album}”", album="Coffee"), True)])
    stage.window.sidebar.searches.ask_name(LONG_NAME, is_filter=True)


def hits(stage: Stage) -> None:
    _answer(stage, alike=5)


def hits_framed(stage: Stage) -> None:
    """Found by parts of photos, with the button that leaves these out."""
    _answer(stage, alike=8, looked_into=120_345)
    stage.window.found.show_hits(_framed(stage))


def _framed(stage: Stage) -> tuple[Hit, ...]:
    return tuple(replace(hit, box=PARTS[7 * hit.rank % len(PARTS)]) if hit.rank % 4 else hit for hit in stage.hits(8))


def hits_decided(stage: Stage) -> None:
    _answer(stage, alike=20, probability=0.95)
    stage.window.found.set_marks({1: "member", 2: "not"})
    stage.window.search.results.ranking.show_album(ALBUMS[1], offer=True)
    stage.window.search.results.ranking.show_said(12, 3)
    stage.window.search.results.ranking.show_rankings("current", offer=True, comparing=False)
    stage.window.show_model(replace(SIGLIP, in_use=True))


def nothing_similar(stage: Stage) -> None:
    _answer(stage, alike=0)
    stage.window.search.results.choose_scope(ALBUMS[1].id)
    stage.window.search.results.show_answer(_as_answer(stage, 0))
    stage.window.search.results.ranking.show_album(None, offer=True)


def search_failed(stage: Stage) -> None:
    stage.window.search.show_question(stage.question(1, text="a cup of coffee beside a spoon"))
    stage.window.show_model(replace(SIGLIP, in_use=True))
    stage.window.search.results.show_failure()
    title = tr("“{name}” could not be read.", name="A journey to the sea in the summer.jpg")
    remedy = tr("Open it in a photo editor and save it anew, or look for another photo.")
    stage.window.show_notice(title, remedy, Help(tr("Try again"), stage.clear))


def recognised(stage: Stage) -> None:
    """What a classifier answers to names, and what it offers while one is written."""
    window = stage.window
    window.show_model(LITE)
    window.search.show_question(stage.question(text=_NAMES))
    hits = tuple(replace(hit, probability=hit.score, is_recognised=True) for hit in stage.hits(5))
    window.found.show_hits(hits)
    answer = replace(_as_answer(stage, 5), hits=hits, known=(_NAMES,), unknown=("1999",), knows=1000)
    window.search.results.show_answer(answer)
    window.show_page(window.found)


def name_that_is_not_known(stage: Stage) -> None:
    window = stage.window
    window.search.show_question(stage.question(text="1999"))
    window.show_model(LITE)
    window.search.results.show_failure()
    title = Sentence("“{words}” is not known.", words="1999")
    known = Sentence("{model} knows {number} things by name.", model=_NAMES, number=1000)
    offer = Sentence(
        "{model} understands any words: {size} MB to download, and about {time} to read your photos.",
        model="SigLIP B/16 224",
        size=813,
        time=Sentence("{hours} hours", hours=12),
    )
    remedy = Sentence("{known} {offer}", known=known, offer=offer)
    window.show_notice(tr(title), tr(remedy), Help(tr("Models"), stage.clear), (_NAMES, "1999"))


def comparison(stage: Stage) -> None:
    _answer(stage, alike=5)
    window = stage.window
    window.search.results.ranking.show_rankings("current", offer=True, comparing=True)
    window.show_page(window.comparison)
    learned = Answer(stage.hits(9, first=3, probability=0.9), "SigLIP", "7", 0.1, nothing_similar=False, personal=1.0)
    window.comparison.show_answers(_as_answer(stage, 5), learned)


def preview(stage: Stage) -> None:
    _look_at(stage, 7)


def preview_framed(stage: Stage) -> None:
    _look_at(stage, 2, box=PARTS[8])


def preview_not_connected(stage: Stage) -> None:
    _look_at(stage, 1, is_away=True)


def preview_part_and_failure(stage: Stage) -> None:
    _look_at(stage, 1)
    stage.window.preview.mark(True)
    stage.window.preview.area.part = (0.2, 0.2, 0.4, 0.3)
    stage.window.preview.area.part_marked.emit(stage.window.preview.area.part)
    stage.window.preview.area.show_failure(
        tr("{name} is not there. Connect its drive, or look for changes ({key}).", name="astronaut 1.jpg", key="F5")
    )


def preview_with_information(stage: Stage) -> None:
    _look_at(stage, 7)
    view = stage.window.preview
    view.show_info(True)
    view.info.show_facts(facts_of(stage.shelf.photos[7], stage.hits(9)[6]))
    noted = PhotoFacts("NIKON D90", "A lens of 18 to 105 mm", 0.004, 2.8, 400, 50.0, 75.0, (52.5, 13.4), 34.0)
    view.info.show_noted(noted)
    notes = PhotoNotes(
        title="Evening at the river",
        description="The last boats of the day, and nobody in a hurry.\nSeen from the old bridge.",
        keywords=("river", "boats", "summer"),
        people=("Anna Müller", "Ben"),
        place="Kreuzberg, State of Berlin, Germany",
    )
    view.info.show_notes(notes)
    view.info.show_albums(ALBUMS[:2])


def preview_zoomed(stage: Stage) -> None:
    _look_at(stage, 2)
    stage.window.preview.area.turn(1)
    stage.window.preview.area.zoom(2.5)


def comparing_two(stage: Stage) -> None:
    _compare(stage, 2, 7)


def comparing_four(stage: Stage) -> None:
    _compare(stage, 1, 2, 3, 7)
    stage.window.compare.mean(2)


def failures(stage: Stage) -> None:
    folder = _NINETEEN / "A journey to the sea in the summer"
    why = "It is not a picture that can be read: its first bytes say nothing."
    many = [Failure(Path(f"/usr/share/{number}.jpg"), "It is cut short.") for number in range(30)]
    left_out = [tr("{kinds} were left out: videos are not read.", kinds="212 .mov, 3 .mp4")]
    stage.failures.show_failures((Failure(folder / f"{LONG_NAME}.jpg", why), *many), left_out=left_out)
    stage.failures.table.selectRow(1)
    _overlay(stage, stage.failures)


def duplicates(stage: Stage) -> None:
    """Groups of two to five, one of which was changed by hand, one in a protected folder."""
    photos = list(stage.shelf.photos.values())
    groups, keeping = [], Keeping()
    for number, first in enumerate(range(0, 36, 4)):
        members = []
        for place, photo in enumerate(photos[first : first + 2 + number % 3]):
            folder = photo.path.parent if place % 2 else NEW / "Copies from the old computer"
            smaller = replace(photo, path=folder / photo.path.name, width=photo.width // (place + 1))
            members.append(replace(smaller, bytes=photo.bytes // (place + 1)))
        groups.append(DuplicateGroup("same", tuple(members)))
    keeping.toggle(groups[1], groups[1].photos[1])
    starts = list(accumulate((len(group.photos) for group in groups), initial=0))
    headings = {start: heading_of(group, keeping.going(group)) for start, group in zip(starts, groups, strict=False)}
    differences = {number: said for group in groups for number, said in differences_of(group).items()}
    going = [photo for group in groups for photo in keeping.going(group)]
    page = stage.duplicates
    page.kinds.choose("same")
    page.show_groups(groups, headings, differences, summary(len(groups), going), can_go=True)
    page.show_marks(keeping.marks(groups))
    page.gallery.grid.go_to(1)
    _overlay(stage, page)


def shared_library(stage: Stage) -> None:
    """What was found in one, with photos chosen."""
    page, lines = stage.shared, stage.window.sidebar.shared.list
    lines.show_things(SHARED)
    stage.window.sidebar.show_shared(SHARED[0].address)
    page.begin(LONG_NAME)
    hits = stage.hits(5)
    page.show_hits(hits)
    page.tell(found(hits, LONG_NAME), is_search=True)
    page.gallery.grid.go_to(2)
    _overlay(stage, page)


def the_map(stage: Stage) -> None:
    """Three groups with names, some photos that do not pass the filters, and a choice."""
    _show_map(stage)
    stage.map.gallery.view.choose(np.arange(5, 12))


def the_map_nearer(stage: Stage) -> None:
    """A long name, the button that draws around photos, and a line on its way."""
    _show_map(stage)
    view = stage.map.gallery.view
    view.zoom(6, QPointF(view.viewport().rect().center()) + QPointF(200, -60))
    stage.map.around.setChecked(True)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    for point in (QPoint(300, 60), QPoint(280, 220), QPoint(90, 200)):
        QTest.mouseMove(view.viewport(), point)


def no_map_yet(stage: Stage) -> None:
    stage.map.show_contents(None, is_drawing=True)
    _overlay(stage, stage.map)


def models(stage: Stage) -> None:
    stage.models.show_models((LITE, SIGLIP, PENDING, LONG), 12_000)
    stage.models.show_devices(("cuda", "cpu"), "auto")
    stage.models.area.verticalScrollBar().setValue(0)
    download = Progress("download", 312_000_000, 1_700_000_000, 8e6, 174.0, paused=False, detail=LONG.title)
    stage.window.status.tasks.show_progress(download)
    _overlay(stage, stage.models)


def settings(stage: Stage) -> None:
    _settings(stage, 0.0)


def settings_middle(stage: Stage) -> None:
    _settings(stage, 0.4)


def settings_end(stage: Stage) -> None:
    _settings(stage, 1.0)


def heads(stage: Stage) -> None:
    stage.versions.show_heads((LEARNT, IMPORTED, GENERAL))
    _overlay(stage, stage.versions)


def report(stage: Stage) -> None:
    _report(stage, REPORT, share=0.0)


def report_middle(stage: Stage) -> None:
    _report(stage, REPORT, share=0.5)


def report_end(stage: Stage) -> None:
    _report(stage, REPORT, share=1.0)


def report_refused(stage: Stage) -> None:
    _report(stage, REFUSED, share=0.0)


def report_refused_end(stage: Stage) -> None:
    _report(stage, REFUSED, share=1.0)


def suggestions(stage: Stage) -> None:
    stage.window.suggestions.show_hits(stage.hits(9), 2)
    stage.window.suggestions.tell_left(12_345.6)
    stage.window.suggestions.show()


def suggestions_done(stage: Stage) -> None:
    stage.window.suggestions.tell(tr("Nothing else in your library looks as if it belonged here."))
    stage.window.suggestions.show()


def banner(stage: Stage) -> None:
    stage.window.banner.tell(
        tr("“{path}” could not be read (it is gone).", path=_NINETEEN / "A journey.jpg"),
        tr("Free some space on the disk, or connect the drive, then choose “Look for changes”."),
        tr("Choose another folder…"),
    )


def offer(stage: Stage) -> None:
    stage.window.offer.tell(*offer_text(LONG, 12_000))


def learned(stage: Stage) -> None:
    stage.window.learned.tell(headline(REPORT), training_summary(REPORT))


def drop(stage: Stage) -> None:
    stage.window.overlay.announce(
        tr("Drop to add this folder and to find look-alikes (2 other files left out)"), tr(ON_THE_BAR)
    )


def drop_on_the_bar(stage: Stage) -> None:
    _answer(stage, alike=5)
    frame = stage.window.search.frame
    QApplication.processEvents()
    stage.window.overlay.announce(
        tr("Drop to add it to the search"), over=QRect(frame.mapTo(stage.window, QPoint()), frame.size())
    )


def many_examples(stage: Stage) -> None:
    _answer(stage, alike=5)
    stage.window.search.show_question(stage.question(*range(1, 31)))


def more_chips_than_fit(stage: Stage) -> None:
    _answer(stage, alike=5)
    stage.window.search.show_question(stage.question(*range(1, 10)))


def welcome(stage: Stage) -> None:
    stage.window.sidebar.show_library((), Counts(0, 0), ())
    stage.window.search.hide()
    stage.window.status.tasks.set_idle_text("")
    stage.window.show_page(stage.window.welcome)
    stage.window.welcome.show_count(PhotoCount(120_345, is_all=True))


def hint_to_drop(stage: Stage) -> None:
    stage.window.hint.tell(tr(DROP.title), tr(DROP.text))


def hint_about_albums(stage: Stage) -> None:
    _answer(stage, alike=5)
    stage.window.hint.tell(tr(ALBUMS_HINT.title), tr(ALBUMS_HINT.text))


def notice(stage: Stage) -> None:
    stage.window.notice.tell(
        tr("Reading your photos…"), tr("They appear here one after the other. You can already look around.")
    )
    stage.window.show_page(stage.window.notice)


def _done() -> str:
    return ntr("{number} photo added to “{album}”.", "{number} photos added to “{album}”.", 12, album=LONG_NAME)


def _as_answer(stage: Stage, alike: int, probability: float | None = None) -> Answer:
    return Answer(
        stage.hits(alike, probability=probability),
        "efficientnet-lite2",
        "general",
        0.02,
        nothing_similar=not alike,
        model_title="EfficientNet-Lite2",
    )


def _answer(stage: Stage, alike: int, probability: float | None = None, looked_into: int = 0) -> None:
    window = stage.window
    window.search.show_question(stage.question(1, 7, 3))
    window.search.back_button.setEnabled(alike > 5)
    window.found.show_hits(stage.hits(alike, probability=probability))
    answer = replace(_as_answer(stage, alike, probability), looked_into=looked_into)
    window.search.results.show_answer(answer)
    window.show_page(window.found)


def _look_at(stage: Stage, number: int, *, is_away: bool = False, box: Region | None = None) -> None:
    photo = stage.shelf.photos[number]
    hit = replace(stage.hits(9)[number - 1], box=box)
    view = stage.window.preview
    view.show_photo(photo, stage.loader.picture(photo), hit, is_first=number == 1, is_last=False, is_away=is_away)
    view.strip.show_row(stage.window.browsing, number - 1)


def _compare(stage: Stage, *numbers: int) -> None:
    photos = [stage.shelf.photos[number] for number in numbers]
    stage.window.compare.show_photos([Compared(photo, stage.loader.picture(photo), False) for photo in photos])


def _report(stage: Stage, what: LearningReport, share: float) -> None:
    window = stage.window
    window.sidebar.learn.show_head(LEARNT, others=True)
    stage.report.show_report(what)
    stage.report.show_use(7, {0, 7, 9})
    _overlay(stage, stage.report)
    _scroll(stage.report.area, share)


def _settings(stage: Stage, share: float) -> None:
    page = stage.settings
    page.show_folders((*FOLDERS, replace(FOLDERS[1], id=3, watched=False)))
    page.show_reading(ReadingChoices("one", "never", videos=False, smallest=30_000), ("*_edited*", f"{LONG_NAME}/"))
    page.show_appearance("system", "")
    page.language.show_value("de")
    page.language.chosen.emit("de")
    page.computing.show_model(LONG)
    page.computing.show_computing(ComputingChoices("half", saves_battery=True))
    page.library.show_place(f"/media/old drive/{LONG_NAME}", can_move=True)
    page.library.show_disk_use(DiskUse(14_000_000_000, 1_700_000_000, 312_000_000, 89_000_000))
    page.library.show_parts(PartsHeld((EVERYTHING,), 12_345, 1_204, 930_000_000))
    lacking = Sentence("Photos without a thumbnail: {number}.", number=120_345)
    page.library.show_problems((Problem(lacking, repaired=False),))
    _overlay(stage, page)
    _scroll(page.area, share)


def _scroll(area: QAbstractScrollArea, share: float) -> None:
    QApplication.processEvents()
    bar = area.verticalScrollBar()
    bar.setValue(round(share * bar.maximum()))


def _show_map(stage: Stage) -> None:
    ids = np.array(stage.ids)
    middles = np.array([[-20, 0], [0, 14], [22, -4]], np.float32)
    points = middles[ids % 3] + np.column_stack([np.sin(ids * 5), np.cos(ids * 3)]).astype(np.float32) * 6
    names = ("1999", _NAMES, LONG_NAME)
    labels = tuple(Label(x, y, name, 20) for (x, y), name in zip(middles.tolist(), names, strict=True))
    contents = MapContents(ids, Plane(points, ids % 5 == 0), dict.fromkeys(range(9), labels), int((ids % 5 > 0).sum()))
    stage.map.show_contents(contents, is_drawing=False)
    _overlay(stage, stage.map)
    stage.map.around.setChecked(False)
    QTest.keyClick(stage.map.gallery.view, Qt.Key.Key_Escape)  # whatever was being drawn
    stage.map.gallery.view.show_all()


def _overlay(stage: Stage, page: QWidget) -> None:
    stage.window.search.hide()
    stage.window.show_page(page)


SCENES: tuple[Scene, ...] = (
    browsing,
    all_chosen_and_paused,
    words_and_undo,
    what_was_undone,
    on_battery,
    left_to_do,
    hits_so_far,
    not_connected,
    chosen,
    stacks,
    subfolders,
    large_tiles,
    small_tiles_and_the_scroll_bar,
    names_and_a_name_that_is_not_there,
    no_albums,
    dragging_onto_albums,
    naming_an_album,
    saved_searches,
    naming_a_search,
    hits,
    hits_framed,
    hits_decided,
    nothing_similar,
    search_failed,
    recognised,
    name_that_is_not_known,
    comparison,
    preview,
    preview_framed,
    preview_not_connected,
    preview_part_and_failure,
    preview_with_information,
    preview_zoomed,
    comparing_two,
    comparing_four,
    failures,
    duplicates,
    shared_library,
    the_map,
    the_map_nearer,
    no_map_yet,
    models,
    settings,
    settings_middle,
    settings_end,
    heads,
    report,
    report_middle,
    report_end,
    report_refused,
    report_refused_end,
    suggestions,
    suggestions_done,
    banner,
    offer,
    learned,
    drop,
    drop_on_the_bar,
    many_examples,
    more_chips_than_fit,
    welcome,
    hint_to_drop,
    hint_about_albums,
    notice,
)
