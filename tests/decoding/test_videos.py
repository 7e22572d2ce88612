"""Videos are opened in other processes as photos are, and none of them takes the program along, or for ever."""

import random
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from guie_desktop.decoding.decoders import Decoders
from guie_desktop.decoding.weighing import weigh_video
from guie_desktop.decoding.wire import MOST_OF_ONE, Task
from guie_desktop.disk.content import content_hash
from guie_desktop.embedding.assets import DEFAULT_MODEL, load_card
from guie_desktop.embedding.view_preparation import ViewPreparation
from guie_desktop.errors import UnreadablePhoto, UserError
from tests.decoding.deadly import run_deadly
from tests.drawing import save_photos
from tests.fuzzing import spoiled
from tests.videos import number_of, picture_of, write_video

VIEWS = ViewPreparation.of(load_card(DEFAULT_MODEL))
FILM = [picture_of(i) for i in range(25)]


@pytest.fixture(scope="module")
def decoders() -> Iterator[Decoders]:
    with Decoders(2) as made:
        yield made


def test_a_video_comes_back_as_a_few_stills(decoders: Decoders, tmp_path: Path) -> None:
    path = write_video(tmp_path / "film.MP4", FILM, notes={"creation_time": "2019-07-14T10:34:56.000000Z"})
    decoded = decoders.decode(Task(path, views=VIEWS, jpeg=100))
    assert (decoded.width, decoded.height, decoded.seconds) == (160, 120, 25)
    assert (decoded.taken, decoded.taken_from) == (1563100496, "video")
    assert (decoded.cut_off, decoded.is_motion) == (False, False)
    assert decoded.content_hash == content_hash(path.read_bytes())
    assert len(decoded.stills) == 3
    for still in decoded.stills:
        assert still.jpeg is not None
        assert number_of(Image.open(BytesIO(still.jpeg))) == still.moment // 1000
        assert still.views is not None
        assert still.views.shape == (len(VIEWS.views), 260, 260, 3)
        (again,) = decoders.decode(Task(path, views=VIEWS, moment=still.moment)).stills
        assert (again.moment, again.jpeg) == (still.moment, None)
        assert again.views is not None
        assert np.array_equal(again.views, still.views)


def test_a_part_of_a_moment_can_be_meant(decoders: Decoders, tmp_path: Path) -> None:
    path = write_video(tmp_path / "film.mkv", FILM)
    (still,) = decoders.decode(Task(path, jpeg=60, region=(0.5, 0.0, 0.5, 1.0), moment=3500)).stills
    assert still.jpeg is not None
    right = np.asarray(Image.open(BytesIO(still.jpeg)), int)
    assert np.abs(right.mean(axis=(0, 1)) - np.array(picture_of(3).getpixel((150, 60)))).max() < 12
    with pytest.raises(UserError, match="region holds nothing"):
        decoders.decode(Task(path, jpeg=60, region=(2.0, 2.0, 0.1, 0.1)))


def test_what_is_known_by_its_content_is_not_decoded(decoders: Decoders, tmp_path: Path) -> None:
    path = tmp_path / "no video at all.mp4"
    path.write_bytes(b"but that is not looked at")
    key = content_hash(path.read_bytes())
    assert decoders.decode_unless_known(Task(path, jpeg=9), lambda found: found == key) == key
    with pytest.raises(UnreadablePhoto, match="not a video"):
        decoders.decode_unless_known(Task(path, jpeg=9), lambda _found: False)


