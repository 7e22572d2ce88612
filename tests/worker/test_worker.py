"""The worker process, spoken to through its pipe as the window does."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from guie_desktop.asking import Answer, Query
from guie_desktop.embedding.assets import DEFAULT_MODEL, load_card
from guie_desktop.embedding.backbone import family_of
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.messages import (
    AddFolder,
    AddWeights,
    Cancel,
    Cancelled,
    Checked,
    CheckLibrary,
    Done,
    Failed,
    Found,
    JobEnded,
    LeftToDo,
    LibraryChanged,
    MakePicture,
    Models,
    Pause,
    PictureReady,
    Progress,
    PutBack,
    Ready,
    RelocateFolder,
    RemoveFolder,
    Rescan,
    Resume,
    Search,
    UseModel,
    Withdrawal,
)
from guie_desktop.paths import LibraryPaths
from guie_desktop.pictures.picture_sizes import PREVIEW
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import draw_scene, save_photos
from tests.running import index_folder
from tests.worker_end import MANY, PATIENCE, Start, WorkerEnd

pytestmark = pytest.mark.slow


def with_photos(start: Start, folder: Path, count: int = 8) -> tuple[WorkerEnd, list[Path]]:
    photos = save_photos(folder, count)
    worker = start()
    worker.wait_for(Ready)
    worker.wait_for(JobEnded)
    worker.send(AddFolder(folder))
    worker.wait_for(JobEnded)
    return worker, photos


def test_a_folder_is_added_indexed_and_searched(start: Start, tmp_path: Path, paths: LibraryPaths) -> None:
    worker, photos = with_photos(start, tmp_path / "photos")
    assert any(isinstance(event, LibraryChanged) for event in worker.news)
    assert any(isinstance(event, Progress) and event.stage == "photos" for event in worker.news)
    found = worker.ask(Search(Query(images=(photos[2],), top=3)))
    assert found.answer.hits[0].path == photos[2]
    catalog = Catalog.open_read_only(paths.catalog)
    photo_id = found.answer.hits[0].photo_id
    catalog.close()
    assert photo_id not in [hit.photo_id for hit in worker.ask(Search(Query(photos=(photo_id,), top=3))).answer.hits]


def test_a_photo_from_outside_finds_its_look_alikes(start: Start, tmp_path: Path) -> None:
    worker, _ = with_photos(start, tmp_path / "photos")
    draw_scene("rings", 500).save(tmp_path / "outside.png")
    found = worker.ask(Search(Query(images=(tmp_path / "outside.png",), top=2)))
    assert [hit.path.name[:5] for hit in found.answer.hits] == ["rings", "rings"]


def test_what_appears_is_found_and_what_is_deleted_is_gone(start: Start, tmp_path: Path) -> None:
    worker, _ = with_photos(start, tmp_path / "photos")
    draw_scene("dots", 77).save(tmp_path / "new.jpg")
    shutil.copy(tmp_path / "new.jpg", tmp_path / "photos" / "arrived.jpg")
    find_in_time(worker, tmp_path / "new.jpg", lambda names: names[0] == "arrived.jpg")
    (tmp_path / "photos" / "arrived.jpg").rename(tmp_path / "photos" / "renamed.jpg")
    find_in_time(worker, tmp_path / "new.jpg", lambda names: names[0] == "renamed.jpg")
    (tmp_path / "photos" / "renamed.jpg").unlink()
    find_in_time(worker, tmp_path / "new.jpg", lambda names: "renamed.jpg" not in names)


def find_in_time(worker: WorkerEnd, photo: Path, want: Callable[[list[str]], bool]) -> None:
    """Ask again whenever something was read: on a busy machine one change can be noticed in two parts."""
    names: list[str] = []
    while not (names and want(names)):
        worker.wait_for(JobEnded)
        names = [hit.path.name for hit in worker.ask(Search(Query(images=(photo,), top=9))).answer.hits]


def test_questions_without_a_break_do_not_hold_up_what_appears(start: Start, tmp_path: Path) -> None:
    worker, photos = with_photos(start, tmp_path / "photos")
    draw_scene("dots", 77).save(tmp_path / "photos" / "arrived.jpg")
    question = Search(Query(images=(photos[0],), top=1))
    asked = worker.send(question)
    until = time.monotonic() + PATIENCE
    before = len(worker.news)
    while not any(isinstance(event, JobEnded) for event in worker.news[before:]):
        asked, first = worker.send(question), asked  # one is always waiting
        assert isinstance(worker.reply(first), Found)
        assert time.monotonic() < until


def test_a_new_directory_full_of_photos_is_found(start: Start, tmp_path: Path) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 2)
    save_photos(tmp_path / "elsewhere" / "deep" / "deeper", 4, first=10)
    (tmp_path / "elsewhere").rename(tmp_path / "photos" / "moved-in")
    assert worker.wait_for(JobEnded, lambda event: event.report.added > 0).report.added == 4


def test_failures_are_sentences_and_the_worker_goes_on(start: Start, tmp_path: Path) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 2)
    (tmp_path / "no.jpg").write_text("no picture")
    for command in (
        AddFolder(tmp_path / "nowhere"),
        Search(Query(images=(tmp_path / "no.jpg",))),
        Search(Query(images=(tmp_path / "missing.jpg",))),
        Search(Query()),
        Search(Query(photos=(12345,))),
        MakePicture(tmp_path / "no.jpg", PREVIEW),
        UseModel("no such model"),
    ):
        failed = worker.reply(worker.send(command))
        assert isinstance(failed, Failed)
        assert failed.title.endswith(".")
    found = worker.ask(Search(Query(images=(tmp_path / "photos" / "rings-000.jpg",), top=1)))
    assert len(found.answer.hits) == 1


def test_a_preview_is_made_once_and_kept(start: Start, tmp_path: Path, paths: LibraryPaths) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 1)
    draw_scene("blocks", 5, (2400, 1800)).save(tmp_path / "large.jpg")
    ready = worker.ask(MakePicture(tmp_path / "large.jpg", PREVIEW))
    thumbnails = Thumbnails(paths.thumbnails, read_only=True)
    assert thumbnails.get(ready.content_hash, PREVIEW) is not None
    thumbnails.close()


def test_a_picture_that_takes_long_holds_up_no_other_question(start: Start, tmp_path: Path) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 1)
    draw_scene("dots", 5, (9000, 9000)).save(tmp_path / "huge.png", compress_level=1)
    picture = worker.send(MakePicture(tmp_path / "huge.png", PREVIEW))
    search = worker.send(Search(Query()))
    worker.reply(search)
    assert picture not in worker.replies
    assert isinstance(worker.reply(picture), PictureReady)


def test_a_later_search_does_not_wait_for_those_that_were_withdrawn(start: Start, tmp_path: Path) -> None:
    worker, photos = with_photos(start, tmp_path / "photos", 2)
    outside = tuple(tmp_path / f"{number}.png" for number in range(60))
    for number, path in enumerate(outside):
        draw_scene("dots", number, (1500, 1500)).save(path, compress_level=1)
    runs, waits = worker.send(Search(Query(images=outside))), worker.send(Search(Query(images=outside)))
    for number in (runs, waits):
        worker.connection.send(Withdrawal(number))
    assert isinstance(worker.ask(Search(Query(images=(photos[0],), top=1))), Found)
    assert worker.replies[runs] == worker.replies[waits] == Cancelled()


def test_paused_indexing_rests_answers_searches_and_goes_on(start: Start, tmp_path: Path) -> None:
    worker, photos = with_photos(start, tmp_path / "photos", 4)
    save_photos(tmp_path / "more", MANY, first=100)
    worker.send(AddFolder(tmp_path / "more"))
    worker.wait_for(Progress, lambda event: event.stage == "photos" and event.done > 0)
    worker.send(Pause())
    done = worker.wait_for(Progress, lambda event: event.paused).done
    assert isinstance(worker.ask(Search(Query(images=(photos[0],), top=1))), Found)
    worker.send(Pause())
    assert worker.wait_for(Progress, lambda event: event.paused).done == done
    worker.send(Resume())
    assert worker.wait_for(JobEnded).report.added == MANY


def test_cancelled_indexing_keeps_what_is_done_and_a_rescan_does_the_rest(start: Start, tmp_path: Path) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 1)
    save_photos(tmp_path / "more", MANY, first=100)
    worker.send(AddFolder(tmp_path / "more"))
    worker.wait_for(Progress, lambda event: event.stage == "photos" and event.done > 0)
    assert worker.ask(Cancel()) == Done()
    assert worker.wait_for(JobEnded).report is None
    left = worker.wait_for(LeftToDo)
    assert 0 < left.unread < MANY
    assert left.unread + left.unembedded == MANY
    assert worker.ask(Rescan()) == Done()
    assert worker.wait_for(JobEnded).report.added == left.unread
    assert worker.wait_for(LeftToDo) == LeftToDo()


def test_what_appears_after_cancel_is_shown_and_nothing_else_begins_again(start: Start, tmp_path: Path) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 1)
    save_photos(tmp_path / "more", MANY, first=100)
    worker.send(AddFolder(tmp_path / "more"))
    worker.wait_for(Progress, lambda event: event.stage == "embed" and event.done > 0)
    assert worker.ask(Cancel()) == Done()
    left = worker.wait_for(LeftToDo)
    assert left.unread == 0
    assert 0 < left.unembedded < MANY
    save_photos(tmp_path / "photos", 1, first=50)
    assert worker.wait_for(LeftToDo, lambda now: now != left) == LeftToDo(0, left.unembedded + 1)
    assert worker.ask(Rescan()) == Done()
    assert worker.wait_for(JobEnded, lambda event: event.report is not None).report.embedded == left.unembedded + 1


def test_a_folder_is_shown_before_what_was_added_earlier_is_embedded(
    start: Start, tmp_path: Path, paths: LibraryPaths
) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 1)
    save_photos(tmp_path / "more", MANY, first=100)
    worker.send(AddFolder(tmp_path / "more"))
    worker.wait_for(Progress, lambda event: event.stage == "embed" and event.done > 0)
    (last,) = save_photos(tmp_path / "last", 1, first=900)
    worker.send(AddFolder(tmp_path / "last"))
    worker.wait_for(Progress, lambda event: event.stage == "photos" and event.done == 1)
    catalog = Catalog.open_read_only(paths.catalog)
    assert catalog.photo_at(last) is not None
    catalog.close()
    waiting = worker.wait_for(Progress, lambda event: event.stage == "embed")
    assert 1 < waiting.total <= MANY  # of both folders together
    assert worker.wait_for(JobEnded).report.added == MANY + 1
    assert len(worker.ask(Search(Query(images=(last,), top=3))).answer.hits) == 3


def test_the_backbone_is_changed_while_search_and_watching_go_on(
    start: Start, tmp_path: Path, paths: LibraryPaths
) -> None:
    worker, photos = with_photos(start, tmp_path / "photos", 24)
    torch.manual_seed(3)
    card = load_card("pe-core-t-16-384")
    torch.save(family_of(card).build(card).state_dict(), tmp_path / "mine.pt")
    added = worker.ask(AddWeights(tmp_path / "mine.pt"))
    assert card.name in {state.name for state in added.models if state.installed}
    begun = worker.ask(UseModel(card.name))
    assert [state.name for state in begun.models if state.pending] == [card.name]
    worker.wait_for(Progress, lambda event: event.stage == "switch" and event.done > 0)
    draw_scene("dots", 77).save(tmp_path / "photos" / "arrived.jpg")
    assert worker.ask(Search(Query(images=(photos[0],), top=1))).answer.model != card.name
    states = worker.wait_for(Models).models
    assert [state.name for state in states if state.in_use] == [card.name]
    # The photo that arrived was read before the switch ended or after it, as the machine was fast; it is there.
    answer = Answer((), "", "", 0, nothing_similar=True)
    while len(answer.hits) < 25:
        answer = worker.ask(Search(Query(images=(photos[0],), top=99))).answer
    assert answer.model == card.name


def test_a_worker_that_was_killed_in_a_switch_goes_on_with_it(
    start: Start, tmp_path: Path, paths: LibraryPaths
) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 24)
    torch.manual_seed(3)
    card = load_card("pe-core-t-16-384")
    torch.save(family_of(card).build(card).state_dict(), tmp_path / "mine.pt")
    worker.ask(AddWeights(tmp_path / "mine.pt"))
    worker.send(UseModel(card.name))
    worker.wait_for(Progress, lambda event: event.stage == "switch" and event.done > 0)
    worker.process.kill()
    worker.process.join(PATIENCE)
    again = start()
    states = again.wait_for(Models).models
    assert (states[0].name, states[0].embedded, states[0].in_use) == (card.name, 24, True)


def test_a_model_that_is_gone_is_told_of_and_the_embedded_one_searches(
    start: Start, tmp_path: Path, paths: LibraryPaths
) -> None:
    photos = save_photos(tmp_path / "photos", 2)
    index_folder(paths, tmp_path / "photos")
    with WritableLibrary(paths) as library:
        library.choices.choose_model("pe-core-t-16-384")
    worker = start()
    assert worker.wait_for(Ready).model == DEFAULT_MODEL
    assert "not on this computer" in worker.wait_for(Failed).title
    assert "not on this computer" in paths.log.read_text()
    assert worker.ask(Search(Query(images=(photos[0],), top=1))).answer.model == DEFAULT_MODEL


def test_a_removed_folder_is_searched_no_more(start: Start, tmp_path: Path, paths: LibraryPaths) -> None:
    worker, photos = with_photos(start, tmp_path / "photos", 4)
    catalog = Catalog.open_read_only(paths.catalog)
    folder_id = catalog.folders()[0].id
    catalog.close()
    former = worker.ask(RemoveFolder(folder_id)).former
    assert worker.ask(Search(Query(images=(photos[0],), top=4))).answer.hits == ()
    worker.ask(PutBack(former))
    assert len(worker.ask(Search(Query(images=(photos[0],), top=4))).answer.hits) == 4


def test_a_drive_that_goes_and_comes_back_is_noticed(start: Start, tmp_path: Path, paths: LibraryPaths) -> None:
    worker, _ = with_photos(start, tmp_path / "drive", 4)
    catalog = Catalog.open_read_only(paths.catalog)
    for there, away in ((tmp_path / "drive", tmp_path / "away"), (tmp_path / "away", tmp_path / "drive")):
        there.rename(away)
        while catalog.folders()[0].online != (away.name == "drive"):
            worker.wait_for(JobEnded)
        assert catalog.counts().photos == 4
    catalog.close()


def test_a_folder_whose_name_is_spelled_otherwise_now_is_followed_and_watched(
    start: Start, tmp_path: Path, paths: LibraryPaths
) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 4)
    catalog = Catalog.open_read_only(paths.catalog)
    (tmp_path / "photos").rename(tmp_path / "Photos")
    while catalog.folders()[0].path != tmp_path / "Photos":
        worker.wait_for(JobEnded)
    draw_scene("dots", 77).save(tmp_path / "Photos" / "arrived.jpg")
    while catalog.counts().photos < 5:
        worker.wait_for(JobEnded)
    catalog.close()


def test_a_folder_is_relocated_to_where_the_user_says_that_it_is(
    start: Start, tmp_path: Path, paths: LibraryPaths
) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 4)
    catalog = Catalog.open_read_only(paths.catalog)
    folder = catalog.folders()[0]
    (tmp_path / "photos").rename(tmp_path / "elsewhere")
    save_photos(tmp_path / "other", 1, first=50)
    refused = worker.reply(worker.send(RelocateFolder(folder.id, tmp_path / "other")))
    assert isinstance(refused, Failed)
    assert "does not hold" in refused.title
    assert worker.ask(RelocateFolder(folder.id, tmp_path / "elsewhere")) == Done()
    report = worker.wait_for(JobEnded, lambda event: event.report and event.report.moved).report
    assert (report.moved, report.unchanged, report.embedded, report.missing) == (4, 4, 0, 0)
    assert [one.path for one in catalog.folders()] == [tmp_path / "elsewhere"]
    catalog.close()


def test_a_second_worker_on_the_library_is_refused_in_a_sentence(start: Start) -> None:
    first = start()
    first.wait_for(Ready)
    second = start()
    assert "in use" in second.wait_for(Failed).title


def test_the_worker_ends_with_its_window(start: Start) -> None:
    worker = start()
    worker.wait_for(Ready)
    worker.connection.close()
    worker.process.join(PATIENCE)
    assert worker.process.exitcode == 0


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_killed_while_indexing_it_goes_on_where_it_was(start: Start, tmp_path: Path) -> None:
    save_photos(tmp_path / "photos", MANY)
    worker = start()
    worker.wait_for(Ready)
    worker.send(AddFolder(tmp_path / "photos"))
    worker.wait_for(Progress, lambda event: event.stage == "photos" and event.done > 0)
    assert worker.process.pid is not None
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.join(PATIENCE)
    again = start()
    report = again.wait_for(JobEnded).report
    assert 0 < report.added < MANY
    assert report.added + report.unchanged == MANY


def test_all_photos_are_checked_on_demand(start: Start, tmp_path: Path, paths: LibraryPaths) -> None:
    worker, photos = with_photos(start, tmp_path / "photos")
    photos[0].unlink()
    found = worker.ask(CheckLibrary())
    assert (found.checked, found.changed, found.missing) == (7, (), (photos[0],))


def test_a_second_check_is_refused_and_a_cancelled_one_begins_anew(start: Start, tmp_path: Path) -> None:
    worker, photos = with_photos(start, tmp_path / "photos", 40)
    worker.send(Pause())
    first = worker.send(CheckLibrary())
    assert isinstance(worker.ask(CheckLibrary()), Failed)
    worker.ask(Cancel())
    assert worker.reply(first) in (Cancelled(), Checked(len(photos), (), (), 0))
    assert worker.ask(CheckLibrary()).checked == len(photos)
