"""What a failure says in the window, on the command line, and on its way between processes."""

import pickle

import pytest

from guie_desktop.errors import UnreadablePhoto, UserError


@pytest.mark.parametrize(
    ("error", "whole"),
    [
        (UserError("It failed."), "It failed."),
        (UserError("It failed.", "Try again."), "It failed. Try again."),
        (UserError("It failed.", "Choose.", "model list"), "It failed. Choose. Run: guie-desktop model list"),
        (UnreadablePhoto("It is cut off.", "Copy it again.", transient=True), "It is cut off. Copy it again."),
    ],
)
def test_an_error_says_the_same_after_it_crossed_to_another_process(error: UserError, whole: str) -> None:
    arrived = pickle.loads(pickle.dumps(error))
    assert str(arrived) == str(error) == whole
    assert vars(arrived) == vars(error)
