"""What is learned and what is asked for when photos in labelled folders are to tell one way of ranking from another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.embedding.head import Floats
from guie_desktop.learning.curation import Ints, Lessons, capped, make_lessons
from guie_desktop.learning.losses import LOSSES, fewest_classes
from guie_desktop.learning.splitting import PIECES, pieces_of, pieces_to_ask

_SEED = 42
"""Of the division, which all seeds of a training share."""
FEWEST_LABELS = max(map(fewest_classes, LOSSES))
"""So that every loss can be compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """Photos under labels, each content once; first those to be searched, then those that are only asked for."""

    names: tuple[str, ...]
    """(C,) of the labels."""
    belongs: NDArray[np.bool_]
    """(N, C); copies in several folders have several labels."""
    searched: int
    """The first so many are to be searched; if that is all of them, some are held out."""
    features: Mapping[str, Floats]
    """Backbone to features (N, D) of unit length."""

    def lessons(self, backbone: str) -> Lessons:
        """The photos to be searched, curated as albums are; the keys are positions here."""
        belongs, rows = self.belongs[: self.searched], self.features[backbone][: self.searched]
        members = {name: np.flatnonzero(belongs[:, number]).tolist() for number, name in enumerate(self.names)}
        chosen = capped({name: photos for name, photos in members.items() if photos}, _SEED)
        return make_lessons(chosen, {}, dict(enumerate(rows)))


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Photos by position: what is learned from and searched, and what is asked for."""

    searched: Ints
    asked: Ints

    def has_match(self, labelled: Labelled) -> NDArray[np.bool_]:
        """(Q,) whether each photo asked for can be found: a photo that is searched has its label."""
        known = labelled.belongs[self.searched].any(axis=0)
        return np.asarray((labelled.belongs[self.asked] & known).any(axis=1))

    def taught(self, lessons: Lessons) -> Lessons:
        """Those of the lessons that may be learned from."""
        return lessons.only(np.flatnonzero(np.isin(lessons.keys, self.searched)))


def courses_of(labelled: Labelled, lessons: Lessons, groups: Ints) -> list[Course]:
    """Where photos to ask for are given, one course; else some are held out, near-duplicates together.

    `groups` (N,) are the near-duplicates. Courses that have too few labels to learn are left out.
    """
    return [course for course in _courses(labelled, groups) if len(course.asked) and _teaches(course.taught(lessons))]


def _courses(labelled: Labelled, groups: Ints) -> Iterator[Course]:
    photos = np.arange(len(labelled.belongs))
    if labelled.searched < len(photos):
        yield Course(photos[: labelled.searched], photos[labelled.searched :])
        return
    rows = np.empty((len(photos), 0), np.float32)
    everything = Lessons(photos, rows, labelled.names, labelled.belongs, np.zeros_like(labelled.belongs), groups)
    piece = pieces_of(everything, PIECES, _SEED)
    for number in range(pieces_to_ask(len(photos))):
        yield Course(np.flatnonzero(piece != number), np.flatnonzero(piece == number))


def _teaches(lessons: Lessons) -> bool:
    return lessons.told_apart >= FEWEST_LABELS
