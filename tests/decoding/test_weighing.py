"""What a header says is what decoding takes, or more: nothing is admitted that there is no room for."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from guie_desktop.decoding.weighing import weigh
from guie_desktop.decoding.wire import MOST_OF_ONE
from guie_desktop.errors import UnreadablePhoto

SIDE = 3000
_PEAK = """
import sys
from pathlib import Path
from guie_desktop.pictures.images import decode
def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return 1024 * int(next(line for line in lines if line.startswith("VmHWM")).split()[1])
data = Path(sys.argv[1]).read_bytes()
before = peak()
decode(data, 260)
print(peak() - before)
"""
_CODE = 24 * 1024**2
"""Bytes of the libraries that are loaded when a format is first decoded, of threads and of what is always there."""


def encoded(mode: str, kind: str, side: int = SIDE, **options: Any) -> bytes:
    buffer = BytesIO()
    Image.linear_gradient("L").resize((side, side)).convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the peak is Linux's to tell")
@pytest.mark.parametrize(
    ("mode", "kind", "options"),
    [
        ("RGB", "JPEG", {}),
        ("RGB", "JPEG", {"progressive": True, "subsampling": 0}),
        ("RGB", "PNG", {}),
        ("L", "PNG", {}),
        ("RGB", "WEBP", {"method": 0}),
        ("RGB", "AVIF", {"speed": 10, "subsampling": "4:4:4"}),
        ("RGB", "BMP", {}),
        ("RGB", "GIF", {}),
        ("RGB", "TIFF", {}),
        ("CMYK", "TIFF", {"compression": "tiff_lzw", "tiffinfo": {278: SIDE}}),
    ],
)
def test_no_picture_takes_more_than_it_was_weighed_at(
    tmp_path: Path, mode: str, kind: str, options: dict[str, Any]
) -> None:
    data = encoded(mode, kind, **options)
    (tmp_path / "photo").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, str(tmp_path / "photo")], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < weigh(data, 260).bytes + _CODE


def test_a_reduced_jpeg_weighs_little_and_a_progressive_one_much() -> None:
    plain, progressive = encoded("RGB", "JPEG", 2000), encoded("RGB", "JPEG", 2000, progressive=True)
    assert weigh(plain, 250).bytes < 5_000_000
    assert weigh(progressive, 250).bytes > 10_000_000
    assert weigh(plain, 2000).bytes > 16_000_000


def test_a_large_picture_gets_more_time() -> None:
    assert weigh(encoded("L", "PNG", 3000), 100).seconds > weigh(encoded("L", "PNG", 100), 100).seconds >= 30


def test_a_header_that_cannot_be_read_may_mean_anything() -> None:
    assert weigh(encoded("L", "PNG", 100)[:20], 100).bytes == MOST_OF_ONE


def test_what_no_process_may_take_is_refused() -> None:
    vast = bytearray(encoded("L", "BMP", 10))
    vast[18:26] = (60_000).to_bytes(4, "little") * 2
    with pytest.raises(UnreadablePhoto, match="60,000 x 60,000 pixels"):
        weigh(bytes(vast), 100)
    with pytest.raises(UnreadablePhoto, match="not a picture"):
        weigh(b"some words", 100)
