"""Photos are looked into where the user wants it: what is small in them is found, and it can be ended and undone."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from guie_desktop.asking import EVERYTHING, Answer, Filter, Query
from guie_desktop.embedding.parts import PARTS
from guie_desktop.errors import UserError
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.looking_inside import look_inside, parts_cost, parts_held, without_parts
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from tests.drawing import draw_scene, save_photos
from tests.running import finish, index_folder
from tests.videos import write_video

SMALL = (160, 120)
SIZE = (640, 480)

pytestmark = pytest.mark.usefixtures("paths")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Photos of stripes, in one of which lies a small picture of dots; that picture lies outside."""
    folder = tmp_path / "photos"
    folder.mkdir()
    small = draw_scene("dots", 1, SMALL)
    small.save(tmp_path / "small.png")
    for number in range(4):
        draw_scene("stripes", number, SIZE).save(folder / f"{number}.jpg")
    holding = draw_scene("stripes", 7, SIZE)
    holding.paste(small, (420, 300))
    holding.save(folder / "holding.jpg")
    return folder


def search(library: OpenLibrary, folder: Path, *, parts: bool = True) -> Answer:
    return library.search_engine.answer(Query(images=(folder.parent / "small.png",), parts=parts))


def chosen(library: WritableLibrary, *which: Filter) -> int:
    library.choices.look_into(which)
    return finish(look_inside(library))


def test_what_is_small_in_a_photo_is_found_with_its_place(paths: LibraryPaths, folder: Path) -> None:
    index_folder(paths, folder)
    with WritableLibrary(paths) as library:
        assert chosen(library, EVERYTHING) == 5
        best = search(library, folder).hits[0]
        assert best.path.name == "holding.jpg"
        assert best.box is not None
        left, top, width, height = best.box
        assert left < 500 / 640 < left + width
        assert top < 360 / 480 < top + height
        assert all(hit.box is None for hit in search(library, folder, parts=False).hits)
    with OpenLibrary(paths) as library:  # as it was saved
        assert search(library, folder).hits[0] == best


def test_a_part_of_a_photo_as_query_finds_parts(paths: LibraryPaths, folder: Path) -> None:
    index_folder(paths, folder)
    region = (420 / 640, 300 / 480, 160 / 640, 120 / 480)
    other = draw_scene("blocks", 3, SIZE)
    other.paste(draw_scene("dots", 1, SMALL), (30, 20))
    other.save(folder / "other.jpg")
    index_folder(paths)
    with WritableLibrary(paths) as library:
        chosen(library, EVERYTHING)
        asked = library.catalog.photo_at(folder / "holding.jpg")
        assert asked is not None
        best = library.search_engine.answer(Query(photos=(asked.id,), region=region, parts=True)).hits[0]
        assert (best.path.name, best.box is None) == ("other.jpg", False)


def test_only_what_is_chosen_is_looked_into_and_what_comes_there_later(
    paths: LibraryPaths, folder: Path, tmp_path: Path
) -> None:
    save_photos(tmp_path / "others", 3)
    index_folder(paths, folder, tmp_path / "others")
    with WritableLibrary(paths) as library:
        of_album = library.catalog.photo_at(folder / "0.jpg")
        assert of_album is not None
        album = library.albums.create("Album", [of_album.id])
        assert chosen(library, Filter(folder=tmp_path / "others")) == 3
        assert finish(look_inside(library)) == 0
        assert chosen(library, Filter(folder=tmp_path / "others"), Filter(albums=(album,))) == 1
        save_photos(tmp_path / "others", 1, first=50)
        finish(index_library(library))
        assert finish(look_inside(library)) == 1
        held = parts_held(library)
        assert (held.photos, held.waiting, len(held.chosen)) == (library.backbone.part_store.count(), 0, 2)
        assert held.bytes > 5 * len(PARTS) * 1280


