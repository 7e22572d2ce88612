"""Files that are moved or renamed, and can go back: all of them, or as many as went."""

from collections import deque
from collections.abc import Callable, Sequence

from guie_desktop.filing import FileMove
from guie_desktop.gui.backend.steps import Ended, Outcome, asking
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.messages import Cancelled, Moved, MoveFiles
from guie_desktop.wording.filing import moved_sentence

TellMoved = Callable[[Moved], None]


class MovingDeed:
    """Knows which of the files are at their new places, also where going there or back was cancelled half-way."""

    def __init__(self, client: WorkerClient, news: deque[Moved], tell: TellMoved, *, renamed: bool) -> None:
        """`tell` gets what came of each step, before its end is told.

        `news` is what the worker said of those that were cancelled, just before it ended them.
        """
        self._client, self._news, self._tell, self._renamed = client, news, tell, renamed
        self._there: tuple[FileMove, ...] = ()
        """Moves that are done, in their order."""
        self._back: tuple[FileMove, ...] = ()
        """Moves that were done and taken back."""

        self.sentence = ""
        """What was done at first; empty until it is."""

    @property
    def is_done(self) -> bool:
        """Whether any file is at its new place."""
        return bool(self._there)

    def begin(self, moves: Sequence[FileMove], *, number_taken: bool, ended: Ended) -> None:
        """Move the files for the first time."""

        def went(moved: Moved) -> None:
            self.sentence = moved_sentence(moved, renamed=self._renamed)
            self._went(moved)

        self._move(MoveFiles(tuple(moves), number_taken), went, ended)

    def revert(self, ended: Ended) -> None:
        """The step of moving them back."""
        back = tuple(_reversed(move) for move in reversed(self._there))
        self._move(MoveFiles(back, number_taken=False), self._came_back, ended)

    def again(self, ended: Ended) -> None:
        """The step of moving them anew, to the same places."""
        self._move(MoveFiles(self._back, number_taken=False), self._went, ended)

    def _move(self, command: MoveFiles, take: TellMoved, ended: Ended) -> None:
        def end(outcome: Outcome) -> None:
            if isinstance(outcome, Cancelled) and self._news:
                take(self._news.popleft())
            ended(outcome)

        asking(self._client, command, take)(end)

    def _went(self, moved: Moved) -> None:
        went = {move.photo for move in moved.moves}
        self._there = (*self._there, *moved.moves)
        self._back = tuple(move for move in self._back if move.photo not in went)
        self._tell(moved)

    def _came_back(self, moved: Moved) -> None:
        came = {move.photo for move in moved.moves}
        self._back = (*self._back, *(move for move in self._there if move.photo in came))
        self._there = tuple(move for move in self._there if move.photo not in came)
        self._tell(moved)


def _reversed(move: FileMove) -> FileMove:
    return FileMove(move.photo, move.target, move.source)
