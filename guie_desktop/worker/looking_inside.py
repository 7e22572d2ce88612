"""When photos are looked into: after all that the library needs, until the user cancels it."""

from collections.abc import Callable

from guie_desktop.jobs.looking_inside import look_inside, parts_held
from guie_desktop.messages import PartsHeld
from guie_desktop.worker.scheduler import Job, Outcome, Scheduler
from guie_desktop.workspace.open_library import WritableLibrary


class LookingInside:
    """Starts the job when there is something for it to do, and tells of its end."""

    def __init__(
        self,
        library: WritableLibrary,
        scheduler: Scheduler,
        tell: Callable[[PartsHeld], None],
        tell_error: Callable[[Outcome], None],
    ) -> None:
        self._library, self._scheduler = library, scheduler
        self._tell, self._tell_error = tell, tell_error
        self._is_wanted = True
        """Not after a Cancel, until the user chooses photos anew or the program starts."""

    def go_on(self) -> None:
        """Look into the photos that were chosen and not looked into yet, when nothing else is to be done."""
        wanted = self._is_wanted and bool(self._library.choices.looked_into)
        if wanted and not self._scheduler.has_idle("parts"):
            self._scheduler.start_idle("parts", Job(look_inside(self._library), self._end))

    def start_anew(self) -> None:
        """What is chosen, or what it is looked at with, is another now."""
        self._scheduler.drop_idle("parts")
        self._is_wanted = True
        self.go_on()

    def _end(self, outcome: Outcome) -> None:
        self._is_wanted = not outcome.cancelled
        self._tell_error(outcome)
        if outcome.result:
            self.go_on()  # with what has come meanwhile
        self._tell(parts_held(self._library))
