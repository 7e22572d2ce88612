"""What a camera noted in a photo: with what it was taken, how, and where, as far as the notes make sense."""

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from guie_desktop.noted import PhotoFacts
from guie_desktop.pictures.embedded_notes import notes_in

_LONGEST = 100
"""Letters of a name; what is longer is no name."""
_EXPOSURES = 1e-6, 86_400.0  # seconds
_APERTURES = 0.1, 200.0
_FOCAL_LENGTHS = 0.1, 100_000.0  # millimetres
_ISOS = 1, 10_000_000
_DEEPEST, _HIGHEST = -12_000.0, 100_000.0  # metres


def read_facts(data: bytes, name: str = "") -> PhotoFacts:
    """What is noted in the file; nothing is decoded, and nothing is raised whatever stands in it.

    The name tells a RAW from a TIFF, as in images.decode.
    """
    found = PhotoFacts()
    with suppress(Exception):  # files make readers of notes raise nearly anything, see images.decode
        for notes in notes_in(BytesIO(data), name):
            found = _filled(found, facts_of(notes.exif))
    return found


def facts_of(exif: Image.Exif) -> PhotoFacts:
    """What these notes say; of a part that cannot be read nothing."""
    main, camera, gps = dict(exif), _part(exif, IFD.Exif), _part(exif, IFD.GPSInfo)
    return PhotoFacts(
        camera=camera_name(name_in(main.get(Base.Make)), name_in(main.get(Base.Model))),
        lens=name_in(camera.get(Base.LensModel)),
        exposure=_within(camera.get(Base.ExposureTime), *_EXPOSURES),
        aperture=_within(camera.get(Base.FNumber), *_APERTURES),
        iso=_iso(camera.get(Base.ISOSpeedRatings)),
        focal_length=_within(camera.get(Base.FocalLength), *_FOCAL_LENGTHS),
        focal_length_35mm=_within(camera.get(Base.FocalLengthIn35mmFilm), *_FOCAL_LENGTHS),
        place=_place(gps),
        altitude=_altitude(gps),
    )


def _filled(facts: PhotoFacts, others: PhotoFacts) -> PhotoFacts:
    """What the one says, and of what it does not say, what the other says."""
    unknown = [field.name for field in fields(facts) if getattr(facts, field.name) in ("", None)]
    return replace(facts, **{name: getattr(others, name) for name in unknown})


def _part(exif: Image.Exif, ifd: IFD) -> Mapping[int, Any]:
    with suppress(Exception):  # as in read_facts; the other parts may be good
        return dict(exif.get_ifd(ifd))
    return {}


def camera_name(make: str, model: str) -> str:
    """What a camera is called. Makers put their names before the model, or do not: "NIKON CORPORATION", "NIKON D90"."""
    brand = make.split(" ", maxsplit=1)[0]
    is_named = bool(brand) and model.casefold().startswith(brand.casefold())
    return model if is_named or not make else f"{make} {model}".strip()


def name_in(value: object) -> str:
    """A name on one line; empty where the value of a note is none."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value if isinstance(value, str) else ""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text.partition("\0")[0]).split())
    return line if len(line) <= _LONGEST and any(map(str.isalnum, line)) else ""


def _number(value: Any) -> float | None:
    """A finite number; the first where there are several."""
    if isinstance(value, Sequence) and not isinstance(value, str | bytes) and value:
        value = value[0]
    if isinstance(value, str | bytes | bool) or value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, ArithmeticError):
        return None
    return number if math.isfinite(number) else None


def _within(value: object, least: float, most: float) -> float | None:
    """A number that can be meant; cameras write 0 for what they do not know."""
    number = _number(value)
    return number if number is not None and least <= number <= most else None


def _iso(value: object) -> int | None:
    number = _within(value, *_ISOS)
    # 65535 says that the number did not fit into its field.
    return round(number) if number is not None and round(number) != 65535 else None


def _place(gps: Mapping[int, Any]) -> tuple[float, float] | None:
    latitude = _degrees(gps.get(GPS.GPSLatitude), gps.get(GPS.GPSLatitudeRef), "S", 90)
    longitude = _degrees(gps.get(GPS.GPSLongitude), gps.get(GPS.GPSLongitudeRef), "W", 180)
    if latitude is None or longitude is None or (latitude, longitude) == (0.0, 0.0):
        return None  # where latitude and longitude are zero is the sea, and a camera that did not know
    return latitude, longitude


def _degrees(value: Any, side: object, negative: str, most: float) -> float | None:
    """Degrees, minutes and seconds, as a number of degrees."""
    if not isinstance(value, Sequence) or isinstance(value, str | bytes) or not 1 <= len(value) <= 3:
        return None
    parts = [_number(part) for part in value]
    total = 0.0
    for part, unit in zip(parts, (1, 60, 3600), strict=False):
        if part is None or part < 0:
            return None
        total += part / unit
    if total > most:
        return None
    return -total if name_in(side).upper().startswith(negative) else total


def _altitude(gps: Mapping[int, Any]) -> float | None:
    metres = _number(gps.get(GPS.GPSAltitude))
    if metres is None:
        return None
    below = gps.get(GPS.GPSAltitudeRef) in (1, b"\x01")
    metres = -metres if below else metres
    return metres if _DEEPEST <= metres <= _HIGHEST else None
