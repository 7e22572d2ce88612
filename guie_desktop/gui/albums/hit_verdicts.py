"""Yes and no on what was found: which album they speak of, and the marks on the tiles."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from guie_desktop.domain import Album, Verdict
from guie_desktop.gui.albums.controller import AlbumsController
from guie_desktop.gui.albums.verdicts import Verdicts
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.search.ranking_line import RankingLine
from guie_desktop.gui.search.state import Question, SearchState
from guie_desktop.language import ntr, tr


class HitVerdicts(QObject):
    """The album of a query is the one that its photos are in, or else the one that the user names."""

    def __init__(
        self,
        line: RankingLine,
        galleries: Sequence[Gallery],
        search: SearchState,
        *,
        albums: AlbumsController,
        verdicts: Verdicts,
        services: Services,
    ) -> None:
        """`galleries` are those that show hits."""
        super().__init__(line)
        self._line, self._galleries = line, tuple(galleries)
        self._search, self._albums, self._verdicts = search, albums, verdicts
        self._reader, self._background, self._reporter = services.reader, services.background, services.reporter
        self._album_id: int | None = None
        self._named = False
        """Whether the user named the album himself."""
        self._looked_for: tuple[object, str] = (), ""
        search.asked.connect(self._note_question)
        verdicts.decided.connect(self._note_verdict)
        line.album_asked.connect(self.choose_album)

    @property
    def album(self) -> Album | None:
        """The album that Y and N speak of."""
        return next((album for album in self._albums.albums if album.id == self._album_id), None)

    def speaks_of(self, gallery: Gallery) -> bool:
        """Whether Y and N there are meant for hits."""
        return gallery in self._galleries

    def decide(self, gallery: Gallery, photos: tuple[int, ...], verdict: Verdict) -> None:
        """Say it of these hits, and go on to the next; where the album is not known it is asked for first."""
        rows = gallery.chosen_rows()
        if not photos or not rows:
            return
        album = self.album
        if album is None:
            asked = ntr("Which album does it belong to, or not?", "Which album do they belong to, or not?", len(photos))
            self._ask_album(asked, photos, verdict)
            return
        self._verdicts.decide(album, photos, verdict)
        gallery.grid.go_to(min(rows[-1] + 1, gallery.photos.rowCount() - 1))

    @Slot()
    def choose_album(self) -> None:
        """Let the user say which album it is."""
        self._ask_album(tr("Which album are you sorting into?"))

    @Slot()
    def show(self) -> None:
        """Name the album and mark the tiles."""
        album = self.album
        offer = bool(self._albums.albums) and self._search.is_on
        self._line.show_album(album, offer=offer)
        marks = self._verdicts.of(album.id) if album is not None else {}
        for gallery in self._galleries:
            gallery.set_marks(marks)

    @Slot()
    def look_up(self) -> None:
        """Find the album that the query's photos are in, unless the user named one."""
        question = self._search.question
        if self._named and self.album is not None:
            self.show()
            return

        def then(found: dict[int, tuple[int, ...]]) -> None:
            if question is self._search.question and not self._named:
                albums = {album_id for of_photo in found.values() for album_id in of_photo}
                self._album_id = albums.pop() if len(albums) == 1 else None
                self.show()

        self._named = False
        self._background.run(lambda: self._reader.albums_of(question.photos), then, self._reporter.report)

    @Slot(object)
    def _note_question(self, question: Question) -> None:
        looked_for = question.examples, question.text
        if looked_for != self._looked_for:
            self._looked_for = looked_for
            self._album_id, self._named = None, False
            self.show()
            self.look_up()

    @Slot(int, object)
    def _note_verdict(self, album_id: int, photos: tuple[int, ...]) -> None:
        if album_id == self._album_id:
            self.show()

    def _ask_album(self, title: str, photos: tuple[int, ...] = (), verdict: Verdict | None = None) -> None:
        def name_it(album: Album) -> None:
            self._album_id, self._named = album.id, True
            self.show()

        def take(album: Album) -> None:
            if photos and verdict is not None:
                self._verdicts.decide(album, photos, verdict)
            name_it(album)

        def make(name: str) -> None:
            """A new album begins with what was looked for."""
            begun = self._search.question.photos
            if verdict == "member":
                self._albums.create(name, (*begun, *photos), name_it)
            else:
                self._albums.create(name, begun, take)

        chooser = self._albums.chooser(title, self._line)
        chooser.chosen.connect(take)
        chooser.named.connect(make)
        chooser.open()