def test_failures_have_their_sentence(decoders: Decoders, tmp_path: Path) -> None:
    with pytest.raises(UnreadablePhoto, match="no longer there") as failure:
        decoders.decode(Task(tmp_path / "gone.mp4", jpeg=9))
    assert failure.value.transient
    (tmp_path / "empty.mov").touch()
    with pytest.raises(UnreadablePhoto, match="is empty"):
        decoders.decode(Task(tmp_path / "empty.mov", jpeg=9))
    (tmp_path / "folder.mov").mkdir()
    with pytest.raises(UnreadablePhoto, match="not a file"):
        decoders.decode(Task(tmp_path / "folder.mov", jpeg=9))
    (photo,) = save_photos(tmp_path, 1)
    with pytest.raises(UnreadablePhoto, match="not a video"):
        decoders.decode(Task(photo.rename(tmp_path / "photo.mp4"), jpeg=9))
    with pytest.raises(UnreadablePhoto, match="not a picture"):
        decoders.decode(Task(write_video(tmp_path / "film.mp4", FILM).rename(tmp_path / "film.jpg"), jpeg=9))


@pytest.mark.parametrize(
    ("name", "reason", "remedy"),
    [
        ("crash.mp4", "makes the program crash", "video editor"),
        ("hang.mp4", "Opening the video took longer", "video editor"),
        ("slow drive.mp4", "Reading the file took longer", "drive"),
    ],
)
def test_a_video_that_harms_its_decoder_is_told(tmp_path: Path, name: str, reason: str, remedy: str) -> None:
    write_video(tmp_path / name, FILM)
    with Decoders(1, run_deadly, patience=0.005) as deadly, pytest.raises(UnreadablePhoto, match=reason) as failure:
        deadly.decode(Task(tmp_path / name, jpeg=9))
    assert remedy in failure.value.remedy


def test_a_drive_that_goes_on_answering_may_take_its_time(tmp_path: Path) -> None:
    # It tells five times that it still reads, each time within what one silence may last.
    write_video(tmp_path / "still reading.mp4", FILM)
    with Decoders(1, run_deadly) as slow:
        assert len(slow.decode(Task(tmp_path / "still reading.mp4", jpeg=9)).stills) == 3


def test_a_video_weighs_what_its_decoder_holds() -> None:
    snapshot, full, ultra = (weigh_video(*size, 12, 320) for size in ((640, 480), (1920, 1080), (3840, 2160)))
    assert snapshot.bytes < full.bytes < ultra.bytes < MOST_OF_ONE
    assert weigh_video(0, 0, 12, 320).bytes == MOST_OF_ONE
    with pytest.raises(UnreadablePhoto, match="16,384 x 8,192 pixels takes more memory"):
        weigh_video(16384, 8192, 12, 320)


def spoil(tmp_path: Path, count: int, seed: int) -> list[Path]:
    rng = random.Random(seed)
    kinds = [("mp4", None), ("mov", "libx265"), ("mkv", None), ("webm", None), ("avi", None), ("mp4", "libsvtav1")]
    kinds += [("mts", None), ("wmv", "wmv2"), ("flv", "flv"), ("mpg", "mpeg2video"), ("mov", "qtrle"), ("mkv", "ffv1")]
    pixels = {"qtrle": "rgb24"}
    good = [
        write_video(
            tmp_path / f"{index}.{suffix}",
            [picture_of(i, (64, 48)) for i in range(15)],
            codec=codec,
            rate=25,
            pixels=pixels.get(codec or "", "yuv420p"),
        )
        for index, (suffix, codec) in enumerate(kinds)
    ]
    paths = []
    for number in range(count):
        source = good[number % len(good)]
        path = tmp_path / f"spoiled {number}{source.suffix}"
        path.write_bytes(spoiled(rng, source.read_bytes()))
        paths.append(path)
    return paths


@pytest.mark.parametrize("count", [36, pytest.param(600, marks=pytest.mark.slow)])
def test_every_spoiled_video_is_read_or_has_a_reason(decoders: Decoders, tmp_path: Path, count: int) -> None:
    futures = [decoders.submit(Task(path, views=VIEWS, jpeg=60)) for path in spoil(tmp_path, count, 14)]
    failures = [failure for future in futures if (failure := future.exception()) is not None]
    for failure in failures:
        assert isinstance(failure, UnreadablePhoto)
        assert failure.remedy
        assert not {"crash", "longer"} & set(failure.title.split())
        assert not failure.transient
    assert len(failures) < count * 4 / 5
