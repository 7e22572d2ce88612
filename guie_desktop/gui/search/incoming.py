"""What a drop or the clipboard holds for us: photo files, folders, or a picture without a file."""

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage

from guie_desktop.disk.file_systems import folder_identity
from guie_desktop.errors import UserError, reason_of
from guie_desktop.file_kinds import PHOTO_SUFFIXES, VIDEO_SUFFIXES
from guie_desktop.gui.desktop.file_names import path_of
from guie_desktop.language import Sentence, tr_noop
from guie_desktop.question import PASTED

MOST_FILES = 100
"""Files from outside that are looked for at once; each of them must be read before there is an answer."""
_EMBEDDED = re.compile(r"""src\s*=\s*["']data:image/([a-z0-9.+-]+);base64,([^"']+)["']""", re.IGNORECASE)

_QUOTES = frozenset("\"'")

NO_PICTURE = tr_noop("There is no picture on the clipboard.")
NO_PICTURE_REMEDY = tr_noop("Copy a picture, a photo file or its path, then paste again.")
ONLY_A_LINK = tr_noop("This is only a link to a picture.")
ONLY_A_LINK_REMEDY = tr_noop(
    "Nothing is fetched from the internet here. Copy the picture itself (“Copy image”), or save it and drop the file."
)


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """A picture as a web page carried it; it is not decoded in the window's process."""

    data: bytes
    suffix: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """What was dropped or pasted."""

    images: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()
    picture: QImage | EncodedPicture | None = None
    only_a_link: bool = False
    missing: tuple[Path, ...] = ()
    """What was named and is not there."""

    @property
    def photos(self) -> tuple[Path, ...]:
        """The files that may be photos or videos by their names; one without a suffix may be anything."""
        known = PHOTO_SUFFIXES | VIDEO_SUFFIXES
        return tuple(path for path in self.images if path.suffix.lower() in known or not path.suffix)

    @property
    def useful(self) -> bool:
        """Whether there is something to do with it."""
        return bool(self.images or self.folders or self.picture)


def could_be_useful(mime: QMimeData) -> bool:
    """Whether a drop is worth announcing; looks at the kinds only, as data may be slow to come."""
    return mime.hasUrls() or mime.hasImage() or mime.hasFormat("text/html")


def is_no_text(mime: QMimeData) -> bool:
    """Whether who pastes this means files or a picture, also where words are written."""
    return any(path_of(url) is not None for url in mime.urls()) or (mime.hasImage() and not mime.hasText())


def read_incoming(mime: QMimeData) -> Incoming:
    """Files of this computer come first, then picture data; links are not followed."""
    urls = mime.urls() if mime.hasUrls() else []
    paths = [path for path in map(path_of, urls) if path is not None]
    if paths:
        return _of_paths(paths)
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Incoming(picture=image)
    if mime.hasHtml():
        embedded = _embedded_picture(mime.html())
        if embedded is not None:
            return Incoming(picture=embedded)
    if not urls and mime.hasText() and (named := paths_in(mime.text())):
        return _of_paths(list(filter(_is_there, named)), [path for path in named if not _is_there(path)])
    return Incoming(only_a_link=any(url.scheme() in ("http", "https") for url in urls))


def paths_in(text: str) -> list[Path]:
    """The files that a text names, one a line: paths, in quotation marks or not, or file URLs; none where it is prose.

    A relative path says nothing here, as there is no folder that it could begin from.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    paths = [_path_in(line) for line in lines]
    return [path for path in paths if path is not None] if all(paths) else []


def _path_in(line: str) -> Path | None:
    if line[0] in _QUOTES and line[-1] == line[0] and len(line) > 2:
        line = line[1:-1]
    if line.lower().startswith("file:"):
        return path_of(QUrl.fromEncoded(QByteArray(line.encode("utf-8", "replace"))))
    path = Path(line)
    if line.startswith("~"):
        try:
            path = path.expanduser()
        except RuntimeError:
            return None  # of a user that there is not
    if not path.is_absolute() or "\0" in line:
        return None
    unescaped = Path(str(path).replace("\\ ", " "))  # as a terminal gives it
    return unescaped if os.name != "nt" and _is_there(unescaped) and not _is_there(path) else path


def _is_there(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110 - other than pathlib's it takes any text for a name


def _of_paths(paths: Sequence[Path], missing: Sequence[Path] = ()) -> Incoming:
    folders = tuple(path for path in paths if folder_identity(path) is not None)
    return Incoming(tuple(path for path in paths if path not in folders), folders, missing=tuple(missing))


def store_picture(picture: QImage | EncodedPicture, folder: Path) -> Path:
    """Put the picture into a file in a folder named by its content; UserError where that fails.

    For a thread, as large pictures take a while.
    """
    if isinstance(picture, EncodedPicture):
        data, suffix = picture.data, picture.suffix
    else:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG", 90)  # type: ignore[call-overload]
        data, suffix = bytes(buffer.data().data()), "png"
    path = folder / hashlib.blake2b(data, digest_size=12).hexdigest() / f"{PASTED}.{suffix}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            beside = path.with_suffix(f".{os.getpid()}")
            beside.write_bytes(data)
            beside.replace(path)
    except OSError as error:
        raise UserError(
            Sentence("The picture could not be kept for the search ({reason}).", reason=reason_of(error)),
            "Save it as a file, and drop that.",
        ) from error
    return path


def _embedded_picture(html: str) -> EncodedPicture | None:
    found = _EMBEDDED.search(html)
    if found is None:
        return None
    try:
        data = base64.b64decode(found[2], validate=False)
    except binascii.Error:
        return None
    suffix = "".join(sign for sign in found[1].lower() if sign.isalnum())
    return EncodedPicture(data, suffix) if data else None
