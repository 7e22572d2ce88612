"""The nouns of the program, as frozen values that any layer and either process may hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

ContentHash = bytes
"""By what a content is known, wherever it lies; see disk/content.py."""

Region = tuple[float, float, float, float]
"""x, y, width, height as fractions of the upright photo."""

DeviceChoice = Literal["auto", "cpu", "cuda", "mps"]
DEVICE_CHOICES: tuple[DeviceChoice, ...] = ("auto", "cpu", "cuda", "mps")

RawBesideJpeg = Literal["one", "both"]
RAW_BESIDE_JPEG: tuple[RawBesideJpeg, ...] = ("one", "both")
"""Whether a RAW and the JPEG of its name are shown as one photo, which is the JPEG, or as two."""

PollChoice = Literal["auto", "always", "never"]
POLL_CHOICES: tuple[PollChoice, ...] = ("auto", "always", "never")
"""Whether folders are looked at every so often: those whose changes the system does not tell, all, or none."""

PhotoKind = Literal["raw", "sidecar raw", "motion", "live", "video"]
"""What a photo is other than a plain one; a "sidecar raw" goes along with the JPEG of its name and is not shown."""

DateSource = Literal[
    "DateTimeOriginal", "DateTimeDigitized", "DateTime", "XMP", "PNG time", "video", "file name", "file time"
]
"""What said when a photo was taken: a field of EXIF, other notes ("video": those of a video), its name, its change."""

HeadChoice = Literal["current", "general"]

GENERAL_HEAD = 0
"""The id of the general head alone, whichever it is; those that were learned from albums count from 1."""
FITTED_HEAD = -1
"""The id of the general head that is fitted to the library itself, without labels; those that were trained elsewhere
and taken in have ids below."""

Verdict = Literal["member", "not"]
"""What the user decided of a photo and an album: it belongs there, or it is not this."""

MarkKind = Literal["rating", "flag"]
"""What the user thinks of a photo: so many stars, or that it is one to come back to."""

MOST_STARS = 5
"""The best rating; 0 is that of a photo that was not rated."""

ALBUMS_TO_LEARN = 2
PHOTOS_TO_LEARN = 3
"""Of each of these albums; what there must be before albums can be learned."""


@dataclass(frozen=True, slots=True)
class ReadingChoices:
    """What the user chose of how the folders of a library are read, and whether videos are."""

    raw_beside_jpeg: RawBesideJpeg = "one"
    poll: PollChoice = "auto"
    videos: bool = True
    smallest: int = 0
    """Bytes that a file must have to be read; what is smaller, such as icons, is left out."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that the user added; `photos` counts what is present in it."""

    id: int
    path: Path
    online: bool
    photos: int
    watched: bool = True
    """Whether what happens there is noticed at once; else it is looked at when the program starts, and on demand."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One of the pictures of a video that stand for it; `moment` is in milliseconds from its beginning."""

    content_hash: ContentHash
    """By what the picture is known; that of the first is the video's."""
    moment: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of the library; sizes are those of the upright picture, in pixels, or 0 where another took its place."""

    id: int
    folder_id: int
    path: Path
    content_hash: ContentHash
    width: int
    height: int
    bytes: int
    mtime_ns: int
    taken: float
    """When it was taken, or else when the file was last changed; seconds since the epoch."""
    ctime_ns: int | None = None
    """When the file or its entry was last changed, as the system notes it; None where that is not known."""
    unconfirmed: bool = False
    """Whether the file was not read since the library last saw it change or move."""
    kind: PhotoKind | None = None
    cut_off: bool = False
    """Whether only a part of the picture is there, which is shown."""
    taken_from: DateSource | None = None
    """What said when it was taken; None where an earlier version of the program read it."""
    seconds: float | None = None
    """How long a video lasts."""
    frame: Frame | None = None
    """Which picture of a video is meant, where it is not the first."""
    rating: int = 0
    """Stars that the user gave it, up to MOST_STARS; 0 where it was not rated."""
    flagged: bool = False
    """Whether the user flagged it."""

    @property
    def picture_hash(self) -> ContentHash:
        """By what the picture of it that is shown is known."""
        return self.content_hash if self.frame is None else self.frame.content_hash

    @property
    def shape(self) -> float:
        """Width by height of the upright picture; 0 where it is not known."""
        return self.width / self.height if self.height else 0.0

    @property
    def moment(self) -> int | None:
        """Milliseconds after which a video shows that picture; None stands for the first one."""
        return None if self.frame is None else self.frame.moment


@dataclass(frozen=True, slots=True)
class Showing:
    """The present photos that show one thing: several where there are copies, and of a video one of its frames."""

    photos: tuple[Photo, ...]
    frame: Frame | None = None
    box: Region | None = None
    """Which part of the photo shows it; None where that is all of it."""

    @property
    def content_hash(self) -> ContentHash:
        """By what the picture that is shown is known."""
        return self.photos[0].content_hash if self.frame is None else self.frame.content_hash


@dataclass(frozen=True, slots=True)
class Place:
    """What can be browsed: a folder or a directory in it, an album, or else all photos."""

    folder_id: int | None = None
    album_id: int | None = None
    directory: Path | None = None
    """Of the folder; None for all that it holds."""
    deep: bool = True
    """Whether what lies deeper in the directory is shown as well."""


ALL_PHOTOS = Place()


@dataclass(frozen=True, slots=True)
class Album:
    """Photos that the user put together; `photos` counts those present, `refused` those that are "not this"."""

    id: int
    name: str
    photos: int
    refused: int


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """What the user looks for again and again."""

    id: int
    name: str
    question: str
    """As library/kept_questions.py writes it."""


@dataclass(frozen=True, slots=True)
class SharedLibrary:
    """A library that many read, which the user has opened by its address."""

    name: str = ""
    """As the user calls it; unlike those of the others, whatever the case."""
    address: str = ""
    """Without credentials; see shared_library/address.py."""


@dataclass(frozen=True, slots=True)
class RemotePhoto:
    """A photo of a shared library, as its table has it. Nothing of it is in the user's own library."""

    row: int
    """Its key in the table, which stays."""
    path: str
    """Of the file or object, whole."""
    content_hash: ContentHash
    bytes: int
    modified: float
    """Seconds since the epoch."""
    taken: float | None
    """Likewise; None where that is not known."""
    width: int
    height: int
    score: float | None = None
    """How alike it is to what was looked for, from -1 to 1; None where nothing was."""


@dataclass(frozen=True, slots=True)
class ChosenPhotos:
    """What some photos are together."""

    photos: int
    bytes: int
    rating: int | None
    """The stars that they all have; None where these differ."""
    flagged: int
    """How many of them are flagged."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, with the reason as a sentence."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How the library stands: photos present, files that could not be read, and those that are of no kind to read."""

    photos: int
    failed: int
    left_out: int = 0
    cut_off: int = 0
    """Of the photos, those of which only a part is there."""
    unread: int = 0
    """Files that were found, and are not read yet; they are not among the photos."""


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
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Suffix to how many files of that kind the folders hold, which look like pictures and are not read."""


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
    knows: bool = False
    """Whether it has a classifier, so that it can be searched by the names of what that knows."""
