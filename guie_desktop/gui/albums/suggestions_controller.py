"""Completing an album: photos from elsewhere are suggested, and each is answered with a key."""

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.domain import Album, Hit, Verdict
from guie_desktop.gui.albums.suggestions_view import SuggestionsView
from guie_desktop.gui.albums.verdicts import Verdicts
from guie_desktop.gui.backend.pending import Pending
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.messages import Failed, JobEnded, Suggest, Suggested

_ASK_AT = 16
"""Suggestions left, below which more are asked for."""
_LOOKING = "Looking for photos that belong here…"
_NONE = "Nothing else in your library looks as if it belonged here."


class SuggestionsController(QObject):
    """Keeps the line of suggestions filled while an album is browsed."""

    left = Signal()
    """There is nothing more to answer here; the keyboard has to go elsewhere."""

    def __init__(self, view: SuggestionsView, verdicts: Verdicts, client: WorkerClient) -> None:
        super().__init__(view)
        self._view, self._client, self._verdicts = view, client, verdicts
        self._album: Album | None = None
        self._hits: list[Hit] = []
        self._answered: dict[int, tuple[int, Hit]] = {}
        """Photo id to where its suggestion stood, for when the answer is taken back."""
        self._request: Pending[Suggested] | None = None
        self._worth_asking = True
        """Whether something changed since the worker was asked last."""
        self._view.decided.connect(self.decide)
        verdicts.decided.connect(self._note)
        client.on(JobEnded, lambda _: self.look_again())

    @property
    def asks(self) -> bool:
        """Whether there is a suggestion to be answered."""
        return self._view.isVisible() and bool(self._hits)

    def look_at(self, album: Album | None) -> None:
        """Suggest for the album that is browsed, where it has photos; or for none."""
        before, self._album = self._album, album
        held = self._view.holds_keyboard
        self._view.setVisible(album is not None)
        if held and album is None:
            self.left.emit()
        if album is None or before is None or before.id != album.id:
            self._forget()
        elif not self._hits and before.photos != album.photos:
            self._worth_asking = True
        self._refill()

    def look_again(self) -> None:
        """There may be new photos: ask once more where nothing was found."""
        if not self._hits:
            self._worth_asking = True
            self._refill()

    @Slot()
    def start_again(self) -> None:
        """What belongs together is seen in another way now: ask anew."""
        self._forget()
        self._refill()

    @Slot(str)
    def decide(self, verdict: Verdict) -> None:
        """Answer for the chosen suggestions."""
        photos = self._view.strip.chosen_ids()
        if self._album is not None and photos:
            self._verdicts.decide(self._album, photos, verdict)

    @Slot(int, object)
    def _note(self, album_id: int, photos: tuple[int, ...]) -> None:
        if self._album is None or album_id != self._album.id:
            return
        verdicts = self._verdicts.of(album_id)
        places = {hit.photo_id: place for place, hit in enumerate(self._hits)}
        decided = {photo for photo in photos if photo in verdicts and photo in places}
        back = [photo for photo in photos if photo not in verdicts and photo in self._answered]
        for photo in decided:
            self._answered[photo] = places[photo], self._hits[places[photo]]
        self._hits = [hit for hit in self._hits if hit.photo_id not in decided]
        row = min((places[photo] for photo in decided), default=0)
        for place, hit in sorted((self._answered.pop(photo) for photo in back), key=lambda was: was[0]):
            self._hits.insert(place, hit)
        if back:
            row = next(place for place, hit in enumerate(self._hits) if hit.photo_id in back)
        if decided or back:
            self._worth_asking = True
            self._refill()
            self._show(row)

    def _forget(self) -> None:
        if self._request is not None:
            self._request.cancel()
        self._hits, self._answered = [], {}
        self._request, self._worth_asking = None, True

    def _refill(self) -> None:
        if self._album is None:
            return
        if self._worth_asking and self._request is None and len(self._hits) < _ASK_AT:
            self._worth_asking = False
            self._request = self._client.ask(Suggest(self._album.id), then=self._take, failed=self._take_refusal)
            if not self._hits:
                self._view.tell(_LOOKING)

    def _take(self, suggested: Suggested) -> None:
        self._request = None
        known = {hit.photo_id for hit in self._hits} | set(self._verdicts.of(suggested.album_id))
        new = [hit for hit in suggested.hits if hit.photo_id not in known]
        chosen = self._view.strip.chosen_rows() if self._hits else []
        self._hits += new
        self._refill()
        self._show(chosen[0] if chosen else 0)

    def _take_refusal(self, refusal: Failed) -> None:
        self._request = None
        if not self._hits:
            self._view.tell(f"{refusal.title} {refusal.remedy}".strip())

    def _show(self, row: int) -> None:
        if self._hits:
            self._view.show_hits(self._hits, min(row, len(self._hits) - 1))
        elif self._request is not None:
            self._view.tell(_LOOKING)
        else:
            self._view.tell(_NONE)
            if self._view.holds_keyboard:
                self.left.emit()
