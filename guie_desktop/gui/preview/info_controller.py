"""Fills the info panel: what the library knows at once, how it was taken when the worker has read that."""

from PySide6.QtCore import QObject

from guie_desktop.asking import Hit
from guie_desktop.domain import Album, Photo
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.photos.photo_facts import facts_of
from guie_desktop.gui.preview.info_panel import InfoPanel
from guie_desktop.messages import FactsRead, Failed, ReadFacts
from guie_desktop.noted import PhotoNotes


class InfoController(QObject):
    """Reads for the panel, while it is on screen."""

    def __init__(self, panel: InfoPanel, services: Services) -> None:
        super().__init__(panel)
        self._panel = panel
        self._client, self._reader = services.client, services.reader
        self._background, self._reporter = services.background, services.reporter
        self._photo: Photo | None = None

    def show(self, photo: Photo, hit: Hit | None) -> None:
        """Tell of this photo."""
        self._photo = photo
        self._panel.show_facts(facts_of(photo, hit))

        def noted(read: FactsRead) -> None:
            if self._photo is photo:
                self._panel.show_noted(read.facts)

        def unreadable(_: Failed) -> None:
            """Why the file cannot be read is told in the place of its picture."""

        def albums(found: tuple[Album, ...]) -> None:
            if self._photo is photo:
                self._panel.show_albums(found)

        def notes(found: PhotoNotes) -> None:
            if self._photo is photo:
                self._panel.show_notes(found)

        def read_notes() -> PhotoNotes:
            return self._reader.notes_of(photo.id)

        def read_albums() -> tuple[Album, ...]:
            ids = self._reader.albums_of((photo.id,)).get(photo.id, ())
            return tuple(album for album in self._reader.albums() if album.id in ids)

        self._client.ask(ReadFacts(photo.path), then=noted, failed=unreadable)
        self._background.run(read_notes, notes, self._reporter.report)
        self._background.run(read_albums, albums, self._reporter.report)
