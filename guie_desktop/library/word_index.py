"""Finding photos by words: in their names, folders, albums and notes, best first, within milliseconds.

All words that are typed must be there, in whatever fields; the last letters of each may be missing, unless very many
photos have it as it stands; one of four letters or more is found at the end of longer words, too. What stands between
quotes is to be there as it stands.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, column, func, literal_column, select, table

from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.library.conditions import SHOWN
from guie_desktop.library.database import reading
from guie_desktop.library.filters import passes
from guie_desktop.library.plain_words import SHORTEST_ENDING, words_in
from guie_desktop.library.tables import photos
from guie_desktop.library.word_table import FIELDS, INDEX, TABLE
from guie_desktop.noted import WordField

# FTS5's own order (bm25) counts each word in all of the library whenever a letter is typed, which takes seconds in a
# large one. So photos are weighed by the field that a word is in, and by how much of it was typed.
_WEIGHTS: Mapping[WordField, float] = {
    "title": 10,
    "people": 10,
    "keywords": 9,
    "albums": 8,
    "place": 7,
    "name": 6,
    "folders": 5,
    "description": 3,
    "camera": 2,
}
_WHOLE, _BEGINS, _ENDS = 1.0, 0.8, 0.4
"""What a word counts that is there as it was typed, that goes on, and that is in a longer one."""
_WEIGHED = 500
"""Photos that are compared; where more have the words, those that came into the library last."""

_MANY = 2000
"""Photos that have a word as it was typed, from which on it is not looked for as the beginning of others."""

_TYPED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_ALL_FIELDS = " ".join(FIELDS)

_index = table(INDEX, column("rowid"))
_words = table(TABLE, column("photo_id"), *(column(field) for field in FIELDS))


@dataclass(frozen=True, slots=True)
class WordHit:
    """A photo that has all the words, and in which fields, the most telling first."""

    photo_id: int
    fields: tuple[WordField, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word, or several that follow each other."""

    words: tuple[str, ...]
    goes_on: bool
    """Whether the last one may be the beginning of a word."""

    @property
    def can_end_a_word(self) -> bool:
        return (
            self.goes_on and len(self.words) == 1 and self.words[0].isalpha() and len(self.words[0]) >= SHORTEST_ENDING
        )

    @property
    def expression(self) -> str:
        """It in FTS5's language."""
        phrase = f'"{" ".join(self.words)}"' + (" *" if self.goes_on else "")
        return f"({phrase})" if self.can_end_a_word else f"({{{_ALL_FIELDS}}} : {phrase})"


class WordIndex:
    """The words of a catalog, to be asked in any thread of any process."""

    def __init__(self, database: Engine) -> None:
        self._database = database

    def find(self, typed: str, most: int, which: Filter = EVERYTHING) -> list[WordHit]:
        """The photos, best first, that have all the words and pass the filter; none where nothing is a word."""
        asked = self._asked(typed)
        if not asked:
            return []
        there = _index.join(photos, photos.c.id == _index.c.rowid).join(_words, _words.c.photo_id == _index.c.rowid)
        query = select(photos.c.id, *(_words.c[field] for field in FIELDS)).select_from(there)
        newest = (
            query.where(_matches(asked), SHOWN, passes(which, one_by_one=True))
            .order_by(_index.c.rowid.desc())
            .limit(max(most, _WEIGHED))
        )
        with reading(self._database) as connection:
            rows = connection.execute(newest).all()
        weighed = [_weigh(asked, photo_id, fields) for photo_id, *fields in rows]
        weighed.sort(key=lambda one: one[0], reverse=True)  # of equal ones the newest stay first
        return [hit for _, hit in weighed[:most]]

    def count(self, typed: str, most: int, which: Filter = EVERYTHING) -> int:
        """How many these are; no more than `most` are counted."""
        asked = self._asked(typed)
        if not asked:
            return 0
        there = _index.join(photos, photos.c.id == _index.c.rowid)
        passing = (_matches(asked), SHOWN, passes(which, one_by_one=True))
        found = select(photos.c.id).select_from(there).where(*passing).limit(most).subquery()
        with reading(self._database) as connection:
            return int(connection.execute(select(func.count()).select_from(found)).scalar_one())

    def _asked(self, typed: str) -> list[_Asked]:
        found = ((quoted or plain, bool(plain)) for quoted, plain in _TYPED.findall(typed))
        parts = [_Asked(tuple(words), goes_on) for text, goes_on in found if (words := words_in(text))]
        with reading(self._database) as connection:
            return [_Asked(one.words, one.goes_on and not _stands_alone(connection, one.words)) for one in parts]


def _stands_alone(connection: Connection, words: tuple[str, ...]) -> bool:
    """Whether words are meant as they stand: a Chinese sign, one letter, or what very many photos have.

    Of what these have and of what goes on there would be a list to be merged before the first photo is found.
    """
    if len(words[-1]) < 3:
        return len(words[-1]) == 1
    whole = select(_index.c.rowid).where(_matches([_Asked(words, goes_on=False)])).limit(_MANY).subquery()
    return int(connection.execute(select(func.count()).select_from(whole)).scalar_one()) >= _MANY


def _matches(asked: Sequence[_Asked]) -> ColumnElement[bool]:
    expression = " AND ".join(one.expression for one in asked)
    return literal_column(INDEX).op("MATCH", is_comparison=True)(expression)


def _weigh(asked: Sequence[_Asked], photo_id: int, fields: Sequence[str]) -> tuple[float, WordHit]:
    told: dict[WordField, float] = {}
    for one in asked:
        best, weight = FIELDS[0], 0.0
        phrase = " ".join(one.words)
        for field, said in zip(FIELDS, fields, strict=True):
            if phrase in said and (here := _WEIGHTS[field] * _share(phrase, said)) > weight:
                best, weight = field, here
        told[best] = told.get(best, 0.0) + weight
    order = sorted(told, key=lambda field: told[field], reverse=True)
    return sum(told.values()), WordHit(photo_id, tuple(order))


def _share(phrase: str, said: str) -> float:
    """How much the phrase counts that stands in what is said."""
    padded = f" {said} "
    if f" {phrase} " in padded:
        return _WHOLE
    return _BEGINS if f" {phrase}" in padded else _ENDS
