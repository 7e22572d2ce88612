"""What is typed: found in names, folders and albums, and by dates, together with what photos show or alone."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sqlalchemy import update

from guie_desktop.asking import SOURCES, Answer, Query, Source
from guie_desktop.errors import UserError
from guie_desktop.library.database import writing
from guie_desktop.library.tables import photos
from guie_desktop.search.search_engine import SearchEngine
from tests.search.given_photos import GivenPhotos, fan
from tests.search.test_search_engine import GivenBackbone

ALL = frozenset(SOURCES)


class Wordless(GivenBackbone):
    """A backbone that knows pictures alone."""

    def ready_text_search(self) -> NoReturn:
        raise UserError("The model knows pictures, not words.", "Choose another one.")


@pytest.fixture
def made(tmp_path: Path) -> Iterator[GivenPhotos]:
    """Five photos and a copy of number 2, which is number 5; photo n was taken in the year 2010 + n."""
    made = GivenPhotos(tmp_path, fan(0, 10, 40, 50, 90), copies={5: 2})
    with writing(made.catalog.database) as connection:
        for number in range(6):
            taken = datetime(2010 + number, 7, 1, 12).timestamp()
            connection.execute(update(photos).where(photos.c.id == made.ids(number)[0]).values(taken=taken))
    yield made
    made.catalog.close()


def answered(made: GivenPhotos, text: str, sources: frozenset[Source] = ALL, **more: Any) -> Answer:
    query = Query(text=text, sources=sources, **more)
    return SearchEngine(made.catalog, Wordless(made.space, made.parts)).answer(query)


def numbers(answer: Answer) -> list[int]:
    return [int(hit.path.stem) for hit in answer.hits]


def test_names_and_albums_are_found_where_the_model_knows_no_words(made: GivenPhotos) -> None:
    made.albums.create("Sea holidays", made.ids(1, 3))
    found = answered(made, "sea holi")
    assert sorted(numbers(found)) == [1, 3]
    assert {hit.found_in for hit in found.hits} == {"albums"}
    assert (found.head, dict(found.found), found.unknown) == ("names", {"names": 2}, ("sea holi",))
    assert not found.nothing_similar
    with pytest.raises(UserError, match="knows pictures"):
        answered(made, "mountains")  # which nothing is called
    with pytest.raises(UserError, match="knows pictures"):
        answered(made, "sea", frozenset({"pictures"}))


def test_copies_are_one_hit(made: GivenPhotos) -> None:
    made.albums.create("Twins", made.ids(2, 5))
    (hit,) = answered(made, "twins").hits
    assert {path.stem for path in hit.places} == {"2", "5"}


def test_dates_alone_give_what_was_taken_then_the_newest_first(made: GivenPhotos) -> None:
    found = answered(made, "2011-2013")
    assert numbers(found) == [3, 2, 1]
    assert (found.dates, dict(found.found)) == (("2011-2013",), {"dates": 3})


def test_dates_beside_words_are_a_filter(made: GivenPhotos) -> None:
    made.albums.create("Sea", made.ids(0, 1, 3))
    assert sorted(numbers(answered(made, "sea july 2011"))) == [1]
    assert numbers(answered(made, "sea july 2011", frozenset({"names"}))) == []  # then they are words


def test_words_that_photos_of_other_dates_have_are_not_said_to_be_unknown(made: GivenPhotos) -> None:
    made.albums.create("Sea", made.ids(0, 1, 3))
    found = answered(made, "sea july 2012")
    assert (numbers(found), found.dates) == ([], ("july 2012",))
    with pytest.raises(UserError, match="knows pictures"):
        answered(made, "mountains july 2012")


def test_beside_a_photo_words_are_not_names(made: GivenPhotos) -> None:
    made.albums.create("Sea", made.ids(4))
    with pytest.raises(UserError, match="knows pictures"):
        answered(made, "sea", photos=tuple(made.ids(0)))


def test_at_most_so_many_are_found(made: GivenPhotos) -> None:
    made.albums.create("Sea", made.ids(0, 1, 2, 3, 4))
    found = answered(made, "sea", top=3)
    assert [hit.rank for hit in found.hits] == [1, 2, 3]
