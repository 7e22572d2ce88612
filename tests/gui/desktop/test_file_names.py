import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QUrl

from guie_desktop.gui.desktop.file_names import file_filter, path_of, readable, readable_path, url_of

posix = pytest.mark.skipif(sys.platform == "win32", reason="names are bytes on POSIX only")


@posix
@given(st.binary(min_size=1, max_size=40).filter(lambda name: b"\0" not in name and b"/" not in name))
def test_a_path_survives_its_url(name: bytes) -> None:
    path = Path(os.fsdecode(b"/photos/" + name))
    mime = QMimeData()
    mime.setUrls([url_of(path)])
    assert path_of(mime.urls()[0]) == path


@given(st.text())
def test_any_name_can_be_shown(name: str) -> None:
    shown = readable(name)
    assert "\n" not in shown
    assert shown.encode().decode() == shown


def test_names_are_shown_as_people_write_them() -> None:
    assert readable("Émile 👩‍🚀 (1).jpg") == "Émile 👩‍🚀 (1).jpg"
    assert readable("line\nbreak.jpg") == "line break.jpg"
    assert readable(os.fsdecode(b"caf\xe9.jpg")) == "caf\ufffd.jpg"


def test_files_are_offered_whatever_the_case_of_their_suffix() -> None:
    assert file_filter("Photos", {".jpg", ".heic"}) == "Photos (*.HEIC *.JPG *.heic *.jpg)"


def test_pages_of_the_internet_are_not_files() -> None:
    assert path_of(QUrl("https://example.org/cat.jpg")) is None


def test_the_home_folder_is_shown_as_people_know_it() -> None:
    assert readable_path(Path.home() / "Pictures" / "a\nb.jpg") == str(Path("~/Pictures/a b.jpg"))
    assert readable_path(Path("/elsewhere/a.jpg")) == str(Path("/elsewhere/a.jpg"))
