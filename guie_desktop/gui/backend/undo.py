"""What was done and can be taken back, what was taken back and can be done again: the latest first."""

from collections import deque
from collections.abc import Callable
from typing import Literal, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.gui.backend.steps import Outcome, Step
from guie_desktop.language import tr
from guie_desktop.messages import Done, Failed

_REMEMBERED = 200

Offer = Literal["", "undo", "redo"]
"""The button beside a sentence."""


class Answered(Protocol):
    """Says what came of something that was asked for; a sentence replaces the one that was expected."""

    def __call__(self, done: bool, sentence: str = "") -> None:
        """Call it once."""


class _Deed:
    """Something that the user did."""

    def __init__(self, sentence: str, revert: Step | None, again: Step | None) -> None:
        self.sentence, self.revert, self.again = sentence, revert, again
        self.is_open = False
        """Whether it is still to be seen what comes of it."""
        self.stop: Callable[[], None] = lambda: None
        self.way_back = ""
        """How it can be taken back elsewhere, where it cannot be from here."""
        self.was_refused = False
        """Whether taking it back was refused, and nothing was done since."""

    @property
    def name(self) -> str:
        """The sentence as part of another."""
        return self.sentence.rstrip(".")


class Undo(QObject):
    """Remembers what was done while the window is open."""

    told = Signal(str, str)
    """A sentence for the status line, and the Offer beside it."""
    refused = Signal(object, object)
    """Why something could not be taken back or done again, and what the user can do."""
    done = Signal()
    """A deed was done, undone or done again."""
    changed = Signal()
    """What undo or redo would do is another thing now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done: deque[_Deed] = deque(maxlen=_REMEMBERED)
        self._undone: list[_Deed] = []
        self._under_way: _Deed | None = None
        """What is being taken back or done again, and is not answered."""
        self._waiting: deque[tuple[Callable[[], None], bool]] = deque()
        """What was asked for meanwhile, in its order, and whether it begins only when nothing is under way."""

    # --- what features say

    def note(self, sentence: str, revert: Step, again: Step) -> None:
        """Something was done; `revert` takes it back, and `again` does it then anew. Both note nothing themselves."""
        self._forget_presses()
        self._add(_Deed(sentence, revert, again))
        self.done.emit()
        self._tell(sentence, "undo")

    def expect(self, sentence: str, revert: Step, again: Step, stop: Callable[[], None] = lambda: None) -> Answered:
        """Something was asked for; to be called back with whether it was done.

        Until then it is not told, yet it is the last deed: whoever is quick takes this one back as soon as it is done,
        and not an older one. `stop` is called then, for what takes long.
        """
        self._forget_presses()
        return self._expect(sentence, revert, again, stop)

    def _expect(self, sentence: str, revert: Step, again: Step, stop: Callable[[], None]) -> Answered:
        deed = _Deed(sentence, revert, again)
        deed.is_open, deed.stop = True, stop
        self._add(deed)

        def answered(done: bool, sentence: str = "") -> None:
            deed.is_open = False
            deed.sentence = sentence or deed.sentence
            if done:
                self.done.emit()
            if not done and deed in self._done:
                self._done.remove(deed)
            if self._under_way is not deed:
                if done and self._is_last(deed):
                    self._tell(deed.sentence, "undo")
                self.changed.emit()
            elif done:
                self._take_back(deed)
                self._go_on()
            else:
                self._end_step()

        return answered

    def do(self, sentence: str, begin: Step, revert: Step, again: Step | None = None) -> None:
        """Do something, and remember it if it is done; `again` does it anew where that is another step than at first.

        A refusal is told, and forgotten. Where something older is to be taken back first, it begins after that.
        """

        def start() -> None:
            answered = self._expect(sentence, revert, again or begin, lambda: None)

            def ended(outcome: Outcome) -> None:
                answered(isinstance(outcome, Done))
                if isinstance(outcome, Failed):
                    self.refused.emit(outcome.title, outcome.remedy)

            begin(ended)

        self._ask_for(start)

    def once_free(self, begin: Callable[[], None]) -> None:
        """Begin what works on files: at once, or after what is being taken back or done again, which may move them.

        A deed of which the worker alone is asked need not wait, for the worker does one after the other.
        """
        self._ask_for(begin, alone=True)

    def note_final(self, sentence: str, way_back: str) -> None:
        """Something was done that cannot be taken back from here; `way_back` says how else."""
        self._forget_presses()
        deed = _Deed(sentence, None, None)
        deed.way_back = way_back
        self._add(deed)
        self._tell(sentence, "")

    def say(self, sentence: str, *, can_undo: bool = False) -> None:
        """Answer something that the user did, and that mostly needs no undo."""
        self._tell(sentence, "undo" if can_undo else "")

    # --- what the user asks for

    @property
    def next_undo(self) -> str:
        """The words of the action Undo, which name what it would take back; "" where there is nothing."""
        if not self._done:
            return ""
        deed = self._done[-1]
        if deed.revert is None:
            return tr("How to undo: {deed}", deed=deed.name)
        return tr("Undo: {deed}", deed=deed.name)

    @property
    def is_busy(self) -> bool:
        """Whether something that was asked for is still unanswered."""
        return self._under_way is not None or bool(self._waiting) or any(deed.is_open for deed in self._done)

    @property
    def next_redo(self) -> str:
        """The words of the action Redo, which name what it would do again; "" where there is nothing."""
        return tr("Redo: {deed}", deed=self._undone[-1].name) if self._undone else ""

    @Slot()
    def take_back(self) -> None:
        """Undo what was done last, or say how else it can be; an older one has to wait for the next call."""
        self._ask_for(self._begin_undo, alone=True)

    @Slot()
    def do_again(self) -> None:
        """Do again what was taken back last."""
        self._ask_for(self._begin_redo, alone=True)

    # --- one after the other

    def _ask_for(self, what: Callable[[], None], *, alone: bool = False) -> None:
        """What undo or redo do next depends on what comes of a step; most deeds have only to be asked for after it."""
        self._waiting.append((what, alone))
        self._go_on()

    def _go_on(self) -> None:
        while self._waiting and self._may_begin(alone=self._waiting[0][1]):
            what, _ = self._waiting.popleft()
            what()

    def _may_begin(self, *, alone: bool) -> bool:
        return self._under_way is None or not (alone or self._under_way.is_open)

    def _forget_presses(self) -> None:
        """What the user wanted to take back or do again is no longer what is last."""
        presses = self._begin_undo, self._begin_redo
        self._waiting = deque(one for one in self._waiting if one[0] not in presses)

    def _begin_undo(self) -> None:
        if not self._done:
            return
        deed = self._done[-1]
        if deed.revert is None:
            self._done.pop()
            self._say_way_back(deed.way_back)
        elif deed.is_open:
            self._under_way = deed
            deed.stop()
        else:
            self._take_back(deed)

    def _say_way_back(self, way_back: str) -> None:
        self.changed.emit()
        if self._done:
            self._tell(
                tr("{way_back} The next undo is of: {deed}", way_back=way_back, deed=self._done[-1].sentence), "undo"
            )
        else:
            self._tell(way_back, "")

    def _take_back(self, deed: _Deed) -> None:
        def ended(outcome: Outcome) -> None:
            if isinstance(outcome, Done):
                was_last = self._is_last(deed)
                if deed in self._done:
                    self._done.remove(deed)
                deed.was_refused = False
                self.done.emit()
                if was_last:  # what is done since begins anew, and nothing older can be done again on top of it
                    self._undone.append(deed)
                    self._tell(tr("Undone: {deed}", deed=deed.sentence), "redo")
            elif isinstance(outcome, Failed):
                self._note_refusal(deed, outcome)
            self._end_step()

        self._under_way = deed
        assert deed.revert is not None
        deed.revert(ended)

    def _note_refusal(self, deed: _Deed, failure: Failed) -> None:
        """It can be tried once more; refused twice, it must not stand before what is older for ever."""
        self._forget_presses()
        self.refused.emit(failure.title, failure.remedy)
        if not deed.was_refused:
            deed.was_refused = True
            self._tell(tr("Not undone: {deed}", deed=deed.sentence), "undo")
        else:
            self._done.remove(deed)
            self._say_way_back(tr("It cannot be undone: {deed}", deed=deed.sentence))

    def _begin_redo(self) -> None:
        if not self._undone:
            return
        deed = self._under_way = self._undone.pop()
        self._done.append(
            deed
        )  # from here on it is the last deed: whatever is done until it is answered comes after it

        def ended(outcome: Outcome) -> None:
            if isinstance(outcome, Done):
                self.done.emit()
                if self._is_last(deed):
                    self._tell(tr("Done again: {deed}", deed=deed.sentence), "undo")
            else:
                if self._is_last(deed):
                    self._undone.append(deed)
                self._done.remove(deed)
                if isinstance(outcome, Failed):
                    self._forget_presses()
                    self.refused.emit(outcome.title, outcome.remedy)
                    self._tell(tr("Not done again: {deed}", deed=deed.sentence), "redo" if self._undone else "")
            self._end_step()

        assert deed.again is not None
        deed.again(ended)

    def _end_step(self) -> None:
        self._under_way = None
        self.changed.emit()
        self._go_on()

    def _is_last(self, deed: _Deed) -> bool:
        return bool(self._done) and self._done[-1] is deed

    def _add(self, deed: _Deed) -> None:
        self._undone.clear()
        for earlier in self._done:
            earlier.was_refused = False
        self._done.append(deed)
        self.changed.emit()

    def _tell(self, sentence: str, offer: Offer) -> None:
        self.told.emit(sentence, offer)
