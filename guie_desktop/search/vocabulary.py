"""What things are called that a classifier of ImageNet's classes knows: words of the user to classes, and back."""

import gzip
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property

from guie_desktop.paths import shipped

_LANGUAGES = ("en", "de")
"""Whose words are understood, whatever the window speaks."""
_LONGEST = 5
"""Words that are looked up together at most."""
_PASSED_OVER = frozenset(
    re.findall(
        r"\w+",
        "a an the and or of on in at by to with from near some any my photo photos picture pictures image images "
        "ein eine einen einem einer der die das den dem und oder von vom auf im am an bei mit aus mein meine meinem "
        "meinen meiner foto fotos bild bilder",
    )
)
"""Words around those that name things; "a dog on the beach" is a dog and a beach."""
_PLURALS = (("ies", "y"), ("men", "man"), ("ches", "ch"), ("shes", "sh"), ("ses", "s"), ("xes", "x"), ("zes", "z"))
"""How English nouns lose their plural (WordNet's Morphy), beside a mere "s"; the irregular ones are listed."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LEAST_STEM = 4
"""Letters of a known word at the end of a German compound, such as that of a garden chair: "Gartenstuhl"."""
_ALIKE_ENOUGH = 0.78
"""As difflib counts it: a letter or two are wrong."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A class or a kind of classes; its names by language, the usual one first, each with its plurals."""

    offset: str
    """Its number in WordNet 3.0."""
    classes: tuple[int, ...]
    """Numbers in ImageNet-1k."""
    names: dict[str, tuple[tuple[str, ...], ...]]

    def name(self, language: str) -> str:
        """The usual name, or the English one where the language has none."""
        return (self.names.get(language) or self.names["en"])[0][0]


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a query that name something, and all that they may mean: a crane is a bird and a machine."""

    words: str
    classes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """A query in words: the parts that are known, and the words that are not."""

    parts: tuple[Part, ...]
    unknown: tuple[str, ...]


class Vocabulary:
    """All things and their names."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.things = tuple(things)

    @cached_property
    def class_count(self) -> int:
        """How many classes have names."""
        return len({number for thing in self.things for number in thing.classes})

    def names(self, language: str) -> list[str]:
        """What can be asked for in a language, each in the singular, in the order of the alphabet."""
        every = {forms[0] for thing in self.things for forms in thing.names.get(language, ())}
        return sorted(every, key=folded)

    def called(self, name: str) -> tuple[Thing, ...]:
        """The things with this name, singular or plural, in whatever language and case."""
        return tuple(next((self._by_name[one] for one in _singulars(folded(name)) if one in self._by_name), ()))

    def understand(self, text: str) -> Understood:
        """Find the names in a text, the longest first, and the words that belong to none."""
        words = re.findall(r"\w+", text)
        parts: dict[tuple[int, ...], Part] = {}
        unknown, start = [], 0
        while start < len(words):
            run, things = self._longest(words[start : start + _LONGEST])
            if things:
                classes = tuple(sorted({number for thing in things for number in thing.classes}))
                parts.setdefault(classes, Part(" ".join(run), classes))
            elif folded(run[0]) not in _PASSED_OVER:
                unknown.append(run[0])
            start += len(run)
        return Understood(tuple(parts.values()), tuple(dict.fromkeys(unknown)))

    def nearest(self, text: str, most: int = 4) -> tuple[Thing, ...]:
        """Things to ask for instead: those of which it is a kind, and those that are spelled much like it."""
        found: dict[str, Thing] = {}
        for word in dict.fromkeys((text, *re.findall(r"\w+", text))):
            if folded(word) in _PASSED_OVER:
                continue
            for thing in (*self._kinds(word), *self._at_the_end(word), *self._spelled_alike(word)):
                found.setdefault(thing.offset, thing)
        return tuple(found.values())[:most]

    def _longest(self, words: Sequence[str]) -> tuple[Sequence[str], tuple[Thing, ...]]:
        """The longest beginning that is a name, with what it names; else the first word."""
        for count in range(len(words), 0, -1):
            is_filler = count == 1 and folded(words[0]) in _PASSED_OVER
            things = () if is_filler else self.called(" ".join(words[:count]))
            if things:
                return words[:count], things
        return words[:1], ()

    def _kinds(self, word: str) -> Iterator[Thing]:
        for one in _singulars(folded(word)):
            if (kind := self._by_offset.get(self._others.get(one, ""))) is not None:
                yield kind
                return

    def _at_the_end(self, word: str) -> tuple[Thing, ...]:
        spelled = folded(word)
        for start in range(1, len(spelled) - _LEAST_STEM + 1):
            if things := self.called(spelled[start:]):
                return things
        return ()

    def _spelled_alike(self, word: str) -> Iterator[Thing]:
        for name in get_close_matches(folded(word), self._by_name, n=3, cutoff=_ALIKE_ENOUGH):
            yield from self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, list[Thing]]:
        """By each of its spellings; who only lists names does without."""
        found: dict[str, list[Thing]] = defaultdict(list)
        for thing in self.things:
            names = (form for language in thing.names.values() for forms in language for form in forms)
            for spelling in {spelling for name in names for spelling in _spellings(name)}:
                found[spelling].append(thing)
        return found

    @cached_property
    def _by_offset(self) -> dict[str, Thing]:
        return {thing.offset: thing for thing in self.things}

    @cached_property
    def _others(self) -> dict[str, str]:
        """Words that name no thing of ours, and the offset of what they are a kind of."""
        read = gzip.decompress((shipped("resources") / "kinds.tsv.gz").read_bytes()).decode()
        return {folded(word): offset for offset, words in _rows(read) for word in words.split(", ")}


@cache
def imagenet_vocabulary() -> Vocabulary:
    """The names of ImageNet's classes and of the kinds that they belong to; read once."""
    names: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = defaultdict(dict)
    classes = {}
    for language in _LANGUAGES:
        file = shipped("resources") / f"things.{language}.tsv"
        for offset, *told in _rows(file.read_text(encoding="utf-8")):
            if told[-1]:
                names[offset][language] = tuple(tuple(forms.split("/")) for forms in told[-1].split(", "))
            if language == "en":
                classes[offset] = tuple(_numbers(told[0]))
    return Vocabulary(Thing(offset, classes[offset], names[offset]) for offset in classes)


def folded(text: str) -> str:
    """The text as names are compared: without case, marks on letters and punctuation."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", plain.casefold()))


def _spellings(name: str) -> set[str]:
    return {folded(name), folded(name.casefold().translate(_UMLAUTS))}


def _singulars(name: str) -> Iterator[str]:
    """The name itself, and what it may be the plural of."""
    yield name
    for plural, singular in _PLURALS:
        if name.endswith(plural):
            yield name.removesuffix(plural) + singular
    if name.endswith("s"):
        yield name.removesuffix("s")


def _rows(text: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def _numbers(ranges: str) -> Iterator[int]:
    """The numbers of "3,5-9"."""
    for one in ranges.split(","):
        first, _, last = one.partition("-")
        yield from range(int(first), int(last or first) + 1)
