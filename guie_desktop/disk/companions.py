"""The files that belong to a photo and lie beside it: they go where it goes."""

import os
from pathlib import Path

from guie_desktop.file_kinds import CAMERA_SUFFIXES, FILM_SUFFIX, PHOTO_SUFFIXES, RAW_SUFFIXES, VIDEO_SUFFIXES

_NOTES = frozenset({".xmp", ".aae"})
"""What other programs write beside a photo: what they know of it, and how it is to be developed."""


def companions(photo: Path, *, raws_along: bool) -> list[Path]:
    """The files of its name beside a photo that are nothing without it, by name; OSError where they cannot be listed.

    Notes (IMG_1.xmp, IMG_1.jpg.xmp, IMG_1.aae), the film of a Live Photo, and with `raws_along` the RAW of a JPEG. What
    is called as several photos are, which are no such pair, is left where it is.
    """
    of_camera = photo.suffix.lower() in CAMERA_SUFFIXES
    found, shared = [], False
    for name in sorted(os.listdir(photo.parent)):  # noqa: PTH208 - thousands of names, of which few become paths
        stem, suffix = os.path.splitext(name)  # noqa: PTH122
        suffix = suffix.lower()
        if name == photo.name:
            continue
        if stem == photo.name and suffix in _NOTES:
            found.append(name)
        elif stem == photo.stem:
            if suffix in _NOTES or (of_camera and _goes_along(suffix, raws_along)):
                found.append(name)
            elif suffix in PHOTO_SUFFIXES or suffix in VIDEO_SUFFIXES:
                shared = True
    own = [name for name in found if not shared or name.startswith(photo.name)]
    return [photo.with_name(name) for name in own]


def beside(companion: Path, photo: Path, target: Path) -> Path:
    """Where a photo's companion is when the photo is at the target."""
    return target.with_name(_stem_of(target, companion, photo) + companion.name[len(_called(companion, photo)) :])


def _called(companion: Path, photo: Path) -> str:
    """What its name begins with, which is that of the photo, with its end or without."""
    return photo.name if companion.name.startswith(f"{photo.name}.") else photo.stem


def _stem_of(target: Path, companion: Path, photo: Path) -> str:
    return target.name if _called(companion, photo) == photo.name else target.stem


def _goes_along(suffix: str, raws_along: bool) -> bool:
    return suffix == FILM_SUFFIX or (raws_along and suffix in RAW_SUFFIXES)
