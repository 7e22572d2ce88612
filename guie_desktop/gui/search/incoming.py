"""What a drop or the clipboard holds for us: photo files, folders, or a picture without a file."""

import base64
import binascii
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from guie_desktop.disk.file_systems import folder_identity
from guie_desktop.errors import UserError, reason_of
from guie_desktop.gui.desktop.file_names import path_of

_EMBEDDED = re.compile(r"""src\s*=\s*["']data:image/([a-z0-9.+-]+);base64,([^"']+)["']""", re.IGNORECASE)

NO_PICTURE = "There is no picture on the clipboard."
NO_PICTURE_REMEDY = "Copy a picture or a photo file, then paste again."
ONLY_A_LINK = "This is only a link to a picture."
ONLY_A_LINK_REMEDY = (
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

    @property
    def useful(self) -> bool:
        """Whether there is something to do with it."""
        return bool(self.images or self.folders or self.picture)


def could_be_useful(mime: QMimeData) -> bool:
    """Whether a drop is worth announcing; looks at the kinds only, as data may be slow to come."""
    return mime.hasUrls() or mime.hasImage() or mime.hasFormat("text/html")


def read_incoming(mime: QMimeData) -> Incoming:
    """Files of this computer come first, then picture data; links are not followed."""
    urls = mime.urls() if mime.hasUrls() else []
    paths = [path for path in map(path_of, urls) if path is not None]
    if paths:
        folders = tuple(path for path in paths if folder_identity(path) is not None)
        return Incoming(images=tuple(path for path in paths if path not in folders), folders=folders)
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Incoming(picture=image)
    if mime.hasHtml():
        embedded = _embedded_picture(mime.html())
        if embedded is not None:
            return Incoming(picture=embedded)
    return Incoming(only_a_link=any(url.scheme() in ("http", "https") for url in urls))


def store_picture(picture: QImage | EncodedPicture, folder: Path) -> Path:
    """Put the picture into a file named by its content; UserError where that fails.

    For a thread, as large pictures take a while.
    """
    if isinstance(picture, EncodedPicture):
        data, suffix = picture.data, picture.suffix
    else:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG", 90)  # type: ignore[call-overload]
        data, suffix = bytes(buffer.data().data()), "png"
    path = folder / f"{hashlib.blake2b(data, digest_size=12).hexdigest()}.{suffix}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            beside = path.with_suffix(f".{os.getpid()}")
            beside.write_bytes(data)
            beside.replace(path)
    except OSError as error:
        raise UserError(
            f"The picture could not be kept for the search ({reason_of(error)}).",
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
