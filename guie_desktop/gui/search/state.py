"""The search that is on: what is looked for, the answer that counts, and the way back."""

from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from guie_desktop.asking import EVERYTHING, Filter, Query, together
from guie_desktop.domain import HeadChoice, Photo, Region
from guie_desktop.gui.backend.pending import Pending
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.gui.search.incoming import shown_name
from guie_desktop.messages import Failed, Found, Search

Scope = Path | int | None
"""Where to look: in a folder, in the album with this id, or in all photos."""

_BUSY_AFTER_MS = 150
_STEPS_BACK = 50


@dataclass(frozen=True, slots=True)
class Example:
    """A picture to look for: a photo of the library, or else a file from outside."""

    path: Path
    photo: Photo | None = None

    @property
    def name(self) -> str:
        """What it is called where people read it."""
        return self.path.name if self.photo is not None else shown_name(self.path)

    @property
    def key(self) -> int | Path:
        """What tells it from other examples."""
        return self.path if self.photo is None else self.photo.id


@dataclass(frozen=True, slots=True)
class Question:
    """All that a search depends on."""

    examples: tuple[Example, ...] = ()
    text: str = ""
    """Words that describe it, where the model understands them."""
    region: Region | None = None
    scope: Scope = None
    head: HeadChoice = "current"
    which: Filter = EVERYTHING
    """Beside the scope, what photos have to pass to be found."""
    inside: bool = True
    """Whether parts of photos are looked at as well, where they are known."""

    @property
    def photos(self) -> tuple[int, ...]:
        """The photos of the library among the examples, by id."""
        return tuple(example.photo.id for example in self.examples if example.photo is not None)

    @property
    def title(self) -> str:
        """What is looked for, in a few words; "" where nothing is."""
        return self.text or (Path(self.examples[0].name).stem if self.examples else "")

    @property
    def is_on(self) -> bool:
        """Whether it asks for anything."""
        return bool(self.examples or self.text)

    @property
    def _moment(self) -> int | None:
        photo = self.examples[0].photo if len(self.examples) == 1 else None
        return None if photo is None else photo.moment

    @property
    def _meant(self) -> Filter:
        if isinstance(self.scope, Path):
            return together(self.which, Filter(folder=self.scope))
        return self.which if self.scope is None else together(self.which, Filter(albums=(self.scope,)))

    def query(self) -> Query:
        """The question as the worker understands it."""
        return Query(
            photos=self.photos,
            images=tuple(example.path for example in self.examples if example.photo is None),
            text=self.text,
            region=self.region,
            moment=self._moment,
            which=self._meant,
            head=self.head,
            parts=self.inside,
        )


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
        self._past: deque[Question] = deque(maxlen=_STEPS_BACK)
        self._busy_timer = QTimer(self, singleShot=True, interval=_BUSY_AFTER_MS)
        self._busy_timer.timeout.connect(self._tell_busy)

    @property
    def is_on(self) -> bool:
        """Whether something is looked for."""
        return self.question.is_on

    @property
    def can_go_back(self) -> bool:
        """Whether there was a search before this one."""
        return bool(self._past)

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
        before = [_without(question, out) for question in self._past]
        self._past.clear()
        self._past.extend(question for question in before if question.is_on)
        left = _without(self.question, out)
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

    def describe(self, text: str) -> None:
        """Look for what these words describe, beside the examples; no words, no description."""
        if text == self.question.text:
            return
        if text or self.question.examples:
            self._put(replace(self.question, text=text))
        else:
            self.clear()

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
        self._end(replace(self.question, examples=(), text="", region=None))

    @Slot()
    def go_back(self) -> None:
        """Ask the question before this one again."""
        if self._past:
            self._send(replace(self._past.pop(), head=self.question.head, inside=self.question.inside))

    def take_up(self, question: Question) -> None:
        """Ask what was asked when the program was closed."""
        self._send(replace(question, inside=self.question.inside))

    @Slot()
    def repeat(self) -> None:
        """Ask again, as the answer may be another one now."""
        if self.is_on:
            self._send(self.question)

    def _put(self, question: Question) -> None:
        self._remember()
        self._send(question)

    def _remember(self) -> None:
        if self.is_on:
            self._past.append(self.question)

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


def joined(known: tuple[Example, ...], more: tuple[Example, ...]) -> tuple[Example, ...]:
    """Those that are known and then those that come, each once."""
    together: dict[int | Path, Example] = {}
    for example in (*known, *more):
        together.setdefault(example.key, example)
    return tuple(together.values())


def _without(question: Question, ids: Collection[int]) -> Question:
    """The question without these photos; itself where they are not in it."""
    left = tuple(one for one in question.examples if one.photo is None or one.photo.id not in ids)
    return question if len(left) == len(question.examples) else replace(question, examples=left, region=None)
