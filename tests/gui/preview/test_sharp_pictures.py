"""What is decoded ahead: the wanted one first, the next ones after it, and never more than so many bytes."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from guie_desktop.domain import Photo
from guie_desktop.gui.backend.pictures import PictureRequest
from guie_desktop.gui.preview.sharp_pictures import SharpPictures

BYTES = 4 * 40 * 30


class Requests:
    """What was asked for, to be answered when the test wants it."""

    def __init__(self) -> None:
        self.open: list[PictureRequest] = []

    def fetch(self, request: PictureRequest, _content_hash: bytes | None = None) -> None:
        self.open.append(request)

    def answer(self) -> str:
        request = self.open.pop(0)
        request.then(QImage(40, 30, QImage.Format.Format_RGB32))
        return request.path.name


def photo(number: int) -> Photo:
    return Photo(number, 1, Path(f"/{number}"), bytes([number]), 40, 30, 1, 0, 0.0)


@pytest.fixture
def requests() -> Requests:
    return Requests()


@pytest.fixture
def sharp(requests: Requests) -> SharpPictures:
    return SharpPictures(requests, kept=3 * BYTES)  # type: ignore[arg-type]


def test_the_next_are_decoded_one_by_one_after_the_wanted_one(sharp: SharpPictures, requests: Requests) -> None:
    sharp.want(photo(1), [photo(2), photo(3)])
    assert [requests.answer() for _ in range(3)] == ["1", "2", "3"]
    sharp.want(photo(2), [photo(3)])
    assert not requests.open
    assert sharp.picture(photo(2)) is not None


def test_what_is_wanted_need_not_wait_for_what_is_ahead(sharp: SharpPictures, requests: Requests) -> None:
    sharp.want(photo(1), [photo(2), photo(3)])
    requests.answer()
    sharp.want(photo(9), [photo(8)])
    assert [request.path.name for request in requests.open] == ["2", "9"]
    assert [requests.answer() for _ in range(3)] == ["2", "9", "8"]


def test_bytes_are_bounded_and_the_wanted_one_stays(sharp: SharpPictures, requests: Requests) -> None:
    sharp.want(photo(1), [photo(number) for number in (2, 3, 4, 5)])
    for _ in range(5):
        requests.answer()
    kept = [number for number in range(1, 6) if sharp.picture(photo(number)) is not None]
    assert kept == [1, 4, 5]


def test_a_failure_is_told_and_the_rest_goes_on(sharp: SharpPictures, requests: Requests) -> None:
    told: list[tuple[Photo, str]] = []
    sharp.failed.connect(lambda photo, sentence: told.append((photo, sentence)))
    sharp.want(photo(1), [photo(2)])
    requests.open.pop(0).failed("It is gone.", "Look for changes.")
    assert told == [(photo(1), "It is gone. Look for changes.")]
    assert requests.answer() == "2"


def test_nothing_is_kept_when_nothing_is_looked_at(sharp: SharpPictures, requests: Requests) -> None:
    sharp.want(photo(1), [photo(2)])
    requests.answer()
    sharp.forget()
    requests.answer()
    assert sharp.picture(photo(1)) is None
    assert sharp.picture(photo(2)) is None
