"""Photos for the tour: public pictures that scikit-image carries, in a few versions, of several places and dates."""

import datetime
from pathlib import Path

import skimage
from PIL import Image, ImageEnhance

_SOURCES = {"People": "astronaut.png", "Cats": "chelsea.png", "Kitchen": "coffee.png", "Rockets": "rocket.jpg"}
_VERSIONS = 8
_DATE_TAKEN = 0x9003
_EXIF = 0x8769
_MAKER, _MODEL = 0x010F, 0x0110
_FIRST = datetime.datetime(2019, 5, 4, 10, 30)  # cameras know no zone


def make_photos(folder: Path) -> None:
    """Write 32 photos into four folders, each a part of a picture, a little brighter than the one before."""
    for number, (name, source) in enumerate(_SOURCES.items()):
        (folder / name).mkdir(parents=True)
        with Image.open(Path(skimage.__file__).parent / "data" / source) as opened:
            whole = opened.convert("RGB")
        for version in range(_VERSIONS):
            inset = 6 * version
            part = whole.crop((inset, inset, whole.width - inset, whole.height - inset))
            bright = ImageEnhance.Brightness(part).enhance(0.85 + 0.04 * version)
            exif = Image.Exif()
            exif[_MAKER], exif[_MODEL] = "Example", f"Camera {number + 1}"
            taken = _FIRST + datetime.timedelta(days=37 * version + 200 * number)
            exif.get_ifd(_EXIF)[_DATE_TAKEN] = taken.strftime("%Y:%m:%d %H:%M:%S")
            bright.save(folder / name / f"{name.lower()} {version + 1}.jpg", quality=92, exif=exif)
