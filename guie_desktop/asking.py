"""What is asked of a library, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from guie_desktop.domain import Frame, HeadChoice, Region
from guie_desktop.noted import WordField

Shape = Literal["landscape", "portrait", "square", "panorama"]
SHAPES: tuple[Shape, ...] = ("landscape", "portrait", "square", "panorama")

Colour = Literal[
    "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "brown", "white", "grey", "black"
]
COLOURS: tuple[Colour, ...] = get_args(Colour)
"""By hue, then what has nearly none."""

PHOTO_KINDS: tuple[str, ...] = ("photo", "raw", "video", "motion")
"""What may be asked for as a kind, beside formats; "motion" are photos with a film."""

FORMATS: Mapping[str, tuple[str, ...]] = {
    "jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "png": ("png",),
    "heif": ("heic", "heif", "hif", "heics", "heifs"),
    "tiff": ("tif", "tiff"),
    "webp": ("webp",),
    "gif": ("gif",),
    "avif": ("avif", "avifs"),
    "jpeg xl": ("jxl",),
    "photoshop": ("psd", "psb"),
}
"""The ends of file names that stand for one format."""

Span = tuple[float | None, float | None]
"""From a moment on, and until before another one, in seconds since the epoch; None where there is no end."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which photos are meant: those of which all of this holds, and of what is listed one at least."""

    folder: Path | None = None
    """They lie in it or deeper."""
    albums: tuple[int, ...] = ()
    """They are in all of these."""
    not_albums: tuple[int, ...] = ()
    """Neither they nor copies of them are in any of these."""
    unsorted: bool = False
    """Neither they nor copies of them are in any album."""
    taken: tuple[Span, ...] = ()
    weekdays: tuple[int, ...] = ()
    """Of the days on which they were taken, Monday being 0."""
    cameras: tuple[str, ...] = ()
    lenses: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Of PHOTO_KINDS and FORMATS, or ends of file names in lower case, without the dot."""
    shapes: tuple[Shape, ...] = ()
    colours: tuple[Colour, ...] = ()
    """They show one of these in a good part of the picture."""
    least_pixels: int = 0
    most_pixels: int = 0
    """0 where there may be any number."""
    rating: int = 0
    """So many stars at least."""
    flagged: bool = False
    online: bool | None = None
    """Whether their folder is connected; None where that does not matter."""
    copies_hidden: bool = False
    """They are not duplicates of others that are there, as far as these were found."""
    unsearchable: bool = False
    """They have not been read for the search yet."""

    def __bool__(self) -> bool:
        """Whether there may be photos that it does not let pass."""
        return self != EVERYTHING


EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class SharedFilter:
    """Which photos of a shared library are meant, as far as its table can tell: those of which all of this holds."""

    since: float | None = None
    """They were taken then or later, in seconds since the epoch; those without a date do not pass."""
    until: float | None = None
    """They were taken before then."""
    folder: str = ""
    """They lie in it or deeper, as the table writes their paths."""
    text: str = ""
    """It is somewhere in their paths, whatever the case."""

    def __bool__(self) -> bool:
        """Whether there may be photos that it does not let pass."""
        return self != ALL_SHARED


ALL_SHARED = SharedFilter()


def together(*filters: Filter) -> Filter:
    """What passes all of them; of what two of them say of one thing other than albums, what the later one says."""
    said: dict[str, Any] = {}
    for which in filters:
        for one in fields(Filter):
            value = getattr(which, one.name)
            if value == one.default:
                continue
            known = said.get(one.name, ()) if one.name in ("albums", "not_albums") else ()
            said[one.name] = (*known, *(album for album in value if album not in known)) if known else value
    return Filter(**said)


Source = Literal["names", "dates", "pictures"]
SOURCES: tuple[Source, ...] = ("names", "dates", "pictures")
"""In what words are looked for: names, folders, albums and notes of photos; when they were taken; what they show."""

MOST_EXAMPLES = 10_000
"""Photos of the library that are looked for together; their features are read and averaged within a second or two."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that photos should be like, or not be like, with a weight of its own."""

    photo: int | None = None
    """Of the library."""
    image: Path | None = None
    """A picture from outside."""
    album: int | None = None
    """What its photos are like together."""
    unlike: bool = False
    weight: float = 1.0
    """Against 1 of each of the query's photos and images."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: photos of the library, pictures from outside, words, and what it should not look like."""

    photos: tuple[int, ...] = ()
    images: tuple[Path, ...] = ()
    terms: tuple[Term, ...] = ()
    """Beside these, what has a weight of its own, or should not be like it."""
    text: str = ""
    unlike_text: str = ""
    sources: frozenset[Source] = frozenset({"pictures"})
    """In what `text` is looked for."""
    region: Region | None = None
    moment: int | None = None
    """Of the one video that is asked for, the milliseconds after which it shows what is meant; else its first frame."""
    which: Filter = EVERYTHING
    """Among which photos is looked."""
    liked: tuple[int, ...] = ()
    """Photos that were found and are what is meant: what is asked for is bent towards them (search/feedback.py)."""
    disliked: tuple[int, ...] = ()
    """Photos that were found and are not."""
    top: int = 200
    """Hits at most; copies of one photo are one hit."""
    head: HeadChoice = "current"
    parts: bool = False
    """Whether parts of photos are looked at as well, of those that have been looked into."""

    @property
    def asked_photos(self) -> frozenset[int]:
        """The photos of the library that are looked for, which are not found."""
        like = (term.photo for term in self.terms if not term.unlike)
        return frozenset(self.photos) | {photo for photo in like if photo is not None}

    @property
    def has_examples(self) -> bool:
        """Whether it asks for anything but words."""
        return bool(self.photos or self.images or any(not term.unlike for term in self.terms))


