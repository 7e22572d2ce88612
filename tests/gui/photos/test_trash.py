"""That no other file than the photo's goes to the trash, and what is said before of its other places."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from guie_desktop.disk.content import content_hash
from guie_desktop.domain import Photo
from guie_desktop.gui.photos import trash as trash_module
from guie_desktop.gui.photos.trash import kept_elsewhere, trash_files
from tests.drawing import save_photos


@pytest.fixture
def trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in the place of the desktop's trash."""
    folder = tmp_path / "trash"
    folder.mkdir()
    monkeypatch.setattr(trash_module, "send2trash", lambda path: shutil.move(path, folder))
    return folder


def as_indexed(path: Path) -> Photo:
    status, content = path.stat(), content_hash(path.read_bytes())
    return Photo(1, 1, path, content, 4, 3, status.st_size, status.st_mtime_ns, 0.0, ctime_ns=path.stat().st_ctime_ns)


def test_what_is_as_it_was_goes_and_the_rest_is_told_together(trash: Path, tmp_path: Path) -> None:
    photos = [as_indexed(path) for path in save_photos(tmp_path / "photos", 7)]
    gone, touched, larger = photos[1:6:2], photos[0], photos[6]
    for photo in gone:
        photo.path.unlink()
    os.utime(touched.path, ns=(0, touched.mtime_ns - 1000))  # the picture is the same
    larger.path.write_bytes(larger.path.read_bytes() + b"more")
    os.utime(larger.path, ns=(0, larger.mtime_ns))
    done: list[int] = []

    def went_on(number: int) -> bool:
        done.append(number)
        return True

    went, error = trash_files(photos, went_on)
    assert {path.name for path in trash.iterdir()} == {photos[number].path.name for number in (0, 2, 4)}
    assert went == [photos[number] for number in (0, 2, 4)]
    assert done == [1, 2, 3, 4, 5, 6, 7]
    assert error is not None
    assert error.title == (
        f"Not moved to the trash: {gone[0].path.name} is not there any more; {gone[1].path.name} is not there any more;"
        f" {gone[2].path.name} is not there any more; and 1 other."
    )


def test_it_can_be_stopped(trash: Path, tmp_path: Path) -> None:
    photos = [as_indexed(path) for path in save_photos(tmp_path / "photos", 4)]
    assert trash_files(photos, lambda done: done < 2) == (photos[:2], None)
    assert {path.name for path in trash.iterdir()} == {photo.path.name for photo in photos[:2]}


def test_another_picture_of_the_same_size_and_times_stays(trash: Path, tmp_path: Path) -> None:
    """As it is after a swap that the library followed by size and times alone."""
    photo = as_indexed(save_photos(tmp_path / "photos", 1)[0])
    gone, error = trash_files([replace(photo, content_hash=bytes(16))])
    assert (gone, photo.path.exists(), list(trash.iterdir())) == ([], True, [])
    assert error is not None
    assert error.title == f"Not moved to the trash: {photo.path.name} is no longer the photo that the library shows."


def test_a_trash_that_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = save_photos(tmp_path, 1)
    for failure, told in (
        (PermissionError(13, "Permission denied"), "could not be moved (Permission denied)"),
        (FileNotFoundError(2, "Not found"), "is not there any more"),
    ):

        def refuse(_path: Path, failure: OSError = failure) -> None:
            raise failure

        monkeypatch.setattr(trash_module, "send2trash", refuse)
        gone, error = trash_files([as_indexed(path)])
        assert (gone, path.exists()) == ([], True)
        assert error is not None
        assert error.title == f"Not moved to the trash: {path.name} {told}."


@pytest.mark.skipif(sys.platform != "linux", reason="the trash of freedesktop.org")
def test_of_a_link_the_link_goes_to_the_real_trash_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (path,) = save_photos(tmp_path / "photos", 1)
    link = path.with_name("link.jpg")
    link.symlink_to(path.name)
    script = (
        "import sys; from pathlib import Path; from tests.gui.photos.test_trash import as_indexed, trash_files; "
        "gone, error = trash_files([as_indexed(Path(sys.argv[1]))]); print((len(gone), error))"
    )
    places = {"XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script, link], env=os.environ | places, capture_output=True, text=True, check=False
    )
    assert done.stdout == "(1, None)\n", done.stderr
    assert path.exists()
    assert not link.is_symlink()
    assert (tmp_path / "data/Trash/files/link.jpg").is_symlink()


def test_the_question_tells_what_the_other_places_keep(tmp_path: Path) -> None:
    first, second, third = save_photos(tmp_path, 3)
    shutil.copy(first, tmp_path / "copy.jpg")
    (tmp_path / "hard.jpg").hardlink_to(first)
    (tmp_path / "link.jpg").symlink_to(first)
    photo, other, single = as_indexed(first), as_indexed(second), as_indexed(third)
    here = {photo.content_hash: [first, tmp_path / "copy.jpg"]}
    assert kept_elsewhere([photo], {photo.content_hash: [first]}) == ""
    assert kept_elsewhere([photo], here) == "It stays in 1 other place."
    here[photo.content_hash] += [tmp_path / "hard.jpg", tmp_path / "away" / "gone.jpg"]
    assert kept_elsewhere([photo], here) == "It stays in 2 other places."
    here[photo.content_hash].append(tmp_path / "link.jpg")
    assert kept_elsewhere([photo], here) == "It stays in 2 other places. 1 link to it will lead nowhere."
    link = replace(photo, path=tmp_path / "link.jpg")
    assert kept_elsewhere([link], here) == "It stays in 3 other places."
    here[single.content_hash] = [third]
    assert kept_elsewhere([photo, other, single], here) == (
        "1 of them is kept in other places as well. 1 link to them will lead nowhere."
    )
    copy = replace(photo, path=tmp_path / "copy.jpg")
    hard = replace(photo, path=tmp_path / "hard.jpg")
    assert kept_elsewhere([photo, copy, hard, link], here) == ""
