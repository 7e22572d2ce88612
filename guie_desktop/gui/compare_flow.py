"""Comparing: the question on screen is asked of both rankings, and the answers are laid side by side."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot

from guie_desktop.domain import Answer, HeadChoice
from guie_desktop.gui.flow import Flow
from guie_desktop.gui.head_flow import HeadFlow
from guie_desktop.gui.page_flow import PageFlow
from guie_desktop.gui.search_flow import SearchFlow
from guie_desktop.gui.searching import Question
from guie_desktop.gui.window import MainWindow
from guie_desktop.gui.worker_client import WorkerClient
from guie_desktop.messages import Event, Failed, Found, Search

_BOTH: tuple[HeadChoice, HeadChoice] = ("general", "current")


class CompareFlow(Flow):
    """Offers both rankings where something was learned."""

    def __init__(
        self, window: MainWindow, client: WorkerClient, search: SearchFlow, pages: PageFlow, heads: HeadFlow
    ) -> None:
        super().__init__(window)
        self._view, self._line, self._client = window.comparison, window.search.results.ranking, client
        self._search, self._pages, self._heads = search, pages, heads
        self._requests: dict[HeadChoice, int] = {}
        self._answers: dict[HeadChoice, Answer] = {}
        self._line.head_chosen.connect(search.searching.rank_by)
        self._line.compare_asked.connect(pages.set_comparing)
        pages.comparing_changed.connect(self._begin_or_end)
        search.searching.asked.connect(self._note_question)
        search.searching.answered.connect(self.offer)
        heads.changed.connect(self.offer)

    @Slot()
    def offer(self) -> None:
        """Offer both rankings, or neither where nothing was learned."""
        question, answer = self._search.searching.question, self._search.answer
        learned = self._heads.is_personal or (answer is not None and answer.personal > 0)
        there = learned and bool(question.examples)
        self._line.show_rankings(question.head, offer=there, comparing=self._pages.comparing)
        if not there:
            self._pages.set_comparing(False)

    @Slot(object)
    def _note_question(self, question: Question) -> None:
        self.offer()
        if self._pages.comparing:
            self._ask(question)

    @Slot(bool)
    def _begin_or_end(self, on: bool) -> None:
        self.offer()
        if on:
            self._ask(self._search.searching.question)

    def _ask(self, question: Question) -> None:
        self._answers = {}
        for head in _BOTH:
            query = replace(question, head=head).query()
            self._requests[head] = self._client.ask(partial(Search, query=query), partial(self._take, head))

    def _take(self, head: HeadChoice, event: Event) -> None:
        if event.request != self._requests[head]:
            return
        if isinstance(event, Failed):
            self.refuse(event)
        elif isinstance(event, Found):
            self._answers[head] = event.answer
        if len(self._answers) == len(_BOTH):
            self._view.show_answers(*(self._answers[head] for head in _BOTH))
