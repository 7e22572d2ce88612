"""What a camera noted, as photographers write it."""

from guie_desktop.language import decimal_text, tr
from guie_desktop.noted import PhotoFacts


def exposure_text(facts: PhotoFacts) -> str:
    """How a photo was exposed: "1/250 s, f/2.8, ISO 400"; empty where nothing of it is known."""
    said = [
        *([seconds_text(facts.exposure)] if facts.exposure is not None else []),
        *([tr("f/{number}", number=_short(facts.aperture))] if facts.aperture is not None else []),
        *([tr("ISO {number}", number=str(facts.iso))] if facts.iso is not None else []),
    ]
    return ", ".join(said)


def seconds_text(seconds: float) -> str:
    """A shutter's time above zero: "1/250 s" up to a quarter of a second, then "0.3 s", "2.5 s", "30 s"."""
    if seconds < 0.3:
        return tr("1/{number} s", number=str(round(1 / seconds)))
    return tr("{number} s", number=_short(seconds))


def focal_length_text(facts: PhotoFacts) -> str:
    """Millimetres: "50 mm", or "4.2 mm (26 mm on film)"; empty where they are not known."""
    own, film = facts.focal_length, facts.focal_length_35mm
    if own is None:
        return "" if film is None else tr("{film} mm on film", film=_short(film))
    if film is None or round(film) == round(own):
        return tr("{number} mm", number=_short(own))
    return tr("{number} mm ({film} mm on film)", number=_short(own), film=_short(film))


def place_text(facts: PhotoFacts) -> str:
    """Where it was: "52.52000° N, 13.40500° E, 34 m"; empty where that is not known."""
    if facts.place is None:
        return ""
    latitude, longitude = facts.place
    # With a point in all languages, as maps take it.
    north, east = f"{abs(latitude):.5f}", f"{abs(longitude):.5f}"
    said = [
        tr("{degrees}° S", degrees=north) if latitude < 0 else tr("{degrees}° N", degrees=north),
        tr("{degrees}° W", degrees=east) if longitude < 0 else tr("{degrees}° E", degrees=east),
        *([tr("{number} m", number=round(facts.altitude))] if facts.altitude is not None else []),
    ]
    return ", ".join(said)


def _short(number: float) -> str:
    """At most one decimal, where it says something."""
    return decimal_text(number, 1 if number < 99.95 and round(number, 1) % 1 else 0)