def test_ended_between_two_steps_it_goes_on_from_there(paths: LibraryPaths, folder: Path) -> None:
    index_folder(paths, folder)
    with WritableLibrary(paths) as library:
        library.choices.look_into([EVERYTHING])
        job = look_inside(library)
        while library.backbone.part_store.count() < 3:
            next(job)
        job.close()
        assert len(without_parts(library, EVERYTHING)) == 2
        assert finish(look_inside(library)) == 2


def test_a_file_that_is_gone_or_another_one_is_left_for_later(paths: LibraryPaths, folder: Path) -> None:
    index_folder(paths, folder)
    (folder / "0.jpg").unlink()
    (folder / "1.jpg").write_bytes((folder / "2.jpg").read_bytes())
    (folder / "3.jpg").write_bytes(b"no picture")
    with WritableLibrary(paths) as library:
        assert chosen(library, EVERYTHING) == 2
        finish(index_library(library))
        assert finish(look_inside(library)) == 0
        assert parts_held(library).waiting == 0


def test_where_the_drive_is_away_that_is_told(paths: LibraryPaths, folder: Path) -> None:
    index_folder(paths, folder)
    folder.rename(folder.parent / "away")
    with WritableLibrary(paths) as library:
        finish(index_library(library))
        cost = finish(parts_cost(library, EVERYTHING))
        assert (cost.photos, cost.away) == (0, 5)
        part = Query(images=(folder / "0.jpg",), region=(0.0, 0.0, 0.5, 0.5))
        with pytest.raises(UserError, match="The drive of this photo is not connected"):
            library.search_engine.answer(part)
        with pytest.raises(UserError, match="The file is no longer there"):
            library.search_engine.answer(replace(part, images=(folder.parent / "never there.jpg",)))


def test_forgetting_frees_the_disk_and_nothing_is_looked_into_any_more(paths: LibraryPaths, folder: Path) -> None:
    index_folder(paths, folder)
    with WritableLibrary(paths) as library:
        chosen(library, EVERYTHING)
        library.backbone.keep(library.backbone.parts)
        library.forget_parts()
        assert search(library, folder).looked_into == 0
        assert (parts_held(library).chosen, parts_held(library).photos, parts_held(library).bytes) == ((), 0, 0)
        assert finish(look_inside(library)) == 0
    assert not list(paths.root.glob("parts*"))
    assert not list(paths.vectors.glob("*parts*"))


def test_the_cost_is_told_from_a_trial_that_keeps_nothing(paths: LibraryPaths, folder: Path) -> None:
    index_folder(paths, folder)
    with WritableLibrary(paths) as library:
        cost = finish(parts_cost(library, EVERYTHING))
        assert (cost.photos, cost.which) == (5, EVERYTHING)
        assert cost.seconds > 0
        assert library.backbone.part_store.count() == 0
        chosen(library, EVERYTHING)
        held = parts_held(library).bytes
        assert 0.5 * held < cost.bytes < 2 * held
        assert finish(parts_cost(library, EVERYTHING)).photos == 0


def test_videos_are_left_out(paths: LibraryPaths, folder: Path) -> None:
    write_video(folder / "film.mp4", [draw_scene("rings", 3)], 2, rate=5)
    index_folder(paths, folder)
    with WritableLibrary(paths) as library:
        assert chosen(library, EVERYTHING) == 5


def test_parts_come_out_the_same_however_they_are_put_together(paths: LibraryPaths) -> None:
    """The network of the CPU takes as many pictures as a photo has views; the last of 25 stand beside blank ones."""
    with WritableLibrary(paths) as library:
        embedder = library.backbone.embedder()
        rng = random.Random(0)
        noise = Image.effect_noise((80, 60), rng.randrange(50, 90)).convert("RGB")
        parts = library.backbone.preparation.of_parts().prepare(noise)
        together = embedder.embed_parts(parts)
        assert together.shape == (len(PARTS), embedder.dimension)
        alone = np.concatenate([embedder.embed_parts(part[np.newaxis]) for part in parts[::8]])
        np.testing.assert_allclose(together[::8], alone, rtol=1e-4, atol=1e-4)
