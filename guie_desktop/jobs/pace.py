"""How fast a stage goes, told as Progress."""

import time
from collections import deque

from guie_desktop.messages import Progress, Stage

_WINDOW = 10.0  # seconds over which the speed is averaged


class Pace:
    """Counts what a stage has done and says how far it is."""

    def __init__(self, stage: Stage, total: int = 0) -> None:
        self.stage = stage
        self.total = total
        self.done = 0
        self._marks: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])

    def advance(self, by: int = 1) -> None:
        """So many more are done."""
        self.done += by
        now = time.monotonic()
        self._marks.append((now, self.done))
        while len(self._marks) > 2 and now - self._marks[0][0] > _WINDOW:
            self._marks.popleft()

    def progress(self, detail: str = "", waits_for: str = "") -> Progress:
        """Where the stage stands now; `waits_for` is a place on the disk that has not answered yet."""
        elapsed = time.monotonic() - self._marks[0][0]
        per_second = (self.done - self._marks[0][1]) / elapsed if elapsed > 0 else 0.0
        left = (self.total - self.done) / per_second if self.total and per_second > 0 else None
        return Progress(self.stage, self.done, self.total, per_second, left, detail=detail, waits_for=waits_for)
