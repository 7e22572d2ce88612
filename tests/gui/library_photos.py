"""The photos on disk that the window's tests have a library of."""

import os
import shutil
import sys
from pathlib import Path

import skimage
from PIL import Image

PICTURES = Path(skimage.__file__).parent / "data"
ODD_NAME = b"caf\xe9 \xff.jpg"


def draw_photos(root: Path) -> Path:
    """A dozen crops of four pictures in two folders, one name that is not UTF-8, one file that is broken."""
    for number, name in enumerate(("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg")):
        with Image.open(PICTURES / name) as opened:
            picture = opened.convert("RGB")
        width, height = picture.size
        for part in range(3):
            folder = root / ("Holidays" if part else "Family")
            folder.mkdir(parents=True, exist_ok=True)
            shift = part * 30
            path = folder / f"{Path(name).stem} {part}.jpg"
            picture.crop((shift, shift, width - shift, height - shift)).save(path)
            taken = 1_600_000_000 + number * 86_400 * 30 + part * 3600
            os.utime(path, (taken, taken))
    if sys.platform == "linux":
        shutil.copy(os.fsencode(root / "Family" / "chelsea 0.jpg"), os.fsencode(root / "Family") + b"/" + ODD_NAME)
    (root / "Family" / "line\nbreak.jpg").write_bytes((root / "Family" / "rocket 0.jpg").read_bytes())
    (root / "Family" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing more")
    return root
