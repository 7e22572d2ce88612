"""The nouns of the program, as frozen values that any layer and either process may hold."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Region = tuple[float, float, float, float]
"""x, y, width, height as fractions of the upright photo."""

DeviceChoice = Literal["auto", "cpu", "cuda", "mps"]
DEVICE_CHOICES: tuple[DeviceChoice, ...] = ("auto", "cpu", "cuda", "mps")

PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif"}
    | {".heic", ".heif", ".hif", ".avif"}
)
"""Of files worth opening, in lower case; what a file really is, its first bytes say."""

WEIGHT_SUFFIXES = (".safetensors", ".bin", ".pt", ".pth")
"""Of files that hold a network's weights, in lower case; where a folder holds several kinds, the first is taken."""

HeadChoice = Literal["current", "general"]

GENERAL_HEAD = 0
"""The id of the head that is fitted without labels; those that were learned count from 1."""

Verdict = Literal["member", "not"]
"""What the user decided of a photo and an album: it belongs there, or it is not this."""

ALBUMS_TO_LEARN = 2
PHOTOS_TO_LEARN = 3
"""Of each of these albums; what there must be before albums can be learned."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that the user added; `photos` counts what is present in it."""

    id: int
    path: Path
    online: bool
    photos: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of the library; sizes are those of the upright picture, in pixels."""

    id: int
    folder_id: int
    path: Path
    content_hash: bytes
    width: int
    height: int
    bytes: int
    mtime_ns: int
    taken: float
    """When it was taken, or else when the file was last changed; seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Album:
    """Photos that the user put together; `photos` counts those present, `refused` those that are "not this"."""

    id: int
    name: str
    photos: int
    refused: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, with the reason as a sentence."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: photos of the library, pictures from outside, and what it should not look like."""

    photos: tuple[int, ...] = ()
    images: tuple[Path, ...] = ()
    unlike: tuple[Path, ...] = ()
    text: str = ""
    unlike_text: str = ""
    region: Region | None = None
    folder: Path | None = None
    album: int | None = None
    """Only photos of this album."""
    top: int = 200
    head: HeadChoice = "current"


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer to a query; `score` is the similarity, up to 1, `similar` whether it passes the cut-off."""

    rank: int
    photo_id: int
    path: Path
    score: float
    similar: bool
    probability: float | None = None
    """Share of the hits with this score that are in an album with the query, as learned from the albums; None where
    the general ranking has any weight."""


@dataclass(frozen=True, slots=True)
class Answer:
    """All hits of a query, best first."""

    hits: tuple[Hit, ...]
    model: str
    head: str
    seconds: float
    nothing_similar: bool
    personal: float = 0.0
    """How much of the ranking is by what was learned from the albums, between 0 and 1; the rest is general."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How the library stands: photos present, and files that could not be read."""

    photos: int
    failed: int


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one run of the indexer found and did."""

    added: int
    changed: int
    moved: int
    missing: int
    unchanged: int
    embedded: int
    failed: tuple[Failure, ...]
    seconds: float
    model: str


@dataclass(frozen=True, slots=True)
class ModelState:
    """A backbone as the user chooses it: what it is, and how far this library is with it."""

    name: str
    title: str
    good_for: str
    licence: str
    download_bytes: int
    """About how much would be fetched; 0 where the weights come with the program."""
    study_mmp5: float
    """mMP@5 that Florek et al. (2024) reach with a head trained on it; 0 where they state none."""
    photos_per_second: float
    """Expected on this computer, from a short trial; 0 where it was not tried."""
    words: bool
    installed: bool
    embedded: int
    """Photos of the library that have a feature of this backbone."""
    in_use: bool
    pending: bool
    """Whether the library is being embedded with it, to switch to it when it is complete."""
    recommended: bool


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
