"""A large picture costs its decoder's own pixels, and little more."""

import subprocess
import sys
import zlib
from pathlib import Path
from struct import pack

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")]

SIDE = 12_000
PIXELS = SIDE * SIDE * 4
AROUND = 150 * 1024**2
"""Bytes of the interpreter, the libraries, the file and the bands."""

DECODE = """
import sys
from pathlib import Path
from guie_desktop.pictures.images import decode, read_photo
picture = decode(read_photo(Path(sys.argv[1])), 260)
# Not ru_maxrss, which begins with what the tests themselves have.
(peak,) = (line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(picture.image.width, int(peak) * 1024)
"""


def chunk(kind: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))


def test_a_large_png_is_held_once(tmp_path: Path) -> None:
    packing = zlib.compressobj(1)
    row = b"\0" + bytes((200, 40, 40, 200)) * SIDE
    pixels = b"".join(packing.compress(row) for _ in range(SIDE)) + packing.flush()
    header = pack(">IIBBBBB", SIDE, SIDE, 8, 6, 0, 0, 0)
    file = tmp_path / "large.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))
    done = subprocess.run([sys.executable, "-c", DECODE, str(file)], capture_output=True, text=True, check=True)
    width, peak = map(int, done.stdout.split())
    assert width == 261
    assert peak < PIXELS + AROUND
