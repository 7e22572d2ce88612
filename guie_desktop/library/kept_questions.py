"""Questions as JSON, so that they can be kept; recalling.py makes a question of one again."""

from dataclasses import dataclass
from pathlib import Path

from guie_desktop.asking import EVERYTHING, SOURCES, Filter, Source
from guie_desktop.domain import Region
from guie_desktop.library.plain_values import as_json, record
from guie_desktop.question import Example, Question


@dataclass(frozen=True, slots=True)
class KeptExample:
    """What is written of an example."""

    path: Path | None = None
    """Where the picture was; of a photo of the library, it is what it is known by where that has another id now."""
    photo: int | None = None
    album: int | None = None
    unlike: bool = False
    weight: float = 1.0
    off: bool = False


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """What is written of a question. What cannot be read, or is of a later version, is as if it were not there."""

    examples: tuple[KeptExample, ...] = ()
    text: str = ""
    sources: tuple[Source, ...] = SOURCES
    region: Region | None = None
    folder: Path | None = None
    """The scope, where that is a folder."""
    album: int | None = None
    """The scope, where that is an album."""
    which: Filter = EVERYTHING
    liked: tuple[int, ...] = ()
    disliked: tuple[int, ...] = ()


def question_text(question: Question) -> str:
    """The question as one line of JSON in ASCII; in which way it is answered is not kept."""
    scope = question.scope
    kept = KeptQuestion(
        tuple(map(_kept_example, question.examples)),
        question.text,
        tuple(source for source in SOURCES if source in question.sources),
        question.region,
        scope if isinstance(scope, Path) else None,
        scope if isinstance(scope, int) else None,
        question.which,
        question.liked,
        question.disliked,
    )
    return as_json(kept)


def kept_in(text: str) -> KeptQuestion:
    """What is written, as far as it can be read."""
    return record(KeptQuestion, text)


def filter_in(text: str) -> Filter:
    """The filter of a kept question, whatever of it is gone."""
    return kept_in(text).which


def is_filter_alone(text: str) -> bool:
    """Whether a kept question looks for nothing, so that all photos are meant that pass its filter."""
    kept = kept_in(text)
    return not kept.examples and not kept.text


def _kept_example(example: Example) -> KeptExample:
    return KeptExample(
        None if example.album is not None else example.path,
        None if example.photo is None else example.photo.id,
        None if example.album is None else example.album.id,
        example.unlike,
        example.weight,
        example.off,
    )
