"""What people look for: examples, words, and where; the window asks it, and it can be kept and asked again."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from guie_desktop.asking import EVERYTHING, SOURCES, Filter, Query, Source, Term, together
from guie_desktop.domain import Album, HeadChoice, Photo, Region, Verdict
from guie_desktop.language import tr, tr_noop

Scope = Path | int | None
"""Where to look: in a folder, in the album with this id, or in all photos."""

PASTED = tr_noop("Pasted picture")
"""What a picture is called that has no file of its own; in any language its file is called so."""


@dataclass(frozen=True, slots=True)
class Example:
    """Something to look for: a photo of the library, an album, or else a picture file from outside."""

    path: Path
    """Of the picture; nothing where it is an album."""
    photo: Photo | None = None
    album: Album | None = None
    unlike: bool = False
    """Whether photos should not look like it."""
    weight: float = 1.0
    """How much it counts beside the others."""
    off: bool = False
    """Whether it does not count for now."""

    @property
    def name(self) -> str:
        """What it is called where people read it."""
        if self.album is not None:
            return self.album.name
        return self.path.name if self.photo is not None else shown_name(self.path)

    @property
    def key(self) -> object:
        """What tells it from other examples."""
        if self.album is not None:
            return "album", self.album.id
        return self.path if self.photo is None else self.photo.id

    @property
    def is_plain(self) -> bool:
        """Whether it is a picture to look for, like any other."""
        return self.album is None and not self.unlike and self.weight == 1.0

    def term(self) -> Term:
        """It as the worker understands it."""
        image = self.path if self.album is None and self.photo is None else None
        return Term(
            photo=None if self.photo is None else self.photo.id,
            image=image,
            album=None if self.album is None else self.album.id,
            unlike=self.unlike,
            weight=self.weight,
        )


@dataclass(frozen=True, slots=True)
class Question:
    """All that a search depends on."""

    examples: tuple[Example, ...] = ()
    text: str = ""
    """Words that describe it, where the model understands them; photos should not be like those behind a minus."""
    region: Region | None = None
    scope: Scope = None
    head: HeadChoice = "current"
    which: Filter = EVERYTHING
    """Beside the scope, what photos have to pass to be found."""
    sources: frozenset[Source] = frozenset(SOURCES)
    """In what the words are looked for."""
    inside: bool = True
    """Whether parts of photos are looked at as well, where they are known."""
    liked: tuple[int, ...] = ()
    """Photos that were found and that the user said yes to, by id."""
    disliked: tuple[int, ...] = ()
    """Those of which he said that they are not what he means."""

    @property
    def photos(self) -> tuple[int, ...]:
        """The photos of the library among the examples, by id."""
        return tuple(example.photo.id for example in self.examples if example.photo is not None)

    @property
    def said(self) -> dict[int, Verdict]:
        """Photo id to what was said of it as something that was found."""
        return {**dict.fromkeys(self.liked, "member"), **dict.fromkeys(self.disliked, "not")}

    @property
    def plain(self) -> "Question":
        """The same as if nothing had been said of what was found."""
        return replace(self, liked=(), disliked=())

    @property
    def title(self) -> str:
        """What is looked for, in a few words; "" where nothing is."""
        if self.text:
            return self.text
        if not self.examples:
            return ""
        first = self.examples[0]
        return first.name if first.album is not None else Path(first.name).stem

    @property
    def is_on(self) -> bool:
        """Whether it asks for anything."""
        return bool(self.examples or self.text)

    @property
    def identity(self) -> object:
        """The same for questions that ask for the same, whatever became of their photos, and however it is ranked."""
        examples = tuple((one.key, one.unlike, one.weight, one.off) for one in self.examples)
        words = self.text, self.sources if self.text else None
        return examples, words, self.region, self.scope, self.which, self.liked, self.disliked

    @property
    def _moment(self) -> int | None:
        photo = self.examples[0].photo if len(self.examples) == 1 else None
        return None if photo is None else photo.moment

    @property
    def _meant(self) -> Filter:
        if isinstance(self.scope, Path):
            return together(self.which, Filter(folder=self.scope))
        return self.which if self.scope is None else together(self.which, Filter(albums=(self.scope,)))

    def query(self) -> Query:
        """The question as the worker understands it."""
        plain = [one for one in self.examples if not one.off and one.is_plain]
        words, unwanted = parted(self.text)
        return Query(
            photos=tuple(one.photo.id for one in plain if one.photo is not None),
            images=tuple(one.path for one in plain if one.photo is None),
            terms=tuple(one.term() for one in self.examples if not one.off and not one.is_plain),
            text=words,
            unlike_text=unwanted,
            sources=self.sources,
            region=self.region,
            moment=self._moment,
            which=self._meant,
            liked=self.liked,
            disliked=self.disliked,
            head=self.head,
            parts=self.inside,
        )


def shown_name(path: Path) -> str:
    """What a picture that is looked for is called: its file's name, unless it was pasted."""
    is_pasted = path.stem == PASTED and path.parent.parent.name == "pasted"
    return tr(PASTED) if is_pasted else path.name


def parted(text: str) -> tuple[str, str]:
    """The words that are looked for, and those behind a minus, which are not: "dog -snow", 'dog -"deep snow"'."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for is_unwanted, words in _pieces(text):
        (unwanted if is_unwanted else wanted).append(words)
    return " ".join(wanted), " ".join(unwanted)


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Words, and what is written between quotes, each with whether there is a minus before it."""
    words = iter(text.split())
    for first in words:
        is_unwanted = first.startswith("-") and len(first) > 1
        said = [first[1:] if is_unwanted else first]
        if said[0].startswith('"'):
            said[0] = said[0][1:]
            while not said[-1].endswith('"') and (following := next(words, None)) is not None:
                said.append(following)
            said[-1] = said[-1].removesuffix('"')
        if any(said):
            yield is_unwanted, " ".join(said)


def joined(known: tuple[Example, ...], more: tuple[Example, ...]) -> tuple[Example, ...]:
    """Those that are known and then those that come, each once."""
    together: dict[object, Example] = {}
    for example in (*known, *more):
        together.setdefault(example.key, example)
    return tuple(together.values())


def without(question: Question, ids: Collection[int]) -> Question:
    """The question without these photos; itself where they are not in it."""
    left = tuple(one for one in question.examples if one.photo is None or one.photo.id not in ids)
    return question if len(left) == len(question.examples) else replace(question, examples=left, region=None)
