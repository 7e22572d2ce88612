"""Completing an album: photos from elsewhere are suggested, and each is answered with a key."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.asking import Hit
from guie_desktop.domain import Album, Verdict
from guie_desktop.gui.albums.suggestions_view import SuggestionsView
from guie_desktop.gui.albums.verdicts import Verdicts
from guie_desktop.gui.backend.pending import Pending
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.search.judged_hits import in_place
from guie_desktop.language import tr, tr_noop
from guie_desktop.messages import Failed, JobEnded, Suggest, Suggested

_ASK_AT = 16
"""Suggestions left, below which more are asked for."""
_LOOKING = tr_noop("Looking for photos that belong here…")
_NONE = tr_noop("Nothing else in your library looks as if it belonged here.")


class SuggestionsController(QObject):
    """Keeps the line of suggestions filled while an album is browsed."""

    left = Signal()
    """There is nothing more to answer here; the keyboard has to go elsewhere."""

    def __init__(self, view: SuggestionsView, verdicts: Verdicts, services: Services) -> None:
        super().__init__(view)
        client, reader = services.client, services.reader
        self._view, self._client, self._verdicts = view, client, verdicts
        self._reader, self._background, self._reporter = reader, services.background, services.reporter
        self._album: Album | None = None
        self._hits: list[Hit] = []
        self._answered: dict[int, tuple[int, Hit]] = {}
        """Photo id to where its suggestion stood, for when the answer is taken back."""
        self._request: Pending[Suggested] | None = None
        self._worth_asking = True
        """Whether something changed since the worker was asked last."""
        self._is_outdated = False
        """Whether the album was changed elsewhere since, so that other photos may be more likely now."""
        self._seen: Mapping[int, Verdict] = {}
        """What was decided of photos and the album when it was looked at last."""
        self._taken_out: dict[int, set[int]] = {}
        """Album id to the photos that the user took out of it while the window is open: they are not suggested."""
        self._view.decided.connect(self.decide)
        self._view.accept_asked.connect(self.accept_up_to)
        verdicts.decided.connect(self._note)
        reader.left.connect(self._drop)
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
            self._seen = self._verdicts.of(album.id) if album is not None else {}
        self._refill()

    def show_library(self) -> None:
        """The library was read again: follow what happened to the album, and to what is suggested, elsewhere."""
        if self._album is None:
            return
        seen, self._seen = self._seen, self._verdicts.of(self._album.id)
        if dict(seen) != dict(self._seen):
            self._withdraw()
            self._worth_asking = self._is_outdated = True
            self._refill()
        if ids := [hit.photo_id for hit in self._hits]:
            self._background.run(partial(self._gone_of, ids), self._drop, self._reporter.report)

    def _gone_of(self, ids: list[int]) -> frozenset[int]:
        """Those of the photos whose files are gone, or are other photos now. For a thread."""
        photos = self._reader.photos(ids)
        places = self._reader.places([photo.content_hash for photo in photos.values()])
        there = {photo.id for photo in photos.values() if photo.path in places.get(photo.content_hash, ())}
        return frozenset(ids) - there

    @Slot(object)
    def _drop(self, gone: frozenset[int]) -> None:
        """These photos are gone."""
        left = [hit for hit in self._hits if hit.photo_id not in gone]
        if len(left) < len(self._hits):
            row = min(self._view.strip.chosen_rows(), default=0)
            self._hits, self._worth_asking = left, True
            self._refill()
            self._show(row)

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

    @Slot(int)
    def accept_up_to(self, row: int) -> None:
        """All suggestions from the first one to that in this row belong to the album."""
        photos = tuple(hit.photo_id for hit in self._hits[: row + 1])
        if self._album is not None and photos:
            self._verdicts.decide(self._album, photos, "member")

    @Slot(int, object)
    def _note(self, album_id: int, photos: tuple[int, ...]) -> None:
        self._note_taken_out(album_id, photos)
        if self._album is None or album_id != self._album.id:
            return
        verdicts = self._seen = self._verdicts.of(album_id)
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
            self._withdraw()  # the next answer has learned from this one
            self._worth_asking = self._is_outdated = True
            self._refill()
            self._show(row)

    def _note_taken_out(self, album_id: int, photos: tuple[int, ...]) -> None:
        """What the user has just taken out is no suggestion; what he answered there and took back is one again."""
        verdicts, taken_out = self._verdicts.of(album_id), self._taken_out.setdefault(album_id, set())
        for photo in photos:
            if photo in verdicts:
                taken_out.discard(photo)
            elif photo not in self._answered:
                taken_out.add(photo)

    def _withdraw(self) -> None:
        if self._request is not None:
            self._request.cancel()
            self._request = None

    def _forget(self) -> None:
        self._withdraw()
        self._hits, self._answered = [], {}
        self._worth_asking, self._is_outdated = True, False
        self._view.tell_left(None)

    def _refill(self) -> None:
        if self._album is None:
            return
        runs_short = len(self._hits) < _ASK_AT or self._is_outdated
        if self._worth_asking and self._request is None and runs_short:
            self._worth_asking = False
            self._request = self._client.ask(Suggest(self._album.id), then=self._take, failed=self._take_refusal)
            if not self._hits:
                self._view.tell(tr(_LOOKING))

    def _take(self, suggested: Suggested) -> None:
        self._request = None
        chosen = self._view.strip.chosen_rows() if self._hits else []
        asked_of = self._hits[chosen[0]].photo_id if chosen and chosen[0] < len(self._hits) else None
        known = set(self._verdicts.of(suggested.album_id)) | self._taken_out.get(suggested.album_id, set())
        found = [hit for hit in suggested.hits if hit.photo_id not in known]
        if self._is_outdated:  # all but the one that is asked of now, which is not to move under the hand
            self._hits, self._is_outdated = list(in_place(self._hits, found, {asked_of})), False
        else:
            shown = {hit.photo_id for hit in self._hits}
            self._hits += [hit for hit in found if hit.photo_id not in shown]
        self._view.tell_left(suggested.left)
        self._refill()
        rows = [row for row, hit in enumerate(self._hits) if hit.photo_id == asked_of]
        self._show(rows[0] if rows else chosen[0] if chosen else 0)

    def _take_refusal(self, refusal: Failed) -> None:
        self._request = None
        if self._is_outdated:
            self._hits, self._is_outdated = [], False
        if not self._hits:
            self._view.tell(f"{tr(refusal.title)} {tr(refusal.remedy)}".strip())

    def _show(self, row: int) -> None:
        if self._hits:
            self._view.show_hits(self._hits, min(row, len(self._hits) - 1))
        elif self._request is not None:
            self._view.tell(tr(_LOOKING))
        else:
            self._view.tell(tr(_NONE))
            if self._view.holds_keyboard:
                self.left.emit()
