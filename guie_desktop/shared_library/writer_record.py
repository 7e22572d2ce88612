"""What a table says of the program that writes to it: those who keep it ask, and so do those who wait."""

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass

import psutil

from guie_desktop.shared_library.schema import LEASE


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, as JSON in the configuration of the table."""

    holder: str
    """A name for this one run."""
    host: str
    process: int
    begun: float
    """When the process was, in seconds since the epoch: numbers are given again."""
    until: float
    """Seconds since the epoch."""

    def has_right(self, now: float) -> bool:
        """Whether nobody else may write yet: its time is not over, and it is not known to have been killed."""
        return self.until > now and not self._is_dead()

    def _is_dead(self) -> bool:
        """Whether it was of this machine and was killed, so that nobody needs to wait for its end."""
        if self.host != platform.node():
            return False
        try:
            return bool(psutil.Process(self.process).create_time() != self.begun)
        except psutil.NoSuchProcess:
            return True
        except psutil.Error:
            return False


def writer_in(config: Mapping[str, str]) -> Writer | None:
    """The one that the configuration of a table names; None where there is none, or none that this version knows."""
    told = config.get(LEASE)
    try:
        return None if told is None else Writer(**json.loads(told))
    except (ValueError, TypeError):
        return None
