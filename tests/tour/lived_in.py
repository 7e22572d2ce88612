"""A library that looks lived in, made of pictures that may be shown to anybody.

They come with scikit-image, where they are CC0 or in the public domain, and with scikit-learn: china.jpg by
danielbuechele and flower.jpg by vultilion, both CC BY 2.0.
"""

import datetime
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import skimage
import sklearn
from PIL import Image, ImageEnhance, ImageOps

Light = tuple[float, float, float]
"""How much of red, green and blue there is."""
DAY: Light = (0.9, 0.97, 1.04)
LAMP: Light = (1.06, 0.92, 0.74)
_WHITE: Light = (1, 1, 1)
_WHERE = (Path(skimage.__file__).parent / "data", Path(sklearn.__file__).parent / "datasets" / "images")
_LONG_SIDE = 1400
_EXIF, _DATE_TAKEN, _EXPOSURE, _APERTURE, _SPEED, _FOCUS = 0x8769, 0x9003, 0x829A, 0x829D, 0x8827, 0x920A
_MAKER, _MODEL = 0x010F, 0x0110


@dataclass(frozen=True)
class Series:
    """Photos that somebody took of one thing: parts of one picture, each a little different."""

    folder: str
    name: str
    source: str
    first: str
    """When the first one was taken, such as 2021-03-06."""
    count: int
    days: float
    """From one photo to the next."""
    camera: str = "X-100"
    light: Light = _WHITE
    is_near: bool = False
    """Whether each shows another part, held upright or not, so that they are several scenes and not one."""


SERIES = (
    Series("Chelsea", "chelsea by day", "chelsea.png", "2021-03-06", 11, 130, light=DAY, is_near=True),
    Series("Chelsea", "chelsea by lamp", "chelsea.png", "2022-10-21", 11, 74, light=LAMP, is_near=True),
    Series("Coffee", "morning coffee", "coffee.png", "2022-01-15", 11, 97, light=DAY, is_near=True),
    Series("Coffee", "evening coffee", "coffee.png", "2023-02-03", 11, 63, light=LAMP, is_near=True),
    Series("Garden", "dahlia", "flower.jpg", "2021-07-04", 11, 121, is_near=True),
    Series("Garden", "lawn", "grass.png", "2021-05-22", 2, 370, light=(0.62, 0.86, 0.4)),
    Series("Garden", "old wall", "brick.png", "2021-06-19", 2, 290, "Phone", (1, 0.66, 0.52)),
    Series("Travels/China", "summer palace", "china.jpg", "2019-09-27", 8, 0.01),
    Series("Space/Rockets", "night launch", "rocket.jpg", "2024-07-20", 8, 0.0001, "Model 7"),
    Series("Space/Deep field", "galaxies", "hubble_deep_field.jpg", "2019-01-09", 4, 340, "Model 7"),
    Series("Space", "moon", "moon.png", "2019-07-16", 2, 28, "Model 7"),
    Series("People", "Eileen", "astronaut.png", "2020-03-10", 4, 380),
    Series("Museum", "roman coins", "coins.png", "2018-10-07", 4, 0.01, light=(1, 0.94, 0.8)),
    Series("Museum", "photographer", "camera.png", "2024-10-07", 2, 0.01, light=(1, 0.95, 0.86)),
)
_COPIES = (("Chelsea/chelsea by day 2", "Phone/IMG_2041"), ("Coffee/morning coffee 1", "Phone/IMG_2107"))
_SMALLER = (("Travels/China/summer palace 1", "Sent/china"), ("Garden/dahlia 3", "Sent/for mother"))
_PINNED = (("chelsea.png", "coffee.png", "china.jpg"), ("rocket.jpg", "flower.jpg", "chelsea.png"))
"""What hangs on two walls: photos of photos, so that there is something to be found inside."""


