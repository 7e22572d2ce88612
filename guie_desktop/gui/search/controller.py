"""Searching: from what is looked for to the grid of what was found."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.domain import Answer, Hit, Photo, Region
from guie_desktop.gui.backend.library_reader import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.search.search_panel import SearchPanel
from guie_desktop.gui.search.state import Example, Question, SearchState
from guie_desktop.messages import Failed
from guie_desktop.settings import SortOrder

MOST_EXAMPLES = 100
"""Photos that are looked for at once; each gets a picture in the search area, and a thousand held the window up."""


class SearchController(QObject):
    """What the search area and the grid of hits do."""

    wanted = Signal()
    """The user begins a search: what lies over the photos gives way to it."""
    shown = Signal()
    """Another page may be the right one now."""

    def __init__(
        self,
        panel: SearchPanel,
        found: Gallery,
        selection: Selection,
        services: Services,
        *,
        sort: SortOrder,
    ) -> None:
        super().__init__(panel)
        self._panel, self._found, self._selection = panel, found, selection
        self._reader, self._background, self._reporter = services.reader, services.background, services.reporter
        self.sort: SortOrder = sort
        self.answer: Answer | None = None
        self._is_repeated = False
        """Whether the question is asked once more, so that what the user looks at is to stay where it is."""
        self.state = SearchState(services.client, self)
        self.state.asked.connect(self._show_question)
        self.state.answered.connect(self._take_answer)
        self.state.refused.connect(self._show_refusal)
        self.state.busy_changed.connect(panel.results.show_busy)
        panel.removal_asked.connect(self.state.remove)
        panel.clear_asked.connect(self.state.clear)
        panel.back_asked.connect(self.state.go_back)
        panel.words_given.connect(self.state.describe)
        panel.results.scope_chosen.connect(self.state.look_in)
        panel.results.sort_chosen.connect(self._sort_by)
        panel.results.set_sort(sort)

    def watch(self, gallery: Gallery) -> None:
        """Look for what is asked for there by the button on a tile."""
        gallery.similar_asked.connect(lambda row: self._look_for_row(gallery, row))

    @Slot()
    def find_similar(self) -> None:
        """Look for the chosen photos, or for the part that is marked in the one that is looked at."""
        if not self._is_too_many(self._selection.count()):
            self.look_for_photos(self._selection.photos(), region=self._selection.part)

    @Slot()
    def add_chosen(self) -> None:
        """Look for the chosen photos as well."""
        if not self._is_too_many(self._selection.count()):
            self.look_for_photos(self._selection.photos(), add=True)

    def look_for_files(self, paths: Sequence[Path], add: bool = False) -> None:
        """Look for pictures from outside."""
        self._look_for(tuple(Example(path) for path in paths), add=add)

    def look_for_photos(self, photos: Sequence[Photo], *, add: bool = False, region: Region | None = None) -> None:
        """Look for photos of the library."""
        self._look_for(tuple(Example(photo.path, photo) for photo in photos), add=add, region=region)

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """Offer to look only in its folders and albums; an album that is gone is looked in no longer."""
        self._panel.results.show_scopes(overview.folders, overview.albums)
        scope = self.state.question.scope
        if isinstance(scope, int) and all(album.id != scope for album in overview.albums):
            self.state.look_in(None)
        elif self.answer is not None and self._found.isVisible():
            hits = self.answer.hits
            self._background.run(lambda: self._are_outdated(hits), self._repeat, self._reporter.report)

    def _are_outdated(self, hits: Sequence[Hit]) -> bool:
        """Whether a file that was found is gone, or is another photo now. For a thread."""
        photos = self._reader.photos([hit.photo_id for hit in hits])
        if any(hit.photo_id not in photos for hit in hits):
            return True
        contents = [photos[hit.photo_id].content_hash for hit in hits]
        places = self._reader.places(contents)
        return any(
            not set(hit.places).issubset(places.get(content, ())) for hit, content in zip(hits, contents, strict=True)
        )

    def _repeat(self, is_outdated: bool) -> None:
        if is_outdated and self.state.is_on:
            self.state.repeat()
            self._is_repeated = True

    def _look_for(self, examples: tuple[Example, ...], *, add: bool, region: Region | None = None) -> None:
        known = self.state.question.examples if add else ()
        if not examples or self._is_too_many(len({*known, *examples})):
            return
        if add and self.state.is_on:
            self.state.add(examples)
        else:
            self.wanted.emit()
            self.state.ask(examples, region)

    def _is_too_many(self, photos: int) -> bool:
        """Whether a search does not take so many photos, which is told."""
        too_many = photos > MOST_EXAMPLES
        if too_many:
            remedy = f"Choose {MOST_EXAMPLES} at most; a few that differ say it as well."
            self._reporter.tell(f"{photos:,} photos are too many to look for at once.", remedy)
        return too_many

    def _look_for_row(self, gallery: Gallery, row: int) -> None:
        photo = gallery.photo_at(row)
        if photo is not None:
            self.look_for_photos([photo])

    @Slot(object)
    def _show_question(self, question: Question) -> None:
        self._is_repeated = False
        if not question.is_on:
            self.answer = None
        self._panel.show_question(question)
        self._panel.back_button.setEnabled(self.state.can_go_back)
        self.shown.emit()

    @Slot(object)
    def _take_answer(self, answer: Answer) -> None:
        if answer.nothing_similar:
            answer = replace(answer, hits=tuple(replace(hit, similar=False) for hit in answer.hits))
        before, self.answer = self.answer, answer
        keep_place, self._is_repeated = self._is_repeated, False
        self._panel.results.show_answer(answer)
        if keep_place and before is not None and before.hits == answer.hits:
            return
        if self.sort == "likeness":
            self._show_hits(answer, answer.hits, keep_place=keep_place)
            return
        ids = array("q", (hit.photo_id for hit in answer.hits))
        self._background.run(
            lambda: newest_first(answer.hits, self._reader.photos(ids)),
            lambda hits: self._show_hits(answer, hits, keep_place=keep_place),
            self._reporter.report,
        )

    def _show_hits(self, answer: Answer, hits: Sequence[Hit], *, keep_place: bool) -> None:
        if answer is not self.answer:
            return
        show = self._found.show_hits_again if keep_place else self._found.show_hits
        show(hits)
        self.shown.emit()

    @Slot(str)
    def _sort_by(self, order: SortOrder) -> None:
        self.sort = order
        if self.answer is not None:
            self._take_answer(self.answer)

    @Slot(object)
    def _show_refusal(self, refusal: Failed) -> None:
        self._panel.results.show_failure("The search did not work.")
        self._reporter.refuse(refusal)


def newest_first(hits: Sequence[Hit], photos: dict[int, Photo]) -> tuple[Hit, ...]:
    """The hits by the date of their photos; those that the library no longer knows come last."""
    return tuple(
        sorted(
            hits,
            key=lambda hit: photos[hit.photo_id].taken if hit.photo_id in photos else float("-inf"),
            reverse=True,
        )
    )
