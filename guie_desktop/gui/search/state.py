"""The search that is on: what is looked for, the answer that counts, and the way back."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from guie_desktop.asking import Filter, Source
from guie_desktop.domain import HeadChoice, Region, Verdict
from guie_desktop.gui.backend.pending import Pending
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.gui.search.history import History
from guie_desktop.messages import Failed, Found, Search
from guie_desktop.question import Example, Question, Scope, joined, without

_BUSY_AFTER_MS = 150


class SearchState(QObject):
    """Asks the worker; what answers an older question is ignored."""

    asked = Signal(object)
    """The Question that is on now; one without examples means that nothing is searched."""
    answered = Signal(object)
    refused = Signal(object)
    """Failed: why the worker has no answer."""
    busy_changed = Signal(bool)

    def __init__(self, client: WorkerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.question = Question()
        self._request: Pending[Found] | None = None
        self.history = History()
        self._is_typing = False
        self._busy_timer = QTimer(self, singleShot=True, interval=_BUSY_AFTER_MS)
        self._busy_timer.timeout.connect(self._tell_busy)

    @property
    def is_on(self) -> bool:
        """Whether something is looked for."""
        return self.question.is_on

    @property
    def can_go_back(self) -> bool:
        """Whether there was a search before this one."""
        return bool(self.history.past)

    @property
    def can_go_forward(self) -> bool:
        """Whether a search was gone back from."""
        return bool(self.history.future)

    def ask(self, examples: tuple[Example, ...], region: Region | None = None) -> None:
        """Look for these, in the folder or album that was chosen."""
        self._put(replace(self.question, examples=examples, region=region))

    def add(self, examples: tuple[Example, ...]) -> None:
        """Look for these as well."""
        self.ask(joined(self.question.examples, examples))

    def remove(self, example: Example) -> None:
        """Look for one example less."""
        self._keep_only(lambda other: other.key != example.key)

    def remove_photos(self, ids: Collection[int]) -> None:
        """Look for these photos of the library no longer."""
        out = frozenset(ids)
        self._keep_only(lambda other: other.photo is None or other.photo.id not in out)

    def forget_photos(self, ids: Collection[int]) -> None:
        """These photos are gone: no search is for them, and no way back leads to one that was."""
        out = frozenset(ids)
        self.history.forget(out)
        left = without(self.question, out)
        if left is self.question:
            return
        if left.is_on:
            self._send(left)
        else:
            self._end(left)

    def _keep_only(self, is_kept: Callable[[Example], bool]) -> None:
        left = tuple(filter(is_kept, self.question.examples))
        if left or self.question.text:
            self.ask(left)
        else:
            self.clear()

    def describe(self, text: str, *, typing: bool = False) -> None:
        """Look for what these words describe, beside the examples; no words, no description.

        While the user is `typing`, what he has typed until then is no search to go back to.
        """
        was_typing, self._is_typing = self._is_typing, typing
        if text == self.question.text:
            return
        if not (text or self.question.examples):
            self.clear()
        elif was_typing and self.question.text:
            self._send(replace(self.question.plain, text=text))
        else:
            self._put(replace(self.question, text=text))

    @property
    def is_typing(self) -> bool:
        """Whether the words are not all there yet."""
        return self._is_typing

    def look_for_words_in(self, source: Source, on: bool) -> None:
        """Look for the words in names, dates or pictures, or no longer."""
        sources = self.question.sources | {source} if on else self.question.sources - {source}
        self.question = replace(self.question, sources=sources)
        self.repeat()

    def look_in(self, scope: Scope) -> None:
        """Look only there, or in all photos."""
        if scope == self.question.scope:
            return
        if self.is_on:
            self._put(replace(self.question, scope=scope))
        else:
            self.question = replace(self.question, scope=scope)

    @Slot(object)
    def filter_by(self, which: Filter) -> None:
        """Look only among the photos that pass."""
        if which == self.question.which:
            return
        if self.is_on:
            self._put(replace(self.question, which=which))
        else:
            self.question = replace(self.question, which=which)

    @Slot(object)
    def rank_by(self, head: HeadChoice) -> None:
        """Rank by what was learned, or generally; it is the same search, so there is no way back to remember."""
        if head != self.question.head:
            self.question = replace(self.question, head=head)
            self.repeat()

    def judge(self, said: Mapping[int, Verdict]) -> None:
        """Rank by what was said of what was found (photo ids); it is the same search, as with another ranking."""
        liked, disliked = (
            tuple(photo for photo, verdict in said.items() if verdict == which) for which in ("member", "not")
        )
        if (liked, disliked) != (self.question.liked, self.question.disliked):
            self.question = replace(self.question, liked=liked, disliked=disliked)
            self.repeat()

    @Slot(bool)
    def look_inside(self, inside: bool) -> None:
        """Look at parts of photos as well, or not, in this search and in those to come."""
        if inside != self.question.inside:
            self.question = replace(self.question, inside=inside)
            self.repeat()

    @Slot()
    def clear(self) -> None:
        """Look for nothing."""
        if self.is_on:
            self._remember()
        self._end(replace(self.question.plain, examples=(), text="", region=None))

    @Slot()
    def go_back(self) -> None:
        """Ask the question before this one again."""
        self.go_back_by(1)

    def go_back_by(self, steps: int) -> None:
        """Ask one that lies further back."""
        if self.history.past:
            self._return_to(self.history.back(self.question, steps))

    @Slot()
    def go_forward(self) -> None:
        """Ask the question again from which the user went back."""
        if self.history.future:
            self._return_to(self.history.forward(self.question))

    def take_up(self, question: Question) -> None:
        """Ask what was asked when the program was closed, or what was saved."""
        self._remember()
        self._return_to(question)

    def _return_to(self, question: Question) -> None:
        """Ask again, in the way that is chosen now."""
        self._send(replace(question, head=self.question.head, inside=self.question.inside))

    def change(self, example: Example, **changes: Any) -> None:
        """Let an example count otherwise: not like it, more or less, or not at all for now."""
        examples = tuple(replace(one, **changes) if one.key == example.key else one for one in self.question.examples)
        self._put(replace(self.question, examples=examples))

    def follow(self, question: Question) -> None:
        """Ask the same again, with its photos as they are now."""
        self._send(question)

    @Slot()
    def repeat(self) -> None:
        """Ask again, as the answer may be another one now."""
        if self.is_on:
            self._send(self.question)

    def _put(self, question: Question) -> None:
        """Ask it; what was said of what was found for something else does not count for it."""
        self._remember()
        before = self.question
        is_same = (question.examples, question.text) == (before.examples, before.text)
        self._send(question if is_same else question.plain)

    def _remember(self) -> None:
        if self.is_on:
            self.history.leave(self.question)

    def _end(self, question: Question) -> None:
        self.question = question
        self._withdraw()
        self._stop_waiting()
        self.asked.emit(question)

    def _send(self, question: Question) -> None:
        self._withdraw()
        self.question = question
        self._busy_timer.start()
        self._request = self._client.ask(Search(question.query()), then=self._take, failed=self._take_refusal)
        self.asked.emit(question)

    def _take(self, found: Found) -> None:
        self._stop_waiting()
        self.answered.emit(found.answer)

    def _take_refusal(self, refusal: Failed) -> None:
        self._stop_waiting()
        self.refused.emit(refusal)

    def _withdraw(self) -> None:
        """What an older question is answered matters no longer."""
        if self._request is not None:
            self._request.cancel()

    def _stop_waiting(self) -> None:
        self._request = None
        self._busy_timer.stop()
        self.busy_changed.emit(False)

    @Slot()
    def _tell_busy(self) -> None:
        self.busy_changed.emit(True)
