"""What has a weight of its own in a query, and what is not to be like it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from guie_desktop.asking import Query, Term
from guie_desktop.errors import UserError
from tests.search.given_photos import GivenPhotos, fan
from tests.search.test_search_engine import found


@pytest.fixture
def made(tmp_path: Path) -> Iterator[GivenPhotos]:
    """Photos at 0, 10, 40, 50 and 90 degrees."""
    photos = GivenPhotos(tmp_path, fan(0, 10, 40, 50, 90))
    yield photos
    photos.catalog.close()


def test_a_weight_draws_the_query_towards_what_has_it(made: GivenPhotos) -> None:
    zero, ninety = made.ids(0, 4)
    assert found(made, Query(photos=(zero,), terms=(Term(photo=ninety, weight=0.2),)))[0] == 1
    assert found(made, Query(photos=(zero,), terms=(Term(photo=ninety, weight=3.0),)))[0] == 3


def test_a_term_of_weight_one_counts_as_a_photo(made: GivenPhotos) -> None:
    zero, forty = made.ids(0, 2)
    path = made.folder / "2.jpg"
    assert found(made, Query(photos=(zero,), terms=(Term(photo=forty),))) == found(made, Query(photos=(zero, forty)))
    assert found(made, Query(photos=(zero,), terms=(Term(image=path),)))[0] in (1, 2)
    assert 2 not in found(made, Query(terms=(Term(photo=forty),)))


def test_an_album_is_what_its_photos_are_together(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(3, 4))
    assert found(made, Query(terms=(Term(album=album),)))[:2] == [4, 3]  # 70 degrees lies between them
    away = found(made, Query(photos=tuple(made.ids(2)), terms=(Term(album=album, unlike=True),)))
    assert away[0] in (0, 1)
    empty = made.albums.create("Empty")
    with pytest.raises(UserError, match="no photos to go by"):
        found(made, Query(terms=(Term(album=empty),)))
    with pytest.raises(UserError, match="no longer there"):
        found(made, Query(terms=(Term(album=99),)))


def test_what_is_not_wanted_alone_is_no_question(made: GivenPhotos) -> None:
    with pytest.raises(UserError, match="nothing to search for"):
        found(made, Query(terms=(Term(photo=made.ids(0)[0], unlike=True),)))
