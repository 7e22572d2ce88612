"""Albums: made, renamed, removed and filled, and the worker asked to do so."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from guie_desktop.domain import Album, Verdict
from guie_desktop.gui.albums.album_list import AlbumList
from guie_desktop.gui.albums.chooser import AlbumChooser
from guie_desktop.gui.albums.verdicts import Verdicts
from guie_desktop.gui.backend.failure_reporter import Help, other_choice
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.shown_asking import ShownAsking
from guie_desktop.gui.backend.steps import Ended, Exchange, Outcome, Step, asking, in_turn, refusing
from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.widgets.dialogs import choose_folder, confirm
from guie_desktop.language import ntr, tr
from guie_desktop.library.album_names import name_key
from guie_desktop.messages import (
    AlbumsImported,
    CreateAlbum,
    Decide,
    Failed,
    ImportAlbums,
    RemoveAlbum,
    RenameAlbum,
)

OnAlbum = Callable[[Album], None]


class AlbumsController(QObject):
    """What can be done with albums as a whole."""

    def __init__(self, lines: AlbumList, verdicts: Verdicts, services: Services) -> None:
        super().__init__(lines)
        self._lines, self._verdicts, self._undo = lines, verdicts, services.undo
        self._client, self._reader = services.client, services.reader
        self._background, self._reporter = services.background, services.reporter
        self._asking = ShownAsking(services, lines.show_again)
        self._recent: list[int] = []
        self.albums: tuple[Album, ...] = ()
        lines.new_named.connect(self.create)
        lines.renamed.connect(self.rename)
        lines.remove_asked.connect(self.remove)
        lines.dropped.connect(self.put)
        lines.import_asked.connect(self._choose_folder)
        self._client.on(AlbumsImported, self._note_import)

    def show(self, albums: tuple[Album, ...]) -> None:
        """The albums as the catalog has them."""
        self.albums = albums
        self._verdicts.note_albums(albums)

    def recent_first(self) -> tuple[Album, ...]:
        """All albums, those that were filled last before the others."""
        order = {album_id: place for place, album_id in enumerate(self._recent)}
        return tuple(sorted(self.albums, key=lambda album: order.get(album.id, len(order))))

    @Slot(object, object)
    def put(self, album: Album, photos: tuple[int, ...]) -> None:
        """Put photos into an album."""
        self._recent = [album.id, *(other for other in self._recent if other != album.id)]
        self._verdicts.decide(album, photos, "member")

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

        made: list[int] = []

        def found(albums: tuple[Album, ...]) -> None:
            self.show(albums)
            if (album := next((one for one in albums if one.id in made), None)) is not None:
                self._recent.insert(0, album.id)
                if then is not None:
                    then(album)

        def begin(ended: Ended) -> None:
            def end(outcome: Outcome) -> None:
                ended(outcome)  # before the album is read: what is done to it meanwhile comes after
                if made:
                    self._background.run(self._reader.albums, found, self._reporter.report)

            self._asking(CreateAlbum(name, photos), lambda answer: made.append(answer.album_id))(end)

        def bring(ended: Ended, *, back: bool) -> None:
            self._asking(RemoveAlbum(made[0], restore=back))(ended)

        self._undo.do(
            _made_sentence(name, len(photos)),
            begin,
            revert=partial(bring, back=False),
            again=partial(bring, back=True),
        )

    @Slot(object, str)
    def rename(self, album: Album, name: str) -> None:
        """Give an album another name."""
        sentence = tr("“{former}” is called “{name}” now.", former=album.name, name=name)
        former = [album.name]

        def back(ended: Ended) -> None:
            self._asking(RenameAlbum(album.id, former[0]))(ended)

        there = self._asking(RenameAlbum(album.id, name), lambda renamed: former.insert(0, renamed.former))
        self._undo.do(sentence, there, back)

    @Slot(object)
    def remove(self, album: Album) -> None:
        """Remove an album; its photos stay in the library."""
        sentence = tr("The album “{album}” was removed; its photos stay in the library.", album=album.name)
        away, back = (self._asking(RemoveAlbum(album.id, restore=restore)) for restore in (False, True))
        self._undo.do(sentence, away, back)

    def chooser(self, title: str, parent: QWidget) -> AlbumChooser:
        """A dialog in which the user chooses an album or names a new one; to be connected and opened."""
        return AlbumChooser(title, self.recent_first(), parent)

    def ask_name(self, photos: tuple[int, ...]) -> None:
        """Let the user name a new album that begins with these photos."""
        self._lines.ask_name(photos)

    @Slot()
    def _choose_folder(self) -> None:
        choose_folder(self._lines, tr("Choose a folder: each folder in it becomes an album"), self._import_folders)

    def ask_to_import(self, folder: Path) -> None:
        """Make an album of each folder in this one, if the user wants that."""
        confirm(
            self._lines,
            tr("Make an album of each folder in {folder}?", folder=readable_path(folder)),
            tr("Each folder that holds photos becomes an album of its name. The files stay where they are."),
            tr("Make albums"),
            lambda: self._import_folders(folder),
            is_default=True,
        )

    def _import_folders(self, folder: Path) -> None:
        def refused(refusal: Failed) -> None:
            other = Help(tr("Choose another folder…"), self._choose_folder)
            self._reporter.refuse(refusal, other_choice(refusal, other, partial(self._import_folders, folder)))

        kept = Exchange(self._client)
        begin = refusing(asking(self._client, ImportAlbums(folder), kept.keep), refused)
        where = readable_path(folder)
        sentence = tr("Albums are made of the folders in {folder}, once its photos are read.", folder=where)
        self._undo.do(sentence, begin, revert=kept, again=kept)

    def _note_import(self, imported: AlbumsImported) -> None:
        """Albums were made of folders, which is a deed of its own: it may be long since that was asked for."""
        made, filled = len(imported.made), sum(bool(photos) for _, photos in imported.filled)
        if not made and not filled:
            return

        def bring(*, back: bool) -> Step:
            verdict: Verdict | None = "member" if back else None
            return in_turn(
                *(self._asking(RemoveAlbum(album, restore=back)) for album in imported.made),
                *(self._asking(Decide(album, photos, verdict)) for album, photos in imported.filled if photos),
            )

        sentence = _imported_sentence(made, filled, readable_path(imported.folder))
        self._undo.note(sentence, bring(back=False), bring(back=True))

    def _named(self, name: str) -> Album | None:
        return next((album for album in self.albums if name_key(album.name) == name_key(name)), None)


def _made_sentence(name: str, photos: int) -> str:
    if not photos:
        return tr("“{album}” was made.", album=name)
    return ntr(
        "“{album}” was made with {number} photo.", "“{album}” was made with {number} photos.", photos, album=name
    )


def _imported_sentence(made: int, filled: int, folder: str) -> str:
    if not filled:
        return ntr(
            "{number} album made from the folders in {folder}.",
            "{number} albums made from the folders in {folder}.",
            made,
            folder=folder,
        )
    if not made:
        return ntr(
            "{number} album filled from the folders in {folder}.",
            "{number} albums filled from the folders in {folder}.",
            filled,
            folder=folder,
        )
    return ntr(
        "{number} album made and {filled} filled from the folders in {folder}.",
        "{number} albums made and {filled} filled from the folders in {folder}.",
        made,
        filled=ntr("{number} album", "{number} albums", filled),
        folder=folder,
    )
