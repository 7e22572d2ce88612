"""What is asked where the library is not where it was moved to."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from guie_desktop.errors import UserError
from guie_desktop.gui.shell.missing_library import ask_for_library
from guie_desktop.paths import LibraryPlace, keep_place, library_paths, read_place


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("GUIE_LIBRARY", raising=False)
    keep_place(LibraryPlace(tmp_path / "drive"))


@pytest.mark.parametrize(
    ("words", "goes_on", "is_kept"),
    [("Try again", True, True), ("Begin a new library", True, False), ("Quit", False, True)],
)
def test_it_is_looked_for_again_or_given_up_as_the_user_says(
    qapp: QApplication, tmp_path: Path, words: str, goes_on: bool, is_kept: bool
) -> None:
    with pytest.raises(UserError) as missing:
        library_paths()

    def press() -> None:
        box = qapp.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert str(tmp_path / "drive") in box.text()
        next(button for button in box.buttons() if button.text() == words).click()

    QTimer.singleShot(0, press)
    assert ask_for_library(missing.value) == goes_on
    assert (read_place().library is not None) == is_kept
