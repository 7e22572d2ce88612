"""Where a query is answered from: the whole library, a folder, an album, or what is in both."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from guie_desktop.domain import Query
from guie_desktop.errors import UserError
from guie_desktop.search.search_engine import SearchEngine
from guie_desktop.search.space import Space
from tests.search.given_photos import GivenPhotos, fan


@dataclass
class GivenBackbone:
    """A backbone of which nothing but its features is wanted."""

    space: Space
    name: str = "given"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[GivenPhotos]:
    """Photos at 0, 5, 10, 25 and 42 degrees, and a second copy of the one at 10, which is number 5."""
    photos = GivenPhotos(tmp_path, fan(0, 5, 10, 25, 42), copies={5: 2})
    yield photos
    photos.catalog.close()


def found(made: GivenPhotos, query: Query) -> list[int]:
    answer = SearchEngine(made.catalog, GivenBackbone(made.space)).answer(query)  # type: ignore[arg-type]
    return [int(hit.path.stem) for hit in answer.hits]


def test_only_photos_of_the_album_are_found_the_nearest_first(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(4, 3, 5))
    asked = tuple(made.ids(0))
    assert found(made, Query(photos=asked, album=album)) == [5, 3, 4]  # and not 2, which is a copy of 5
    assert found(made, Query(photos=asked, album=album, top=2)) == [5, 3]
    assert found(made, Query(photos=tuple(made.ids(3)), album=album)) == [5, 4]


def test_a_refused_or_vanished_photo_is_not_in_the_album(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(1, 2, 3))
    made.albums.decide(album, made.ids(2), "not")
    assert found(made, Query(photos=tuple(made.ids(0)), album=album)) == [1, 3]
    made.catalog.remove_folder(made.folder_id)
    with pytest.raises(UserError, match="has no photos"):
        found(made, Query(photos=tuple(made.ids(0)), album=album))


def test_an_album_and_a_folder_narrow_it_down_together(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(1, 3))
    asked = tuple(made.ids(0))
    assert found(made, Query(photos=asked, album=album, folder=made.folder)) == [1, 3]
    with pytest.raises(UserError, match=r"The album Album has no photos in .*deeper"):
        found(made, Query(photos=asked, album=album, folder=made.folder / "deeper"))


def test_an_album_that_is_empty_or_not_there_is_told_in_a_sentence(made: GivenPhotos) -> None:
    album = made.albums.create("Album")
    with pytest.raises(UserError, match="The album Album has no photos"):
        found(made, Query(photos=tuple(made.ids(0)), album=album))
    made.albums.remove(album)
    with pytest.raises(UserError, match="no longer there"):
        found(made, Query(photos=tuple(made.ids(0)), album=album))
