import base64
import os
import sys
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from guie_desktop.errors import UserError
from guie_desktop.gui.desktop.file_names import url_of
from guie_desktop.gui.search.drop_overlay import what_a_drop_does
from guie_desktop.gui.search.incoming import (
    EncodedPicture,
    Incoming,
    could_be_useful,
    is_no_text,
    read_incoming,
    store_picture,
)
from guie_desktop.question import shown_name

MANY = tuple(f"{number}.jpg" for number in range(101))


def mime_of(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([url_of(path) for path in paths])
    return mime


def test_files_and_folders_are_told_apart(tmp_path: Path) -> None:
    photo = tmp_path / "a b%20#?.jpg"
    photo.write_bytes(b"x")
    folder = tmp_path / "folder"
    folder.mkdir()
    incoming = read_incoming(mime_of(photo, folder))
    assert incoming == Incoming(images=(photo,), folders=(folder,))


@pytest.mark.parametrize(
    ("names", "folders", "adds", "sentence", "useful"),
    [
        (("a.jpg",), 0, False, "Drop to find look-alikes", True),
        (("a.JPG", "b.mp4"), 0, False, "Drop to find look-alikes of 2 photos", True),
        (("a.jpg",), 0, True, "Drop to add it to the search", True),
        (("a.jpg", "without a suffix"), 0, True, "Drop to add 2 photos to the search", True),
        ((), 1, True, "Drop to add this folder", True),
        (("a.jpg",), 2, False, "Drop to add 2 folders and to find look-alikes", True),
        (("a.txt", "b.jpg"), 0, False, "Drop to find look-alikes (1 other file left out)", True),
        (("a.txt",), 0, False, "This is no photo", False),
        (("a.txt", "b.ods"), 0, True, "There is no photo among these files", False),
        ((), 0, False, "Drop to find look-alikes", True),  # a picture without a file
        (MANY, 0, False, "101 files are too many: drop 100 at most, or add their folder", False),
    ],
)
def test_it_is_said_what_a_drop_does(
    names: tuple[str, ...], folders: int, adds: bool, sentence: str, useful: bool
) -> None:
    incoming = Incoming(tuple(Path("/x", name) for name in names), tuple(Path(f"/{n}") for n in range(folders)))
    assert what_a_drop_does(incoming, adds=adds) == (sentence, useful)


@pytest.mark.skipif(sys.platform != "linux", reason="only there are names any bytes")
def test_names_that_are_not_text_arrive_whole(tmp_path: Path) -> None:
    photo = tmp_path / os.fsdecode(b"caf\xe9 \xff.jpg")
    photo.write_bytes(b"x")
    assert read_incoming(mime_of(photo)).images == (photo,)


def test_a_browser_gives_the_link_and_the_picture(qtbot: QtBot, tmp_path: Path) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat")])
    mime.setImageData(image)
    incoming = read_incoming(mime)
    assert isinstance(incoming.picture, QImage)
    path = store_picture(incoming.picture, tmp_path / "pasted")
    assert path == store_picture(incoming.picture, tmp_path / "pasted")
    with Image.open(path) as stored:
        assert stored.format == "PNG"
        assert stored.getpixel((3, 3)) == (255, 0, 0)


def test_a_picture_inside_html_is_taken_as_it_is(tmp_path: Path) -> None:
    data = b"not decoded here"
    mime = QMimeData()
    mime.setHtml(f'<p><img alt="x" src="data:image/webp;base64,{base64.b64encode(data).decode()}"></p>')
    incoming = read_incoming(mime)
    assert incoming.picture == EncodedPicture(data, "webp")
    assert store_picture(EncodedPicture(data, "webp"), tmp_path).read_bytes() == data


def test_a_picture_that_cannot_be_kept_is_said_to_be_so(tmp_path: Path) -> None:
    taken = tmp_path / "pasted"
    taken.write_bytes(b"no folder")
    with pytest.raises(UserError, match="could not be kept for the search"):
        store_picture(EncodedPicture(b"a picture", "webp"), taken)


def test_only_a_link_is_not_followed() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.jpg")])
    mime.setHtml('<img src="https://example.org/cat.jpg">')
    incoming = read_incoming(mime)
    assert incoming.only_a_link
    assert not incoming.useful


def test_text_is_of_no_use() -> None:
    mime = QMimeData()
    mime.setText("hello")
    assert not could_be_useful(mime)
    assert read_incoming(mime) == Incoming()


def test_a_picture_that_did_not_come_through_is_none(qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setImageData(QImage())
    mime.setHtml('<img src="data:image/png;base64,a">')
    assert not read_incoming(mime).useful


def pasted(text: str) -> Incoming:
    mime = QMimeData()
    mime.setText(text)
    return read_incoming(mime)


@pytest.mark.skipif(os.name == "nt", reason="paths are written otherwise there")
def test_paths_and_file_urls_may_be_pasted_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    photo, odd = tmp_path / "a b.jpg", tmp_path / "ä%.jpg"
    for path in (photo, odd):
        path.write_bytes(b"x")
    folder = tmp_path / "folder"
    folder.mkdir()
    escaped = str(photo).replace(" ", "\\ ")
    for text in (str(photo), f'"{photo}"', f" '{photo}' \n\n", "~/a b.jpg", f"file://{tmp_path}/a%20b.jpg", escaped):
        assert pasted(text) == Incoming(images=(photo,)), text
    assert pasted(f"{url_of(odd).toEncoded().toStdString()}\r\n{folder}") == Incoming((odd,), (folder,))
    assert pasted(f"{photo}\n{tmp_path}/gone.jpg") == Incoming(images=(photo,), missing=(tmp_path / "gone.jpg",))


@pytest.mark.parametrize(
    "text",
    ["", "a b.jpg", "see /a/b.jpg", "/a/b.jpg\nand prose", "~nobody-of-this-name/a.jpg", "/a\0b"],
)
def test_prose_names_no_files(text: str) -> None:
    assert pasted(text) == Incoming()


def test_a_pasted_picture_is_called_so_and_a_file_by_its_name(tmp_path: Path) -> None:
    path = store_picture(EncodedPicture(b"a picture", "webp"), tmp_path / "pasted")
    assert shown_name(path) == "Pasted picture"
    assert path.suffix == ".webp"
    assert shown_name(tmp_path / "Pasted picture.png") == "Pasted picture.png"


def test_where_words_are_written_only_what_is_no_text_is_a_picture(qtbot: QtBot) -> None:
    text, link, file, picture, copied_cell = (QMimeData() for _ in range(5))
    text.setText("/photos/1.jpg")
    link.setUrls([QUrl("https://example.org/cat.jpg")])
    file.setUrls([QUrl.fromLocalFile("/photos/1.jpg")])
    file.setText("/photos/1.jpg")
    for mime in (picture, copied_cell):
        mime.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    copied_cell.setText("12")
    assert [is_no_text(mime) for mime in (text, link, file, picture, copied_cell)] == [False, False, True, True, False]
