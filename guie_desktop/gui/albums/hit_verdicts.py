"""Yes and no on what was found: the search is ranked by it at once, and the album that it speaks of learns of it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Slot

from guie_desktop.domain import Album, Verdict
from guie_desktop.gui.albums.controller import AlbumsController
from guie_desktop.gui.albums.verdicts import Verdicts
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.steps import Ended, Step
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.search.ranking_line import RankingLine
from guie_desktop.gui.search.state import SearchState
from guie_desktop.language import ntr, tr
from guie_desktop.messages import Done
from guie_desktop.question import Question


class HitVerdicts(QObject):
    """The album of a query is the one that its photos are in, or else the one that the user names.

    Without one, what is said holds for this search alone, until an album is named, which then takes it up.
    """

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
        self._undo = services.undo
        self._album_id: int | None = None
        self._named = False
        """Whether the user named the album himself."""
        self._looked_for: tuple[object, str] = (), ""
        self._judged: set[int] = set()
        """The photos of which something was said in this search, be it taken back since."""
        search.asked.connect(self._note_question)
        verdicts.decided.connect(self._note_verdict)
        line.album_asked.connect(self.choose_album)
        line.forget_asked.connect(self.forget)

    @property
    def album(self) -> Album | None:
        """The album that Y and N speak of."""
        return next((album for album in self._albums.albums if album.id == self._album_id), None)

    def speaks_of(self, gallery: Gallery) -> bool:
        """Whether Y and N there are meant for hits."""
        return gallery in self._galleries

    def decide(self, gallery: Gallery, photos: tuple[int, ...], verdict: Verdict) -> None:
        """Say it of these hits, and go on to the next of which nothing was said."""
        rows = gallery.chosen_rows()
        if not photos or not rows:
            return
        self._judged.update(photos)
        album = self.album
        if album is not None:
            self._verdicts.decide(album, photos, verdict)
        else:
            before = self._search.question.said
            self._judge(_said_sentence(verdict, len(photos)), {**before, **dict.fromkeys(photos, verdict)})
        _go_on(gallery, rows[-1])

    @Slot()
    def forget(self) -> None:
        """Take back all that was said in this search."""
        said, album = self._search.question.said, self.album
        if album is not None:
            self._verdicts.decide(album, tuple(said), None)
        elif said:
            sentence = ntr(
                "Taken back what you said of {number} photo.",
                "Taken back what you said of {number} photos.",
                len(said),
            )
            self._judge(sentence, {})

    @Slot()
    def choose_album(self) -> None:
        """Let the user say which album it is; what was said already goes there."""
        self._ask_album(tr("Which album are you sorting into?"))

    @Slot()
    def show(self) -> None:
        """Name the album, tell what was said, and mark the tiles."""
        album, question = self.album, self._search.question
        said = question.said
        offer = bool(self._albums.albums or said) and question.is_on
        self._line.show_album(album, offer=offer)
        self._line.show_said(len(question.liked), len(question.disliked))
        marks = self._verdicts.of(album.id) if album is not None else said
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
            if question.plain == self._search.question.plain and not self._named:
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
            self._judged = set(question.said)
            self.show()
            self.look_up()

    @Slot(int, object)
    def _note_verdict(self, album_id: int, photos: tuple[int, ...]) -> None:
        if album_id == self._album_id:
            self._follow_album()

    def _follow_album(self) -> None:
        """Of what was judged in this search counts what the album has of it now, also after undo and redo."""
        album = self.album
        if album is not None:
            decided = self._verdicts.of(album.id)
            self._search.judge({photo: verdict for photo, verdict in decided.items() if photo in self._judged})
        self.show()

    def _judge(self, sentence: str, said: Mapping[int, Verdict]) -> None:
        """Rank by this, which is a deed of its own; in another search there is nothing of it to take back."""
        looked_for, before = self._looked_for, self._search.question.said

        def saying(what: Mapping[int, Verdict]) -> Step:
            def step(ended: Ended) -> None:
                if self._looked_for == looked_for:
                    self._search.judge(what)
                    self.show()
                ended(Done())

            return step

        self._undo.do(sentence, saying(said), saying(before))

    def _ask_album(self, title: str) -> None:
        def take(album: Album) -> None:
            """What was said of the hits is said of the album."""
            question = self._search.question
            self._album_id, self._named = album.id, True
            if question.liked:
                self._verdicts.decide(album, question.liked, "member")
            if question.disliked:
                self._verdicts.decide(album, question.disliked, "not")
            self._follow_album()

        def make(name: str) -> None:
            """A new album begins with what was looked for."""
            self._albums.create(name, (*self._search.question.photos, *self._search.question.liked), take)

        chooser = self._albums.chooser(title, self._line)
        chooser.chosen.connect(take)
        chooser.named.connect(make)
        chooser.open()


def _go_on(gallery: Gallery, row: int) -> None:
    """To the next photo of which nothing was said, or the last one."""
    ids, marks = gallery.photos.ids, gallery.photos.verdicts
    last = gallery.photos.rowCount() - 1
    gallery.grid.go_to(next((after for after in range(row + 1, last) if ids[after] not in marks), min(row + 1, last)))


def _said_sentence(verdict: Verdict, photos: int) -> str:
    if verdict == "member":
        return ntr("{number} photo is what you mean.", "{number} photos are what you mean.", photos)
    return ntr("{number} photo is not what you mean.", "{number} photos are not what you mean.", photos)
