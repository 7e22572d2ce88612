"""What a check of all files found, as people read it."""

from pathlib import Path

import pytest

from guie_desktop.messages import Checked
from guie_desktop.wording.integrity import check_lines, check_summary

A, B = Path("a.jpg"), Path("b.jpg")


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (Checked(1, (), (), 0), "1 photo checked: all are as they were."),
        (Checked(1200, (A,), (), 0), "1,200 photos checked: 1 held something else than before and was read again."),
        (
            Checked(5, (A, B), (B,), 2),
            "5 photos checked: 2 held something else than before and were read again, 1 was missing, "
            "2 were not in the library yet.",
        ),
    ],
)
def test_a_check_is_one_sentence(found: Checked, sentence: str) -> None:
    assert check_summary(found) == sentence


def test_each_file_that_was_not_as_expected_has_a_line() -> None:
    assert check_lines(Checked(5, (A,), (B,), 2)) == ["changed a.jpg", "missing b.jpg"]
