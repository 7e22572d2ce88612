"""Comparing: the question on screen is asked of both rankings, and the answers are laid side by side."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.asking import Answer
from guie_desktop.domain import HeadChoice
from guie_desktop.gui.backend.pending import Pending
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.learning.comparison_view import ComparisonView
from guie_desktop.gui.learning.heads_controller import HeadsController
from guie_desktop.gui.search.controller import SearchController
from guie_desktop.gui.search.ranking_line import RankingLine
from guie_desktop.messages import Failed, Found, Search
from guie_desktop.question import Question

_BOTH: tuple[HeadChoice, HeadChoice] = ("general", "current")


class ComparisonController(QObject):
    """Offers both rankings where something was learned."""

    changed = Signal()
    """Two rankings are shown side by side now, or one again."""

    def __init__(
        self,
        view: ComparisonView,
        line: RankingLine,
        search: SearchController,
        heads: HeadsController,
        services: Services,
    ) -> None:
        super().__init__(view)
        self._view, self._line, self._search, self._heads = view, line, search, heads
        self._client = services.client
        self._requests: list[Pending[Found]] = []
        self._answers: dict[HeadChoice, Answer] = {}
        self._asked = Question()
        """What both were asked: what is said of the hits would make them one ranking, and move them under the hand."""
        self.is_on = False
        """Whether what was found is shown by two rankings side by side."""
        line.head_chosen.connect(search.state.rank_by)
        line.compare_asked.connect(self.set_on)
        search.state.asked.connect(self._note_question)
        search.state.answered.connect(self.offer)
        heads.changed.connect(self.offer)
        for gallery in (view.general, view.learned):
            services.reader.left.connect(gallery.drop_hits)

    @Slot(bool)
    def set_on(self, on: bool) -> None:
        """Show what was found by two rankings, or by one again."""
        if on == self.is_on:
            return
        self.is_on = on
        self._withdraw()
        self.offer()
        if self.is_on:
            self._ask(self._search.state.question)
        self.changed.emit()

    @Slot()
    def offer(self) -> None:
        """Offer both rankings, or neither where nothing was learned."""
        question, answer = self._search.state.question, self._search.answer
        learned = self._heads.is_personal or (answer is not None and answer.personal > 0)
        there = learned and bool(question.examples)
        self._line.show_rankings(question.head, offer=there, comparing=self.is_on)
        if not there:
            self.set_on(False)

    @Slot(object)
    def _note_question(self, question: Question) -> None:
        self.offer()
        if self.is_on and question.plain != self._asked:
            self._ask(question)

    def _ask(self, question: Question) -> None:
        self._withdraw()
        self._asked, self._answers = question.plain, {}
        self._requests = [
            self._client.ask(
                Search(replace(self._asked, head=head).query()),
                then=partial(self._take, head),
                failed=self._take_refusal,
            )
            for head in _BOTH
        ]

    def _withdraw(self) -> None:
        for request in self._requests:
            request.cancel()

    def _take_refusal(self, refusal: Failed) -> None:
        """Old rankings do not stand under a new question: one ranking, or why there is none, is shown again."""
        if self.is_on:
            self.set_on(False)
            if self._search.failure is None:
                self._client.refused.emit(refusal.title, refusal.remedy)

    def _take(self, head: HeadChoice, found: Found) -> None:
        self._answers[head] = found.answer
        if len(self._answers) == len(_BOTH):
            self._view.show_answers(*(self._answers[head] for head in _BOTH))
