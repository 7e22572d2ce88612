"""Files are opened in other processes, and whatever these do, the program goes on and has a reason."""

import dataclasses
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

import psutil
import pytest
from PIL import Image

from guie_desktop.crashes import last_crash
from guie_desktop.decoding.decoder_start import run_decoder
from guie_desktop.decoding.decoders import Decoders
from guie_desktop.decoding.wire import Decoded, Task
from guie_desktop.disk.content import content_hash
from guie_desktop.embedding.assets import DEFAULT_MODEL, load_card
from guie_desktop.embedding.view_preparation import ViewPreparation
from guie_desktop.errors import UnreadablePhoto, UserError
from guie_desktop.pictures.picture_sizes import THUMBNAIL
from tests.decoding.deadly import run_deadly, run_nothing
from tests.drawing import draw_scene, save_photos

VIEWS = ViewPreparation.of(load_card(DEFAULT_MODEL))


@pytest.fixture(scope="module")
def decoders() -> Iterator[Decoders]:
    with Decoders(2) as made:
        yield made


@pytest.fixture(scope="module")
def deadly() -> Iterator[Decoders]:
    with Decoders(1, run_deadly, patience=0.005) as made:
        yield made


def decoder_processes() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]


def test_a_photo_comes_back_small(decoders: Decoders, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    scene = draw_scene("rings", 1, (640, 480))
    scene.save(path)
    decoded = decoders.decode(Task(path, views=VIEWS, jpeg=100))
    assert (decoded.width, decoded.height) == (640, 480)
    assert decoded.content_hash == content_hash(path.read_bytes())
    assert decoded.stills[0].jpeg is not None
    assert Image.open(BytesIO(decoded.stills[0].jpeg)).size == (100, 75)
    assert decoded.stills[0].views is not None
    assert decoded.stills[0].views.shape == (len(VIEWS.views), 260, 260, 3)
    only_a_view = decoders.decode(Task(path, views=VIEWS))
    assert only_a_view.stills[0].jpeg is None
    assert decoders.decode(Task(path, jpeg=100)).stills[0].views is None


def test_what_is_known_by_its_content_is_not_decoded(decoders: Decoders, tmp_path: Path) -> None:
    path = tmp_path / "no picture at all.jpg"
    path.write_bytes(b"but that is not looked at")
    key = content_hash(path.read_bytes())
    assert decoders.decode_unless_known(Task(path, jpeg=9), lambda found: found == key) == key
    with pytest.raises(UnreadablePhoto, match="not a picture"):
        decoders.decode_unless_known(Task(path, jpeg=9), lambda _found: False)


def test_failures_have_their_sentence(decoders: Decoders, tmp_path: Path) -> None:
    with pytest.raises(UnreadablePhoto, match="no longer there") as failure:
        decoders.decode(Task(tmp_path / "gone.jpg", jpeg=9))
    assert failure.value.transient
    (photo,) = save_photos(tmp_path, 1)
    with pytest.raises(UserError, match="region holds nothing"):
        decoders.decode(Task(photo, views=VIEWS, region=(2.0, 2.0, 0.1, 0.1)))
    assert decoders.decode(Task(photo, views=VIEWS, region=(0.5, 0.5, 0.1, 0.1))).stills[0].views is not None


def test_a_picture_too_large_for_any_process_is_refused_by_its_header(decoders: Decoders, tmp_path: Path) -> None:
    # 400 megapixels with transparency, of which only the header is there.
    header = BytesIO()
    Image.new("RGBA", (1, 1)).save(header, "PNG")
    vast = bytearray(header.getvalue())
    vast[16:24] = (16_000).to_bytes(4) + (16_000).to_bytes(4)
    vast[29:33] = zlib.crc32(vast[12:29]).to_bytes(4)
    (tmp_path / "vast.png").write_bytes(vast)
    with pytest.raises(UnreadablePhoto, match="16,000 x 16,000 pixels takes more memory"):
        decoders.decode(Task(tmp_path / "vast.png", jpeg=100))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems enforce no limit")
def test_a_picture_that_takes_more_than_it_was_weighed_at_is_refused(decoders: Decoders, tmp_path: Path) -> None:
    # What is asked for is made of it in one piece.
    Image.new("L", (1000, 10)).save(tmp_path / "long.png")
    vast = dataclasses.replace(VIEWS, side=40_000)
    with pytest.raises(UnreadablePhoto, match="takes more memory than the program gives") as failure:
        decoders.decode(Task(tmp_path / "long.png", views=vast))
    assert not failure.value.transient
    assert decoders.decode(Task(tmp_path / "long.png", jpeg=9)).width == 1000


def test_many_at_once_come_back_each_with_its_own(decoders: Decoders, tmp_path: Path) -> None:
    photos = save_photos(tmp_path, 12)
    futures = [decoders.submit(Task(photo, jpeg=50)) for photo in photos]
    results = [future.result() for future in futures]
    assert [one.content_hash for one in results if isinstance(one, Decoded)] == [
        content_hash(photo.read_bytes()) for photo in photos
    ]
    decoders.rest()
    assert len(decoder_processes()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system itself starts threads")
def test_a_decoder_has_no_threads_beside_its_own(tmp_path: Path) -> None:
    (photo,) = save_photos(tmp_path, 1)
    before = decoder_processes()
    with Decoders(1) as decoders:
        decoders.decode(Task(photo, views=VIEWS, jpeg=THUMBNAIL))
        (process,) = (one for one in decoder_processes() if one not in before)
        assert process.num_threads() == 1


def test_a_file_that_kills_its_decoder_is_listed_and_the_next_one_read(deadly: Decoders, tmp_path: Path) -> None:
    (good,) = save_photos(tmp_path, 1)
    for name in ("crash.jpg", "another crash.jpg"):
        (tmp_path / name).write_bytes(good.read_bytes())
        with pytest.raises(UnreadablePhoto, match="makes the program crash") as failure:
            deadly.decode(Task(tmp_path / name, jpeg=9))
        assert not failure.value.transient
        assert deadly.decode(Task(good, jpeg=9)).width == 320


def test_a_decoder_that_merely_died_costs_its_file_nothing(deadly: Decoders, tmp_path: Path) -> None:
    (good,) = save_photos(tmp_path, 1)
    unlucky = good.rename(tmp_path / "stumble.jpg")
    assert deadly.decode(Task(unlucky, jpeg=9)).width == 320


@pytest.mark.parametrize(
    ("name", "reason", "may_pass"),
    [
        ("slow drive.jpg", "Reading the file took longer than", True),
        ("hang.jpg", "Opening the picture took longer than", False),
    ],
)
def test_a_file_that_hangs_is_given_up(
    deadly: Decoders, tmp_path: Path, name: str, reason: str, *, may_pass: bool
) -> None:
    (good,) = save_photos(tmp_path, 1)
    (tmp_path / name).write_bytes(good.read_bytes())
    with pytest.raises(UnreadablePhoto, match=reason) as failure:
        deadly.decode(Task(tmp_path / name, jpeg=9))
    assert failure.value.transient == may_pass
    assert deadly.decode(Task(good, jpeg=9)).width == 320


def test_decoders_that_cannot_start_blame_no_file(tmp_path: Path) -> None:
    (photo,) = save_photos(tmp_path, 1)
    with Decoders(1, run_nothing) as broken, pytest.raises(UserError, match="could not be started") as failure:
        broken.decode(Task(photo, jpeg=9))
    assert not isinstance(failure.value, UnreadablePhoto)


def test_closing_ends_also_those_that_are_at_a_file(tmp_path: Path) -> None:
    (photo,) = save_photos(tmp_path, 1)
    before = decoder_processes()
    decoders = Decoders(2, run_deadly)
    hanging = [photo.with_name("hang.jpg"), photo.with_name("slow drive.jpg")]
    begun = [decoders.submit(Task(path, jpeg=9)) for path in [photo, *hanging, photo]]
    begun[0].result()
    decoders.close()
    assert all(future.cancelled() or future.done() for future in begun)
    assert decoder_processes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_decoder_that_crashes_leaves_its_stack_for_a_report(tmp_path: Path) -> None:
    crashes = tmp_path / "crash-decoder.txt"
    (photo,) = save_photos(tmp_path, 1)
    before = decoder_processes()
    with Decoders(1, partial(run_decoder, crashes=crashes)) as decoders:
        decoders.decode(Task(photo, jpeg=9))
        (process,) = (one for one in decoder_processes() if one not in before)
        process.send_signal(signal.SIGSEGV)
        process.wait(60)
        assert decoders.decode(Task(photo, jpeg=9)).stills  # by another one
    crash = last_crash(crashes)
    assert crash is not None
    assert "Segmentation fault" in crash.stack
    assert "decoder_process.py" in crash.stack


_ORPHAN = """
import sys
from pathlib import Path
from guie_desktop.decoding.decoders import Decoders
from guie_desktop.decoding.wire import Task
if __name__ == "__main__":
    decoders = Decoders(1)
    decoders.decode(Task(Path(sys.argv[1]), jpeg=9))
    print("decoded", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_decoders_end_with_the_program_however_that_ends(tmp_path: Path) -> None:
    (photo,) = save_photos(tmp_path, 1)
    script = tmp_path / "orphan.py"
    script.write_text(_ORPHAN)
    with subprocess.Popen(
        [sys.executable, str(script), str(photo)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "decoded\n"
        children = psutil.Process(program.pid).children()
        assert children
        program.send_signal(signal.SIGKILL)
        program.communicate()
    _, alive = psutil.wait_procs(children, timeout=60)
    assert not alive
