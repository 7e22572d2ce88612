"""Times in a video look as players show them."""

import pytest

from guie_desktop.wording.moments import clock_text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (7.9, "0:07"), (723, "12:03"), (3599.99, "59:59"), (3723, "1:02:03")]
)
def test_times_in_a_video(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text
