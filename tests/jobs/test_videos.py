"""A video in a folder is one item, shown by a frame and found by each of a few, however it is renamed or left out."""

import shutil
from pathlib import Path

import pytest

from guie_desktop.asking import Hit, Query
from guie_desktop.domain import Photo
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.switching import switch_model
from guie_desktop.library.choices import Choices
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import draw_scene
from tests.running import finish, index_folder
from tests.videos import write_video

SCENES = [draw_scene("rings", 7), draw_scene("stripes", 8), draw_scene("dots", 9)]
SECONDS = 20
"""That each scene lasts."""

pytestmark = pytest.mark.usefixtures("paths")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    return write_video(path, SCENES, SECONDS, rate=5)


@pytest.fixture
def folder(tmp_path: Path, film: Path) -> Path:
    """Three photos and a video of a minute, and each scene of the video as a picture outside."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(3):
        draw_scene("rings", 100 + number).save(folder / f"{number}.jpg")
    shutil.copy(film, folder / "film.mp4")
    for number, scene in enumerate(SCENES):
        scene.save(tmp_path / f"scene {number}.png")
    return folder


def best(library: WritableLibrary, folder: Path, scene: int) -> Hit:
    asked = Query(images=(folder.parent / f"scene {scene}.png",), top=1)
    (hit,) = library.search_engine.answer(asked).hits
    return hit


def photos_of(library: WritableLibrary) -> dict[str, Photo]:
    return {one.path.name: one for one in library.catalog.photos(library.catalog.photo_ids()).values()}


def test_a_video_is_found_by_each_of_its_scenes_with_the_time(paths: LibraryPaths, folder: Path) -> None:
    report = index_folder(paths, folder)
    assert (report.added, report.embedded, report.failed, report.left_out) == (4, 4, (), {})
    with WritableLibrary(paths) as library:
        film = photos_of(library)["film.mp4"]
        assert (film.kind, film.width, film.height) == ("video", 320, 240)
        assert film.seconds == pytest.approx(60, abs=0.5)
        for number in range(len(SCENES)):
            hit = best(library, folder, number)
            assert hit.frame is not None
            assert (hit.path.name, hit.frame.moment // (1000 * SECONDS)) == ("film.mp4", number)
            assert library.thumbnails.get(hit.frame.content_hash) is not None
        assert finish(index_library(library)).unchanged == 4


def test_it_is_known_under_another_name_and_copies_are_one_hit(paths: LibraryPaths, folder: Path) -> None:
    index_folder(paths, folder)
    (folder / "film.mp4").rename(folder / "holiday.mp4")
    shutil.copy(folder / "holiday.mp4", folder / "copy.mp4")
    report = index_folder(paths)
    assert (report.moved, report.added, report.embedded) == (1, 1, 0)
    with WritableLibrary(paths) as library:
        assert {place.name for place in best(library, folder, 1).places} == {"holiday.mp4", "copy.mp4"}
        assert photos_of(library)["copy.mp4"].seconds == photos_of(library)["holiday.mp4"].seconds


def test_videos_can_be_left_out_and_read_again(paths: LibraryPaths, folder: Path) -> None:
    index_folder(paths, folder)
    with WritableLibrary(paths) as library:
        library.choices.read_videos(False)
        report = finish(index_library(library))
        assert (report.left_out, report.missing) == ({".mp4": 1}, 0)
        assert "film.mp4" not in photos_of(library)
        assert best(library, folder, 1).path.name != "film.mp4"
        library.choices.read_videos(True)
        report = finish(index_library(library))
        assert (report.left_out, report.embedded) == ({}, 0)
        assert best(library, folder, 1).path.name == "film.mp4"


def test_the_film_of_a_live_photo_is_no_item_of_its_own(paths: LibraryPaths, folder: Path) -> None:
    (folder / "film.mp4").rename(folder / "0.mov")
    assert index_folder(paths, folder).added == 3
    (folder / "0.jpg").unlink()
    assert index_folder(paths).added == 1
    with WritableLibrary(paths) as library:
        assert photos_of(library)["0.mov"].kind == "video"


def test_what_is_no_video_says_so(paths: LibraryPaths, folder: Path) -> None:
    (folder / "broken.mkv").write_bytes(b"this is no video" * 100)
    report = index_folder(paths, folder)
    assert [failure.path.name for failure in report.failed] == ["broken.mkv"]
    assert "video" in report.failed[0].reason


def test_an_edited_video_is_found_by_what_it_shows_now(paths: LibraryPaths, folder: Path) -> None:
    index_folder(paths, folder)
    write_video(folder / "film.mp4", [draw_scene("dots", 55)], 3)
    assert index_folder(paths).changed == 1
    with WritableLibrary(paths) as library:
        assert photos_of(library)["film.mp4"].seconds == pytest.approx(3, abs=0.5)
        for number in range(len(SCENES)):
            frame = best(library, folder, number).frame
            assert frame is None or frame.moment < 3000
        assert len(library.backbone.space.index) == len(library.backbone.features.live_ids())


@pytest.mark.slow
def test_another_backbone_has_all_frames(paths: LibraryPaths, folder: Path) -> None:
    index_folder(paths, folder)
    with WritableLibrary(paths) as library:
        before = len(library.backbone.features.live_ids())
        finish(switch_model(library, "efficientnet-lite0"))
        assert Choices(library.catalog).model == "efficientnet-lite0"
        assert len(library.backbone.features.live_ids()) == before