Likeness = Literal["same", "very", "alike", "perhaps"]
"""How alike a hit is, in steps that mean the same before and after learning: the same picture, or the same thing in 9
of 10 such hits, in more than half of them, or perhaps."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One content that answers a query; `score` is the similarity, up to 1, `similar` whether it passes the cut-off."""

    rank: int
    photo_id: int
    """Of the photo that is shown for it."""
    places: tuple[Path, ...]
    """All present files that pass the filter and hold it, copies and links alike; that of the shown photo first."""
    score: float
    similar: bool
    probability: float | None = None
    """Share of the hits with this score that are in an album with the query, as learned from the albums; None where
    the general ranking has any weight. Of words that a classifier knows, how likely the photo shows what they name."""
    frame: Frame | None = None
    """Which picture of a video it is."""
    shape: float = 0.0
    """Width by height of the upright picture; 0 where it is not known."""
    box: Region | None = None
    """The part of the photo by which it was found, where that is more alike than all of it."""
    is_recognised: bool = False
    """Whether the probability is that of a classifier."""
    found_in: WordField | None = None
    """Where the words stand that were looked for; None where it was found by what it shows."""
    likely: float | None = None
    """How likely it shows the same thing, by what is known of such scores; None where nothing is."""
    likeness: Likeness | None = None
    """The same in steps; None where it is not alike, or where that cannot be told."""

    @property
    def path(self) -> Path:
        """Where the photo lies that is shown."""
        return self.places[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """All hits of a query, best first."""

    hits: tuple[Hit, ...]
    model: str
    head: str
    seconds: float
    nothing_similar: bool
    model_title: str = ""
    """What the model is called where people read it."""
    personal: float = 0.0
    """How much of the ranking is by what was learned from the albums, between 0 and 1; the rest is general."""
    found: Mapping[Source, int] = field(default_factory=dict)
    """How many hits that are alike each source gave."""
    dates: tuple[str, ...] = ()
    """The words of the query that are dates, as they were typed."""
    looked_into: int = 0
    """Photos of which parts can be looked at, whether they were or not."""
    known: tuple[str, ...] = ()
    """The words of the query that name what the model's classifier knows, where that has answered."""
    unknown: tuple[str, ...] = ()
    """Those that it does not know."""
    knows: int = 0
    """How many things it knows by name; 0 where it was not asked."""
