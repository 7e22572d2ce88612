"""Gets a picture of any file, from the cache or made by the worker, without decoding the file here."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from guie_desktop.gui.backend.background import BackgroundRunner
from guie_desktop.gui.backend.jpeg import image_from_jpeg
from guie_desktop.gui.backend.library_reader import LibraryReader
from guie_desktop.gui.backend.mapped_pixels import MappedPixels, map_pixels
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.language import tr
from guie_desktop.messages import Failed, MakePicture, PictureReady, PixelsReady, ReadPixels

OnPicture = Callable[[QImage], None]
OnNoPicture = Callable[[str, str], None]
OnPixels = Callable[[MappedPixels], None]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """A picture that somebody waits for; of a video that after so many milliseconds, or else its first."""

    path: Path
    size: int
    then: OnPicture
    failed: OnNoPicture
    moment: int | None = None


class Pictures(QObject):
    """Pictures for the preview, the chips and the clipboard."""

    def __init__(
        self, client: WorkerClient, reader: LibraryReader, background: BackgroundRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._reader = reader
        self._background = background

    def fetch(self, request: PictureRequest, content_hash: bytes | None = None) -> None:
        """Get the picture; where its content is known, the cache is asked first."""
        if content_hash is None:
            self._make(request)
        else:
            self._from_cache(request, content_hash, otherwise=lambda: self._make(request))

    def fetch_pixels(self, path: Path, moment: int | None, then: OnPixels) -> None:
        """Get all pixels; where there are none, the smaller picture that is there has to do."""

        def written(ready: PixelsReady) -> None:
            work = partial(map_pixels, ready.file, ready.width, ready.height)
            self._background.run(work, then, lambda error: logger.info("no pixels to map: %s", error))

        def refused(refusal: Failed) -> None:
            logger.info("no pixels: %s", refusal.title)

        self._client.ask(ReadPixels(path, moment), then=written, failed=refused)

    def _make(self, request: PictureRequest) -> None:
        def made(picture: PictureReady) -> None:
            gone = partial(request.failed, tr("The picture is gone."), "")
            self._from_cache(request, picture.content_hash, otherwise=gone)

        def refused(refusal: Failed) -> None:
            request.failed(tr(refusal.title), tr(refusal.remedy))

        self._client.ask(MakePicture(request.path, request.size, request.moment), then=made, failed=refused)

    def _from_cache(self, request: PictureRequest, content_hash: bytes, otherwise: Callable[[], None]) -> None:
        def read() -> QImage | None:
            jpeg = self._reader.picture(content_hash, request.size)
            image = image_from_jpeg(jpeg) if jpeg else QImage()
            return None if image.isNull() else image

        def then(image: QImage | None) -> None:
            if image is None:
                otherwise()
            else:
                request.then(image)

        self._background.run(read, then, lambda error: request.failed(tr("The picture could not be read."), str(error)))
