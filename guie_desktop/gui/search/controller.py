"""Searching: from what is looked for to the grid of what was found."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QMenu

from guie_desktop.asking import Answer, Hit
from guie_desktop.domain import Album, Photo, Region
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.search.cut_off import line_of, newest_first, with_line
from guie_desktop.gui.search.examples_dialog import ExamplesDialog
from guie_desktop.gui.search.history import told_apart
from guie_desktop.gui.search.judged_hits import confirmed, in_place
from guie_desktop.gui.search.limits import too_many
from guie_desktop.gui.search.outdated import asked_anew
from guie_desktop.gui.search.search_panel import SearchPanel
from guie_desktop.gui.search.state import SearchState
from guie_desktop.messages import Failed
from guie_desktop.question import Example, Question, joined
from guie_desktop.settings import SortOrder

_READ_AT_ONCE = 100
"""Photos that are read while the user waits; more are read in a thread."""


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
        """What was found; None where nothing is looked for, or where that did not work."""
        self.failure: Failed | None = None
        """Why the search that is on has no answer."""
        self._told: Answer | None = None
        """The answer as it came."""
        self._line: float | None = None
        """Where the user has drawn the line in it."""
        self._is_repeated = False
        """Whether the question is asked once more, so that what the user looks at is to stay where it is."""
        self._asked = Question()
        self._is_judged = False
        """Whether it is asked once more because of what the user says of the hits on screen."""
        self.state = SearchState(services.client, self)
        self.state.asked.connect(self._show_question)
        self.state.answered.connect(self._take_answer)
        self.state.refused.connect(self._show_refusal)
        self.state.busy_changed.connect(panel.results.show_busy)
        panel.removal_asked.connect(self.state.remove)
        panel.alone_asked.connect(lambda example: self.state.ask((example,)))
        panel.change_asked.connect(lambda example, changes: self.state.change(example, **changes))
        panel.photos_removal_asked.connect(self.state.remove_photos)
        panel.many_asked.connect(self._show_many)
        panel.clear_asked.connect(self.state.clear)
        panel.back_asked.connect(self.state.go_back)
        panel.forward_asked.connect(self.state.go_forward)
        panel.past_menu_made.connect(self._fill_with_past)
        panel.words_given.connect(self.state.describe)
        panel.words_typed.connect(lambda text: self.state.describe(text, typing=True))
        panel.results.sources.switched.connect(self.state.look_for_words_in)
        panel.results.scope_chosen.connect(self.state.look_in)
        panel.results.sort_chosen.connect(self._sort_by)
        panel.results.inside_chosen.connect(self.state.look_inside)
        panel.results.strictness.drawn.connect(self._draw_line)
        panel.results.set_sort(sort)
        found.photos.dated = sort == "date"
        services.reader.left.connect(self._drop_photos)

    def watch(self, gallery: Gallery) -> None:
        """Look for what is asked for there by the button on a tile."""
        gallery.similar_asked.connect(lambda row: self._look_for_row(gallery, row))

    @Slot()
    def find_similar(self) -> None:
        """Look for the chosen photos, or for the part that is marked in the one that is looked at."""
        self._look_for_chosen(add=False)

    @Slot()
    def add_chosen(self) -> None:
        """Look for the chosen photos as well."""
        self._look_for_chosen(add=True)

    def _look_for_chosen(self, *, add: bool) -> None:
        ids, question = self._selection.ids(), self.state.question
        if len(ids) <= _READ_AT_ONCE:
            self.look_for_photos(self._selection.photos(), add=add, region=None if add else self._selection.part)
            return

        def then(found: dict[int, Photo]) -> None:
            if self.state.question is question:  # else something else was asked meanwhile
                self.look_for_photos([found[photo_id] for photo_id in ids if photo_id in found], add=add)

        if not self._are_too_many(len(ids)):
            self._background.run(lambda: self._reader.photos(ids), then, self._reporter.report)

    @Slot(object)
    def add_ids(self, ids: Sequence[int]) -> None:
        """Look for these photos of the library as well, which were dragged here."""
        if not self._are_too_many(len(ids)):
            self._background.run(
                lambda: list(self._reader.photos(ids).values()),
                lambda photos: self.look_for_photos(photos, add=True),
                self._reporter.report,
            )

    def look_for_files(self, paths: Sequence[Path], add: bool = False) -> None:
        """Look for pictures from outside; a file may show something else than when it was looked for last."""
        self._panel.fetch_again(paths)
        self._look_for(tuple(Example(path) for path in paths), add=add)

    def look_for_photos(self, photos: Sequence[Photo], *, add: bool = False, region: Region | None = None) -> None:
        """Look for photos of the library."""
        self._look_for(tuple(Example(photo.path, photo) for photo in photos), add=add, region=region)

    @Slot(object, bool)
    def look_for_album(self, album: Album, add: bool) -> None:
        """Look for photos like those of an album."""
        self._look_for((Example(Path(), album=album),), add=add)

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """Offer to look only in its folders and albums; an album that is gone is looked in no longer."""
        self._panel.results.show_scopes(overview.folders, overview.albums)
        scope = self.state.question.scope
        if isinstance(scope, int) and all(album.id != scope for album in overview.albums):
            self.state.look_in(None)
        elif self.answer is not None and self._found.isVisible():
            hits, question = self.answer.hits, self.state.question

            def then(anew: Question | None) -> None:
                if anew is not None and self.state.question is question:
                    self.state.follow(anew)
                    self._is_repeated = True

            self._background.run(lambda: asked_anew(question, hits, self._reader), then, self._reporter.report)

    def look_again(self) -> None:
        """Something else may be found by now: ask once more, and let what the user looks at stay where it is."""
        if self.state.is_on:
            self.state.repeat()
            self._is_repeated = True

    def _look_for(self, examples: tuple[Example, ...], *, add: bool, region: Region | None = None) -> None:
        together = joined(self.state.question.examples if add else (), examples)
        files = sum(one.photo is None and one.album is None for one in together)
        if not examples or self._are_too_many(len(together) - files, files):
            return
        if add and self.state.is_on:
            self.state.add(examples)
        else:
            self.wanted.emit()
            self.state.ask(together, region)

    def _are_too_many(self, photos: int, files: int = 0) -> bool:
        """Whether a search does not take so many, which is told."""
        if not (told := too_many(photos, files)):
            return False
        self._reporter.tell(*told)
        return True

    def _look_for_row(self, gallery: Gallery, row: int) -> None:
        photo = gallery.photo_at(row)
        if photo is not None:
            self.look_for_photos([photo])

    @Slot(object)
    def _show_question(self, question: Question) -> None:
        before, self._asked = self._asked, question
        if before.plain != question.plain:
            self._line = None
        self._is_judged = before.plain == question.plain and (self._is_judged or before.said != question.said)
        self._is_repeated = self._is_judged
        if not question.is_on:
            self.answer = self.failure = None
        self._panel.show_question(question)
        self._panel.show_ways(self.state.can_go_back, self.state.can_go_forward)
        self.shown.emit()

    @Slot(object)
    def _take_answer(self, answer: Answer) -> None:
        self.failure, self._told = None, answer
        line = line_of(answer)
        self._panel.results.show_line(self._line if line is not None and self._line is not None else line)
        if self._line is not None and line is not None:
            answer = with_line(answer, self._line)
        if answer.nothing_similar:
            answer = replace(answer, hits=tuple(replace(hit, similar=False) for hit in answer.hits))
        answer = confirmed(answer, self._asked.liked)
        before, self.answer = self.answer, answer
        keep_place, self._is_repeated = self._is_repeated, False
        is_judged, self._is_judged = self._is_judged, False
        self._panel.results.show_answer(answer)
        if keep_place and before is not None and before.hits == answer.hits:
            return
        if self.sort == "likeness" or answer.nothing_similar:  # the newest would look as if they were alike
            hits = self._around_judged(answer.hits) if is_judged and before is not None else answer.hits
            self._show_hits(answer, hits, keep_place=keep_place)
            return
        ids = array("q", (hit.photo_id for hit in answer.hits))
        self._background.run(
            lambda: newest_first(answer.hits, self._reader.photos(ids)),
            lambda hits: self._show_hits(answer, hits, keep_place=keep_place),
            self._reporter.report,
        )

    def _around_judged(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The hits, with those that were judged where they are, and the one that the user is about to judge."""
        return in_place(self._found.photos.hits, hits, {*self._asked.said, self._found.current_id()})

    def _show_hits(self, answer: Answer, hits: Sequence[Hit], *, keep_place: bool) -> None:
        if answer is not self.answer:
            return
        again = partial(self._show_hits, answer, hits, keep_place=keep_place)
        if (menu := _open_menu()) is not None:  # what it is about stays on screen until it is closed
            menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, again), Qt.ConnectionType.SingleShotConnection)
            return
        show = self._found.show_hits_again if keep_place else self._found.show_hits
        show(hits)
        self.shown.emit()

    @Slot(float)
    def _draw_line(self, line: float) -> None:
        """Let all that is this likely be above the line, until something else is looked for."""
        self._line = line
        if self._told is not None and self.answer is not None:
            self._is_repeated = True
            self._take_answer(self._told)

    @Slot(str)
    def _sort_by(self, order: SortOrder) -> None:
        self.sort = order
        self._found.photos.dated = order == "date"
        if self._told is not None and self.answer is not None:
            self._take_answer(self._told)

    @Slot(object)
    def _show_refusal(self, refusal: Failed) -> None:
        if self.state.is_typing and refusal.instead is not None:
            return  # a word of which a part is there is not unknown yet
        self.answer, self.failure = None, refusal
        self._panel.results.show_failure()
        self.shown.emit()

    @Slot(object)
    def _fill_with_past(self, menu: QMenu) -> None:
        """The searches before this one, the last one first."""
        for steps, question in enumerate(self.state.history.past, start=1):
            menu.addAction(told_apart(question).replace("&", "&&"), partial(self.state.go_back_by, steps))

    @Slot()
    def _show_many(self) -> None:
        """Show the photos that have one chip together."""
        dialog = ExamplesDialog(self.state.question.photos, self._found.loader, self._panel)
        dialog.taken_out.connect(self.state.remove_photos)
        dialog.open()

    @Slot(object)
    def _drop_photos(self, ids: frozenset[int]) -> None:
        """These photos are gone: nothing shows them any more, and nothing looks for them."""
        answer = self.answer
        self.state.forget_photos(ids)
        if answer is None or answer is not self.answer or not any(hit.photo_id in ids for hit in answer.hits):
            return
        # What lies in other places, too, is found anew in one of these.
        left = tuple(hit for hit in answer.hits if hit.photo_id not in ids)
        self.answer = self._told = replace(answer, hits=left)
        self._found.drop_hits(ids)
        self.look_again()


def _open_menu() -> QMenu | None:
    popup = QApplication.activePopupWidget()
    return popup if isinstance(popup, QMenu) else None
