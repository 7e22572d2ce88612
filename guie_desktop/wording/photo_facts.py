"""What a camera noted, as photographers write it."""

from guie_desktop.noted import PhotoFacts


def exposure_text(facts: PhotoFacts) -> str:
    """How a photo was exposed: "1/250 s, f/2.8, ISO 400"; empty where nothing of it is known."""
    said = [
        *([seconds_text(facts.exposure)] if facts.exposure is not None else []),
        *([f"f/{_short(facts.aperture)}"] if facts.aperture is not None else []),
        *([f"ISO {facts.iso}"] if facts.iso is not None else []),
    ]
    return ", ".join(said)


def seconds_text(seconds: float) -> str:
    """A shutter's time above zero: "1/250 s" up to a quarter of a second, then "0.3 s", "2.5 s", "30 s"."""
    if seconds < 0.3:
        return f"1/{round(1 / seconds):d} s"
    return f"{_short(seconds)} s"


def focal_length_text(facts: PhotoFacts) -> str:
    """Millimetres: "50 mm", or "4.2 mm (26 mm on film)"; empty where they are not known."""
    own, film = facts.focal_length, facts.focal_length_35mm
    if own is None:
        return "" if film is None else f"{_short(film)} mm on film"
    if film is None or round(film) == round(own):
        return f"{_short(own)} mm"
    return f"{_short(own)} mm ({_short(film)} mm on film)"


def place_text(facts: PhotoFacts) -> str:
    """Where it was: "52.52000° N, 13.40500° E, 34 m"; empty where that is not known."""
    if facts.place is None:
        return ""
    latitude, longitude = facts.place
    said = [
        f"{abs(latitude):.5f}° {'S' if latitude < 0 else 'N'}",
        f"{abs(longitude):.5f}° {'W' if longitude < 0 else 'E'}",
        *([f"{facts.altitude:.0f} m"] if facts.altitude is not None else []),
    ]
    return ", ".join(said)


def _short(number: float) -> str:
    """At most one decimal, where it says something."""
    return f"{number:.1f}".removesuffix(".0") if number < 99.95 else f"{number:.0f}"
