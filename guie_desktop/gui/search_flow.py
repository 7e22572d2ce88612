"""Searching: from what is looked for to the grid of what was found."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot

from guie_desktop.domain import Album, Answer, Folder, Hit, Photo, Region
from guie_desktop.gui.flow import Flow
from guie_desktop.gui.models.library import LibraryReader
from guie_desktop.gui.off_thread import OffThread
from guie_desktop.gui.searching import Example, Question, Searching
from guie_desktop.gui.window import MainWindow
from guie_desktop.gui.worker_client import WorkerClient
from guie_desktop.settings import SortOrder

MOST_EXAMPLES = 100
"""Photos that are looked for at once; each gets a picture in the search area, and a thousand held the window up."""


class SearchFlow(Flow):
    """What the search area and the grid of hits do."""

    shown = Signal()
    """Another page may be the right one now."""

    def __init__(
        self, window: MainWindow, client: WorkerClient, reader: LibraryReader, off_thread: OffThread, sort: SortOrder
    ) -> None:
        super().__init__(window)
        self._window, self._reader, self._off_thread = window, reader, off_thread
        self.sort: SortOrder = sort
        self.answer: Answer | None = None
        self.searching = Searching(client, self)
        self.searching.asked.connect(self._show_question)
        self.searching.answered.connect(self._take_answer)
        self.searching.failed.connect(self._show_failure)
        panel = window.search
        self.searching.busy_changed.connect(panel.results.show_busy)
        panel.removal_asked.connect(self.searching.remove)
        panel.clear_asked.connect(self.searching.clear)
        panel.back_asked.connect(self.searching.go_back)
        panel.results.scope_chosen.connect(self.searching.look_in)
        panel.words_given.connect(self.searching.describe)
        panel.results.sort_chosen.connect(self._sort_by)
        window.back.triggered.connect(self.searching.go_back)

    def look_for_files(self, paths: Sequence[Path], add: bool) -> None:
        """Look for pictures from outside."""
        self.look_for(tuple(Example(path) for path in paths), add=add)

    def look_for_photos(self, photos: Sequence[Photo], *, add: bool = False, region: Region | None = None) -> None:
        """Look for photos of the library."""
        self.look_for(tuple(Example(photo.path, photo) for photo in photos), add=add, region=region)

    def look_for(self, examples: tuple[Example, ...], *, add: bool = False, region: Region | None = None) -> None:
        """Look for these, or for these as well."""
        known = self.searching.question.examples if add else ()
        if not examples or self.is_too_many(len({*known, *examples})):
            return
        if add and self.searching.is_on:
            self.searching.add(examples)
        else:
            self.searching.ask(examples, region)

    def is_too_many(self, photos: int) -> bool:
        """Whether a search takes no so many photos, which is told."""
        too_many = photos > MOST_EXAMPLES
        if too_many:
            remedy = f"Choose {MOST_EXAMPLES} at most; a few that differ say it as well."
            self.failed.emit(f"{photos:,} photos are too many to look for at once.", remedy)
        return too_many

    def show_scopes(self, folders: tuple[Folder, ...], albums: tuple[Album, ...]) -> None:
        """Offer to look only there; an album that is gone is looked in no longer."""
        self._window.search.results.show_scopes(folders, albums)
        scope = self.searching.question.scope
        if isinstance(scope, int) and all(album.id != scope for album in albums):
            self.searching.look_in(None)

    @Slot(object)
    def _show_question(self, question: Question) -> None:
        if not question.is_on:
            self.answer = None
        self._window.search.show_question(question)
        self._window.search.back_button.setEnabled(self.searching.can_go_back)
        self.shown.emit()

    @Slot(object)
    def _take_answer(self, answer: Answer) -> None:
        if answer.nothing_similar:
            answer = replace(answer, hits=tuple(replace(hit, similar=False) for hit in answer.hits))
        self.answer = answer
        self._window.search.results.show_answer(answer)
        if self.sort == "likeness":
            self._show_hits(answer, answer.hits)
            return
        ids = array("q", (hit.photo_id for hit in answer.hits))
        self._off_thread.run(
            lambda: newest_first(answer.hits, self._reader.photos(ids)),
            lambda hits: self._show_hits(answer, hits),
            self.fail,
        )

    def _show_hits(self, answer: Answer, hits: Sequence[Hit]) -> None:
        if answer is not self.answer:
            return
        self._window.found.show_hits(hits)
        self.shown.emit()

    @Slot(str)
    def _sort_by(self, order: SortOrder) -> None:
        self.sort = order
        if self.answer is not None:
            self._take_answer(self.answer)

    @Slot(str, str)
    def _show_failure(self, title: str, remedy: str) -> None:
        self._window.search.results.show_failure("The search did not work.")
        self.failed.emit(title, remedy)


def newest_first(hits: Sequence[Hit], photos: dict[int, Photo]) -> tuple[Hit, ...]:
    """The hits by the date of their photos; those that the library no longer knows come last."""
    return tuple(
        sorted(
            hits,
            key=lambda hit: photos[hit.photo_id].taken if hit.photo_id in photos else float("-inf"),
            reverse=True,
        )
    )
