"""Exposures, focal lengths and places, as photographers write them."""

import pytest

from guie_desktop.noted import PhotoFacts
from guie_desktop.wording.photo_facts import exposure_text, focal_length_text, place_text


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (PhotoFacts(exposure=0.3), "0.3 s"),
        (PhotoFacts(exposure=30.0), "30 s"),
        (PhotoFacts(aperture=11.0), "f/11"),
        (PhotoFacts(iso=64), "ISO 64"),
        (PhotoFacts(), ""),
    ],
)
def test_exposures_are_written_as_photographers_do(facts: PhotoFacts, said: str) -> None:
    assert exposure_text(facts) == said


def test_focal_lengths_and_places_are_told_as_far_as_they_are_known() -> None:
    assert focal_length_text(PhotoFacts()) == ""
    assert focal_length_text(PhotoFacts(focal_length=4.25)) == "4.2 mm"
    assert focal_length_text(PhotoFacts(focal_length_35mm=26)) == "26 mm on film"
    assert focal_length_text(PhotoFacts(focal_length=50, focal_length_35mm=50)) == "50 mm"
    assert place_text(PhotoFacts()) == ""
    assert place_text(PhotoFacts(place=(-1.5, 2.0))) == "1.50000° S, 2.00000° E"
