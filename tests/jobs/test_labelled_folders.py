"""A feature is made once for each content, and kept; the folders do not become part of the library."""

from pathlib import Path

import pytest

from guie_desktop.decoding.decoders import Decoders
from guie_desktop.errors import UserError
from guie_desktop.jobs.labelled_folders import LabelledFolder, read_labelled
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_backbone import OpenBackbone
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import draw_scene
from tests.labelled import save_labelled
from tests.running import finish


def read(paths: LibraryPaths, folder: Path, known: dict[Path, bytes] | None = None) -> LabelledFolder:
    with WritableLibrary(paths) as library:
        return finish(read_labelled(library, library.backbone, folder, known or {}))


@pytest.mark.slow
def test_what_was_read_once_is_not_embedded_again(
    paths: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = save_labelled(tmp_path / "photos", 3)
    (photos[0].parent / "broken.jpg").write_bytes(photos[0].read_bytes()[:200])
    (tmp_path / "photos" / "elsewhere").mkdir()
    copy = tmp_path / "photos" / "elsewhere" / "copy.jpg"
    copy.write_bytes(photos[0].read_bytes())
    first = read(paths, tmp_path / "photos")
    assert list(first.contents) == sorted([*photos, copy])
    assert first.labels == [path.parent.name for path in first.contents]
    assert first.contents[copy] == first.contents[photos[0]]
    assert [failure.path.name for failure in first.failed] == ["broken.jpg"]
    with WritableLibrary(paths) as library:
        assert library.backbone.features.known(list(first.contents.values())) == set(first.contents.values())
        assert library.catalog.counts().photos == 0

    (photos[0].parent / "broken.jpg").unlink()
    monkeypatch.setattr(OpenBackbone, "embedder", lambda _self: pytest.fail("the features are there"))
    assert read(paths, tmp_path / "photos").contents == first.contents
    # A photo that was changed has another content; one that was only moved has not.
    photos[1].rename(photos[1].with_name("moved.jpg"))
    moved = read(paths, tmp_path / "photos").contents
    assert moved[photos[1].with_name("moved.jpg")] == first.contents[photos[1]]
    draw_scene("dots", 999).save(photos[2])
    with pytest.raises(pytest.fail.Exception):
        read(paths, tmp_path / "photos")


@pytest.mark.slow
def test_known_contents_are_not_read(paths: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_labelled(tmp_path / "photos", 2)
    first = read(paths, tmp_path / "photos")
    monkeypatch.setattr(Decoders, "submit", lambda _self, _task, _is_known: pytest.fail("is known"))
    assert read(paths, tmp_path / "photos", first.contents) == first


def test_folders_without_photos_are_refused(paths: LibraryPaths, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no folder"):
        read(paths, tmp_path / "nowhere")
    (tmp_path / "label").mkdir()
    with pytest.raises(UserError, match="no photos"):
        read(paths, tmp_path / "label")
    (tmp_path / "label" / "empty.jpg").touch()
    with pytest.raises(UserError, match="is empty"):
        read(paths, tmp_path / "label")
