"""The rules by which photos are chosen: those of the study, others, and one's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LANDMARKS = "landmarks"
HELD_OUT = 0.1
"""Of the classes of a domain, unless the user says otherwise."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is taken of one domain; None is no limit."""

    least_per_class: int = 3
    """Photos; smaller classes are left out."""
    most_per_class: int | None = None
    """Photos, chosen at random."""
    most_classes: int | None = None
    """Of the domain, chosen at random."""
    most_photos: int | None = None
    """Of the domain; whole classes, chosen at random, as long as they fit."""
    copies_once: bool = False
    """Whether files of a class that are the same byte by byte count as one photo."""


@dataclass(frozen=True, slots=True)
class Preset:
    """Rules for all domains, and others for some."""

    otherwise: Rules
    by_domain: Mapping[str, Rules] = field(default_factory=dict)

    def of(self, domain: str) -> Rules:
        """The rules of one domain."""
        return self.by_domain.get(domain, self.otherwise)


PRESETS: Mapping[str, Preset] = {
    # As the code of Florek et al. (2024) has it (morrisfl/UniFEx, src/datasets): classes below three photos are
    # dropped everywhere, landmarks alone are capped, first within their classes and then in the number of classes.
    "study": Preset(Rules(), {LANDMARKS: Rules(most_per_class=100, most_classes=10_000)}),
    # No domain counts for much more than another one, as in 64 dimensions they compete for room.
    "balanced": Preset(Rules(most_per_class=100, most_classes=10_000, most_photos=100_000, copies_once=True)),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """All that decides what becomes of the same data sets."""

    preset: Preset
    held_out: float = HELD_OUT
    """Share of the classes of a domain that are tested on, where its data sets hold out none themselves."""
    seed: int = 0
    trust_lists: bool = False
    """Whether files are left alone: neither looked for, nor compared."""
