"""What was measured, and what it is compared with."""

from dataclasses import dataclass
from typing import Literal

Part = Literal["indexing", "search", "learning", "start", "memory"]
PARTS: tuple[Part, ...] = ("indexing", "search", "learning", "start", "memory")
"""In the order in which they are told."""
Unit = Literal["photos/s", "ms", "s", "MB", "share"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number beside its anchor, another one in the same unit that was measured in the same minutes, or is an aim."""

    part: Part
    name: str
    value: float
    unit: Unit
    anchor: str
    """What it is compared with."""
    of_anchor: float

    @property
    def ratio(self) -> float:
        """The value in multiples of the anchor's; 0 where that is nothing."""
        return self.value / self.of_anchor if self.of_anchor else 0.0


def median_of(values: list[float]) -> float:
    """The middle one, or the upper of two."""
    return sorted(values)[len(values) // 2]
