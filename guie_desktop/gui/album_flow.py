"""Albums: made, renamed, removed and filled, and the worker asked to do so."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from guie_desktop.domain import Album
from guie_desktop.gui.decisions import Decisions
from guie_desktop.gui.flow import Flow
from guie_desktop.gui.models.library import LibraryReader
from guie_desktop.gui.off_thread import OffThread
from guie_desktop.gui.progress_text import counted
from guie_desktop.gui.undo import Undo
from guie_desktop.gui.views.album_chooser import AlbumChooser
from guie_desktop.gui.window import MainWindow
from guie_desktop.gui.worker_client import WorkerClient
from guie_desktop.library.album_names import name_key
from guie_desktop.messages import Command, CreateAlbum, Event, Failed, ImportAlbums, RemoveAlbum, RenameAlbum

OnAlbum = Callable[[Album], None]


class AlbumFlow(Flow):
    """What can be done with albums as a whole."""

    def __init__(
        self,
        window: MainWindow,
        client: WorkerClient,
        reader: LibraryReader,
        off_thread: OffThread,
        *,
        decisions: Decisions,
        undo: Undo,
    ) -> None:
        super().__init__(window)
        self._window, self._client, self._reader, self._off_thread = window, client, reader, off_thread
        self._decisions, self._undo = decisions, undo
        self._recent: list[int] = []
        self.albums: tuple[Album, ...] = ()
        lines = window.sidebar.albums
        lines.new_named.connect(self.create)
        lines.renamed.connect(self.rename)
        lines.remove_asked.connect(self.remove)
        lines.dropped.connect(self.put)
        lines.import_asked.connect(self._choose_folder)

    def show(self, albums: tuple[Album, ...]) -> None:
        """The albums as the catalogue has them."""
        self.albums = albums
        self._decisions.note_albums(albums)

    def recent_first(self) -> tuple[Album, ...]:
        """All albums, those that were filled last before the others."""
        order = {album_id: place for place, album_id in enumerate(self._recent)}
        return tuple(sorted(self.albums, key=lambda album: order.get(album.id, len(order))))

    @Slot(object, object)
    def put(self, album: Album, photos: tuple[int, ...]) -> None:
        """Put photos into an album."""
        self._recent = [album.id, *(other for other in self._recent if other != album.id)]
        self._decisions.decide(album, photos, "member")

    @Slot(str, object)
    def create(self, name: str, photos: tuple[int, ...] = (), then: OnAlbum | None = None) -> None:
        """Make an album with these photos, or put them into the one of that name; `then` gets the album."""
        known = self._named(name)
        if known is not None:
            if photos:
                self.put(known, photos)
            if then is not None:
                then(known)
            return

        def back() -> None:
            if (album := self._named(name)) is not None:
                self._remove(album)

        def found(albums: tuple[Album, ...]) -> None:
            self.show(albums)
            if (album := self._named(name)) is not None:
                self._recent.insert(0, album.id)
                if then is not None:
                    then(album)

        def made() -> None:
            # Noted before the album is read: what is done to it meanwhile comes after.
            with_photos = f" with {counted(len(photos), 'photo')}" if photos else ""
            self._undo.note(f"“{name}” was made{with_photos}.", back)
            self._off_thread.run(self._reader.albums, found, self.fail)

        self._ask(partial(CreateAlbum, name=name, photos=photos), made)

    @Slot(object, str)
    def rename(self, album: Album, name: str) -> None:
        """Give an album another name."""

        def to(name: str, then: Callable[[], None]) -> None:
            self._ask(partial(RenameAlbum, album_id=album.id, name=name), then)

        def back() -> None:
            to(album.name, lambda: None)

        to(name, lambda: self._undo.note(f"“{album.name}” is called “{name}” now.", back))

    @Slot(object)
    def remove(self, album: Album) -> None:
        """Remove an album; its photos stay in the library."""
        sentence = f"The album “{album.name}” was removed; its photos stay in the library."

        def back() -> None:
            self._ask(partial(RemoveAlbum, album_id=album.id, restore=True), lambda: None)

        self._remove(album, lambda: self._undo.note(sentence, back))

    def chooser(self, title: str) -> AlbumChooser:
        """A dialog in which the user chooses an album or names a new one; to be connected and opened."""
        return AlbumChooser(title, self.recent_first(), self._window)

    @Slot()
    def _choose_folder(self) -> None:
        dialog = QFileDialog(self._window, "Make an album of each folder in here", str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self._client.ask(partial(ImportAlbums, folder=Path(name))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _named(self, name: str) -> Album | None:
        return next((album for album in self.albums if name_key(album.name) == name_key(name)), None)

    def _remove(self, album: Album, then: Callable[[], None] = lambda: None) -> None:
        self._ask(partial(RemoveAlbum, album_id=album.id), then)

    def _ask(self, command: Callable[[int], Command], then: Callable[[], None]) -> None:
        def answered(event: Event) -> None:
            if isinstance(event, Failed):
                self._window.sidebar.albums.show_again()
                self.refuse(event)
            else:
                self._reader.refresh_now()
                then()

        self._client.ask(command, answered)
