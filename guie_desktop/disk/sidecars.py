"""Files in which other programs note what they know of a photo: IMG_1.xmp or IMG_1.jpg.xmp, in small letters or not."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from guie_desktop.disk.content import reading_file
from guie_desktop.errors import UnreadablePhoto

SUFFIX = ".xmp"

_LARGEST = 4 * 1024**2
"""Bytes; notes that are longer hold something else than words."""


def sidecar_names(photo: str) -> Iterable[str]:
    """What the notes beside a file of this name may be called; what the last of them say counts."""
    stem = os.path.splitext(photo)[0]  # noqa: PTH122 - a million times
    return (f"{begin}{end}" for begin in (stem, photo) for end in (SUFFIX, SUFFIX.upper()))


def newest_sidecar(photo: str, changed: Mapping[str, int]) -> int | None:
    """When the notes beside a photo were changed last, of all (name to time) in its directory; None without any."""
    return max((changed[name] for name in sidecar_names(photo) if name in changed), default=None)


def read_sidecars(photo: Path) -> list[bytes]:
    """What stands in the notes beside a photo, in the order of their names; what cannot be read is left out."""
    found: list[bytes] = []
    for name in sidecar_names(photo.name):
        sidecar = photo.with_name(name)
        with suppress(UnreadablePhoto), reading_file(sidecar) as size:
            data = sidecar.read_bytes() if size <= _LARGEST else b""
            if data and data not in found:  # where case does not count it is found under both names
                found.append(data)
    return found
