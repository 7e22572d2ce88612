"""What the worker makes of one photo for the large view: all its pixels, and what the camera noted."""

from pathlib import Path

from PIL import Image
from PIL.ExifTags import Base

from guie_desktop.messages import Failed, ReadFacts, ReadPixels
from guie_desktop.noted import PhotoFacts
from guie_desktop.paths import LibraryPaths
from tests.drawing import draw_scene
from tests.worker_end import Start


def photo_at(path: Path, orientation: int) -> Path:
    notes = Image.Exif()
    notes[Base.Orientation] = orientation
    notes[Base.Make], notes[Base.Model] = "Maker", "X1"
    draw_scene("dots", 5, (600, 400)).save(path, quality=95, exif=notes)
    return path


def test_all_pixels_are_written_upright_and_once(start: Start, tmp_path: Path, paths: LibraryPaths) -> None:
    worker = start()
    photo = photo_at(tmp_path / "a.jpg", orientation=6)
    ready = worker.ask(ReadPixels(photo))
    assert (ready.width, ready.height) == (400, 600)
    assert ready.file.parent == paths.full_size
    pixels = Image.frombytes("RGB", (400, 600), ready.file.read_bytes())
    with Image.open(photo) as stored:
        upright = stored.transpose(Image.Transpose.ROTATE_270)
    assert pixels.resize((4, 6)).tobytes() == upright.resize((4, 6)).tobytes()
    written = ready.file.stat().st_mtime_ns
    assert worker.ask(ReadPixels(photo)) == ready
    assert ready.file.stat().st_mtime_ns == written


def test_what_the_camera_noted_is_told(start: Start, tmp_path: Path) -> None:
    worker = start()
    assert worker.ask(ReadFacts(photo_at(tmp_path / "a.jpg", 1))).facts == PhotoFacts(camera="Maker X1")
    (tmp_path / "no.jpg").write_text("no picture")
    assert worker.ask(ReadFacts(tmp_path / "no.jpg")).facts == PhotoFacts()


def test_what_cannot_be_read_is_a_sentence_and_leaves_nothing(
    start: Start, tmp_path: Path, paths: LibraryPaths
) -> None:
    worker = start()
    (tmp_path / "no.jpg").write_text("no picture")
    for command in (ReadPixels(tmp_path / "no.jpg"), ReadPixels(tmp_path / "none.jpg"), ReadFacts(tmp_path / "a.jpg")):
        failed = worker.reply(worker.send(command))
        assert isinstance(failed, Failed)
        assert failed.title.endswith(".")
    assert not list(paths.full_size.iterdir())
