"""How hard the computer works for a library: the values that window, command line and worker share."""

from dataclasses import dataclass
from typing import Literal, get_args

ProcessorShare = Literal["all", "half", "quarter"]
PROCESSOR_SHARES: tuple[ProcessorShare, ...] = get_args(ProcessorShare)
_PARTS: dict[ProcessorShare, int] = {"all": 1, "half": 2, "quarter": 4}


@dataclass(frozen=True, slots=True)
class ComputingChoices:
    """What the user chose."""

    share: ProcessorShare = "all"
    """How much of the processor may read photos and prepare them for search."""
    saves_battery: bool = False
    """Whether that waits while the computer runs on its battery."""


def threads_of(share: ProcessorShare, all_threads: int) -> int:
    """How many of the processor's threads that are; one at least."""
    return max(1, all_threads // _PARTS[share])