def make_library(folder: Path) -> int:
    """Write the photos, the same ones each time; returns how many there are."""
    chance = random.Random(7)
    for series in SERIES:
        with Image.open(_path_of(series.source)) as opened:
            whole = opened.convert("RGB")
        (folder / series.folder).mkdir(parents=True, exist_ok=True)
        for number in range(series.count):
            photo = _in_light(_cut(whole, chance, is_near=series.is_near and number > 0), series.light, chance)
            if chance.random() < (0.4 if series.is_near else 0.15):
                photo = ImageOps.mirror(photo)
            photo.save(
                folder / series.folder / f"{series.name} {number + 1}.jpg", quality=90, exif=_notes(series, number)
            )
    for number, names in enumerate(_PINNED):
        series = Series("Garden", "cat on the wall", "brick.png", "2023-05-18", 2, 170)
        path = folder / series.folder / f"{series.name} {number + 1}.jpg"
        _wall(names).save(path, quality=90, exif=_notes(series, number))
    for made, again in _COPIES:
        (folder / again).parent.mkdir(exist_ok=True)
        shutil.copy2(folder / f"{made}.jpg", folder / f"{again}.jpg")
    for made, again in _SMALLER:
        (folder / again).parent.mkdir(exist_ok=True)
        with Image.open(folder / f"{made}.jpg") as opened:
            small = opened.resize((opened.width // 2, opened.height // 2))
            small.save(folder / f"{again}.jpg", exif=opened.getexif())
    return sum(1 for _ in folder.rglob("*.jpg"))


def _path_of(source: str) -> Path:
    return next(place / source for place in _WHERE if (place / source).exists())


def _cut(photo: Image.Image, chance: random.Random, *, is_near: bool) -> Image.Image:
    """Some part of it, as large as cameras make photos."""
    share = chance.uniform(0.38, 0.64) if is_near else chance.uniform(0.74, 1)
    width, height = round(share * photo.width), round(share * photo.height)
    if is_near and chance.random() < 0.3:
        width = round(0.6 * width)
    left, upper = chance.randint(0, photo.width - width), chance.randint(0, photo.height - height)
    part = photo.crop((left, upper, left + width, upper + height))
    ratio = _LONG_SIDE / max(part.size)
    return part.resize((round(ratio * width), round(ratio * height)), Image.Resampling.LANCZOS)


def _in_light(photo: Image.Image, light: Light, chance: random.Random) -> Image.Image:
    bands = (band.point(lambda value, much=much: value * much) for band, much in zip(photo.split(), light, strict=True))
    return ImageEnhance.Brightness(Image.merge("RGB", tuple(bands))).enhance(chance.uniform(0.93, 1.08))


def _notes(series: Series, number: int) -> Image.Exif:
    exif = Image.Exif()
    exif[_MAKER], exif[_MODEL] = "Example", series.camera
    first = datetime.datetime.fromisoformat(f"{series.first} 10:12:00")  # cameras know no zone
    taken = first + datetime.timedelta(days=series.days * number)
    exif.get_ifd(_EXIF).update(
        {
            _DATE_TAKEN: taken.strftime("%Y:%m:%d %H:%M:%S"),
            _EXPOSURE: 1 / (60 + 40 * number),
            _APERTURE: (2.8, 4.0, 5.6)[number % 3],
            _SPEED: (100, 200, 400)[number % 3],
            _FOCUS: 35.0,
        }
    )
    return exif


def _wall(names: tuple[str, ...]) -> Image.Image:
    with Image.open(_path_of("brick.png")) as opened:
        wall = opened.convert("RGB").resize((_LONG_SIDE, 1000))
    wall = _in_light(wall, (1, 0.72, 0.6), random.Random(1))
    for number, name in enumerate(names):
        with Image.open(_path_of(name)) as opened:
            hung = ImageOps.expand(ImageOps.fit(opened.convert("RGB"), (380, 285)), 14, "white")
        wall.paste(hung, (40 + 450 * number, 90 + 200 * (number % 3)))
    return wall
