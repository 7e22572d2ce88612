"""What cameras note in photos."""

from dataclasses import dataclass


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
    place: tuple[float, float] | None = None
    """Latitude and longitude in degrees, north and east being positive."""
    altitude: float | None = None
    """Metres above the sea."""
