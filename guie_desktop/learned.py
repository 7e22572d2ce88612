"""The nouns of learning albums, beside those of `domain`: how it was tested, its report, the heads."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a ranking finds photos of the same album, on photos that were held out."""

    mmp5: float
    p1: float
    low: float
    """Lower end of the 95 % confidence interval of mmp5."""
    high: float
    unlabelled: float | None
    """Share of the ten nearest neighbours of photos without an album that stay as the general head has them; None where
    there are no such photos to speak of."""


@dataclass(frozen=True, slots=True)
class AlbumTest:
    """One album in the test: mMP@5 of its held-out photos before and after; None where none could be held out."""

    album: str
    photos: int
    tested: int
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two albums that are taken for one another: share of the first one's five nearest that belong to the other."""

    album: str
    other: str
    share: float


@dataclass(frozen=True, slots=True)
class LabelIssue:
    """A photo that looks as if it belonged to another album than the one it is in."""

    photo_id: int
    path: Path
    album: str
    other: str


Outcome = Literal[
    "better", "not clearly better", "worse", "nothing to gain", "unseen worse", "unlabelled ranked anew",
    "too few queries", "no queries", "no split",
]  # fmt: skip
"""Of the held-out test; only a head that is better is taken into use. wording/ has the sentences."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a head was taken into use or refused, with the numbers that were looked at."""

    outcome: Outcome
    before: float = 0.0
    after: float = 0.0
    """mMP@5 of held-out photos."""
    unseen_loss: float = 0.0
    """mMP@5 that albums lost which were held out whole."""
    agreement: float = 1.0
    """Share of their nearest that photos without an album keep."""
    queries: int = 0


AdviceKind = Literal["more photos", "more photos in", "confused", "other occasions", "other occasions in", "left out"]


@dataclass(frozen=True, slots=True)
class Advice:
    """What would help, and in which albums."""

    kind: AdviceKind
    albums: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TooFewPhotos:
    """Why an album is not learned: it has only so many."""

    photos: int


LeftOutReason = TooFewPhotos | str


@dataclass(frozen=True, slots=True)
class LearningReport:
    """What came of learning the albums: the held-out test, what was decided, and what would help.

    Plain sentences stand in reports of earlier versions.
    """

    head: int | None
    """Id of the head that was made; None where none was."""
    loss: str
    albums: int
    photos: int
    seconds: float
    before: Quality | None
    """None where nothing could be tested."""
    after: Quality | None
    accepted: bool
    reason: Reason | str
    advice: tuple[Advice | str, ...] = ()
    tests: tuple[AlbumTest, ...] = ()
    confused: tuple[Confusion, ...] = ()
    """The worst first."""
    curve: tuple[tuple[int, float], ...] = ()
    """Photos learned from, and mMP@5 on the held-out ones."""
    label_issues: tuple[LabelIssue, ...] = ()
    left_out: tuple[tuple[str, LeftOutReason], ...] = ()
    """Albums that were not learned, each with the reason."""


@dataclass(frozen=True, slots=True)
class HeadState:
    """A head as the user chooses it; the general one is always there."""

    id: int
    title: str
    made_at: float
    """Seconds since the epoch."""
    in_use: bool
    loss: str
    albums: int
    photos: int
    before: Quality | None
    after: Quality | None
    imported: bool


TestedBy = Literal["albums", "occasions"]
"""What tells which photos belong together: the user's albums, or folders and the hours when photos were taken."""
GeneralOutcome = Literal["better", "no worse", "worse", "not sure", "tells nothing"]


@dataclass(frozen=True, slots=True)
class GeneralHeadTest:
    """How a general head that was trained elsewhere did on the library's own photos, beside the one in use."""

    tested_by: TestedBy
    outcome: GeneralOutcome
    """"tells nothing" where random numbers do as well."""
    before: Quality
    after: Quality
    queries: int
    low: float
    """Lower end of the 99 % confidence interval of what mMP@5 gains."""
    high: float

    @property
    def accepted(self) -> bool:
        """Whether the head may be taken in."""
        return self.outcome in ("better", "no worse")
