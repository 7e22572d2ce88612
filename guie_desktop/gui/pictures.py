"""Gets a picture of any file, from the cache or made by the worker, without decoding the file here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from guie_desktop.gui.jpeg import image_from_jpeg
from guie_desktop.gui.models.library import LibraryReader
from guie_desktop.gui.off_thread import OffThread
from guie_desktop.gui.worker_client import WorkerClient
from guie_desktop.messages import Event, Failed, MakePicture, PictureReady

OnPicture = Callable[[QImage], None]
OnFailure = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture that somebody waits for."""

    path: Path
    size: int
    then: OnPicture
    failed: OnFailure


class Pictures(QObject):
    """Pictures for the preview, the chips and the clipboard."""

    def __init__(
        self, client: WorkerClient, reader: LibraryReader, off_thread: OffThread, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._reader = reader
        self._off_thread = off_thread

    def fetch(self, wish: Wish, content_hash: bytes | None = None) -> None:
        """Get the picture; where its content is known, the cache is asked first."""
        if content_hash is None:
            self._make(wish)
        else:
            self._from_cache(wish, content_hash, otherwise=lambda: self._make(wish))

    def _make(self, wish: Wish) -> None:
        def answered(event: Event) -> None:
            if isinstance(event, PictureReady):
                self._from_cache(wish, event.content_hash, otherwise=lambda: give_up("The picture is gone.", ""))
            elif isinstance(event, Failed):
                give_up(event.title, event.remedy)

        def give_up(title: str, remedy: str) -> None:
            wish.failed(title, remedy)

        self._client.ask(lambda number: MakePicture(number, wish.path, wish.size), answered)

    def _from_cache(self, wish: Wish, content_hash: bytes, otherwise: Callable[[], None]) -> None:
        def read() -> QImage | None:
            jpeg = self._reader.picture(content_hash, wish.size)
            image = image_from_jpeg(jpeg) if jpeg else QImage()
            return None if image.isNull() else image

        def then(image: QImage | None) -> None:
            if image is None:
                otherwise()
            else:
                wish.then(image)

        self._off_thread.run(read, then, lambda error: wish.failed("The picture could not be read.", str(error)))
