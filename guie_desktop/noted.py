"""What cameras and people note in photos, and which of it many photos have."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Coordinates = tuple[float, float]
"""Latitude and longitude in degrees, north and east being positive."""

WordField = Literal["name", "folders", "albums", "camera", "title", "description", "keywords", "people", "place"]
"""Where words are looked for: a photo's file name, its folders, albums and notes; its lens counts as camera."""


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What a camera noted in a photo; empty or None where it noted nothing that makes sense."""

    camera: str = ""
    lens: str = ""
    exposure: float | None = None
    """Seconds."""
    aperture: float | None = None
    """The f-number."""
    iso: int | None = None
    focal_length: float | None = None
    """Millimetres, of this lens."""
    focal_length_35mm: float | None = None
    """Millimetres, of a lens that shows as much on film."""
    place: Coordinates | None = None
    altitude: float | None = None
    """Metres above the sea."""


@dataclass(frozen=True, slots=True)
class PhotoNotes:
    """What a photo says of itself in words, and where it was taken; empty or None where it says nothing."""

    camera: str = ""
    lens: str = ""
    title: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Names of those who are to be seen."""
    place: str = ""
    """What it is called, from the nearest to the widest: "Trastevere, Rome, Italy"."""
    latitude: float | None = None
    longitude: float | None = None
    """Degrees; both or neither."""


@dataclass(frozen=True, slots=True)
class Noted:
    """The names that photos note, each by how many have it, the most frequent first."""

    cameras: tuple[str, ...] = ()
    lenses: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


Months = Mapping[tuple[int, int], int]
"""Year and month to how many photos were taken then."""

NO_MONTHS: Months = {}
