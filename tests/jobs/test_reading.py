"""Photos that wait are read, whatever becomes of the processes that open them; what is known is not opened again."""

import shutil
import threading
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import psutil
import pytest
from PIL import Image

from guie_desktop.arrays import Floats, ViewPixels
from guie_desktop.computing import ComputingChoices
from guie_desktop.decoding.decoders import Decoders
from guie_desktop.embedding.embedder import Embedder, open_embedder
from guie_desktop.jobs import reading
from guie_desktop.jobs.indexing import embed_photos, index_library, show_photos
from guie_desktop.jobs.photo_keeper import PhotoKeeper
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace import open_backbone, open_library
from guie_desktop.workspace.open_library import WritableLibrary
from tests.decoding.deadly import run_deadly
from tests.drawing import draw_scene, save_photos
from tests.running import finish, index_folder

pytestmark = pytest.mark.slow


def deadly(library: WritableLibrary) -> WritableLibrary:
    """The library with decoders that do what the names of the files say."""
    library.decoders.close()
    library.decoders = Decoders(2, run_deadly, patience=0.005)
    return library


def test_what_crashes_or_hangs_is_listed_and_all_else_is_read(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "photos", 6)
    for name in ("crash.jpg", "hang.jpg", "stumble.jpg"):
        draw_scene("dots", len(name)).save(tmp_path / "photos" / name)
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(tmp_path / "photos")
        report = finish(index_library(deadly(library)))
    assert report.added == len(photos) + 1
    reasons = {failure.path.name: failure.reason for failure in report.failed}
    assert "makes the program crash" in reasons.pop("crash.jpg")
    assert "took longer" in reasons.pop("hang.jpg")
    assert not reasons
    assert index_folder(paths).failed == report.failed
    assert index_folder(paths, retry=True).failed == ()


def test_a_copy_of_a_dated_photo_is_read_but_not_decoded(paths: LibraryPaths, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2019:07:14 12:34:56"
    draw_scene("rings", 1).save(folder / "dated.jpg", exif=exif)
    index_folder(paths, folder)
    shutil.copy(folder / "dated.jpg", folder / "read only.jpg")
    with WritableLibrary(paths) as library:
        report = finish(index_library(deadly(library)))
        assert (report.added, report.embedded, report.failed) == (1, 0, ())
        copy, original = (library.catalog.photo_at(folder / name) for name in ("read only.jpg", "dated.jpg"))
        assert copy is not None
        assert original is not None
        assert (copy.content_hash, copy.width, copy.taken) == (original.content_hash, original.width, original.taken)


def test_a_job_that_is_closed_leaves_no_process_when_the_library_is_closed(paths: LibraryPaths, tmp_path: Path) -> None:
    save_photos(tmp_path / "photos", 40)
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(tmp_path / "photos")
        job = index_library(library)
        while next(job).done == 0:
            pass
        job.close()
        mine = psutil.Process().children()
    _, alive = psutil.wait_procs(mine, timeout=60)
    assert not [child for child in alive if "spawn_main" in " ".join(child.cmdline())]
    assert index_folder(paths).failed == ()


@pytest.mark.parametrize(("seconds", "most"), [(600.0, 16), (0.0, 4)])
def test_as_many_are_written_together_as_the_network_looks_at_in_a_moment(
    paths: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float, most: int
) -> None:
    monkeypatch.setattr(reading, "_MOMENT", seconds)
    looked_at: list[int] = []
    embed = Embedder.embed

    def count(self: Embedder, prepared: Sequence[ViewPixels]) -> Floats:
        looked_at.append(len(prepared))
        return embed(self, prepared)

    monkeypatch.setattr(Embedder, "embed", count)
    save_photos(tmp_path / "photos", 24)
    assert index_folder(paths, tmp_path / "photos").embedded == 24
    assert sum(looked_at) == 24
    assert max(looked_at) == most


def test_what_came_of_a_batch_is_written_while_the_network_looks_at_the_next(
    paths: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, second_look = count(), threading.Event()

    def embed_noting(embedder: Embedder, prepared: Any) -> Any:
        if next(looks) == 1:
            second_look.set()
        return embed(embedder, prepared)

    def keep_late(keeper: PhotoKeeper, found: Any, vectors: Any) -> None:
        assert second_look.wait(60)
        keep(keeper, found, vectors)

    embed, keep = Embedder.embed, PhotoKeeper.keep
    save_photos(tmp_path / "photos", 20)
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(tmp_path / "photos")
        finish(show_photos(library))
        monkeypatch.setattr(Embedder, "embed", embed_noting)
        monkeypatch.setattr(PhotoKeeper, "keep", keep_late)
        assert finish(embed_photos(library)).embedded == 20


def test_another_share_of_the_processor_is_taken_at_once(
    paths: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_library, "worker_threads", lambda: 2)
    opened: list[int] = []

    def open_noting(*parts: Any, **words: Any) -> Embedder:
        opened.append(parts[3])
        return open_embedder(*parts, **words)

    monkeypatch.setattr(open_backbone, "open_embedder", open_noting)
    save_photos(tmp_path / "photos", 20)
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(tmp_path / "photos")
        finish(show_photos(library))
        job = embed_photos(library)
        while next(job).done == 0:
            pass
        library.compute_so(ComputingChoices("half"))
        assert finish(job).embedded == 20
    assert opened == [2, 1]
