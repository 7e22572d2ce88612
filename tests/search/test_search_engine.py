"""Where a query is answered from: the whole library, a folder, an album, or what is in both."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guie_desktop.arrays import Feature
from guie_desktop.asking import Filter, Query
from guie_desktop.domain import Region
from guie_desktop.errors import UserError
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.search import query_vector
from guie_desktop.search.known_words import KnownWords
from guie_desktop.search.part_space import PartSpace
from guie_desktop.search.query_vector import SearchableText, Withdrawn
from guie_desktop.search.search_engine import SearchEngine
from guie_desktop.search.space import Space
from tests.scanned import scan
from tests.search.given_photos import GivenPhotos, fan


@dataclass
class GivenBackbone:
    """A backbone of which nothing but its features is wanted."""

    space: Space
    parts: PartSpace
    name: str = "given"
    title: str = "Given"

    def ready_text_search(self) -> SearchableText | KnownWords:
        raise NotImplementedError

    def embed_file(self, path: Path, region: Region | None = None, moment: int | None = None) -> Feature:
        raise NotImplementedError


@pytest.fixture
def made(tmp_path: Path) -> Iterator[GivenPhotos]:
    """Photos at 0, 5, 10, 25 and 42 degrees, and a second copy of the one at 10, which is number 5."""
    photos = GivenPhotos(tmp_path, fan(0, 5, 10, 25, 42), copies={5: 2})
    yield photos
    photos.catalog.close()


def found(made: GivenPhotos, query: Query) -> list[int]:
    answer = SearchEngine(made.catalog, GivenBackbone(made.space, made.parts)).answer(query)
    return [int(hit.path.stem) for hit in answer.hits]


def test_only_photos_of_the_album_are_found_the_nearest_first(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(4, 3, 5))
    asked = tuple(made.ids(0))
    assert found(made, Query(photos=asked, which=Filter(albums=(album,)))) == [
        5,
        3,
        4,
    ]  # and not 2, which is a copy of 5
    assert found(made, Query(photos=asked, which=Filter(albums=(album,)), top=2)) == [5, 3]
    assert found(made, Query(photos=tuple(made.ids(3)), which=Filter(albums=(album,)))) == [5, 4]


def test_a_refused_or_vanished_photo_is_not_in_the_album(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(1, 2, 3))
    made.albums.decide(album, made.ids(2), "not")
    assert found(made, Query(photos=tuple(made.ids(0)), which=Filter(albums=(album,)))) == [1, 3]
    made.catalog.remove_folder(made.folder_id)
    with pytest.raises(UserError, match="has no photos"):
        found(made, Query(photos=tuple(made.ids(0)), which=Filter(albums=(album,))))


def test_an_album_and_a_folder_narrow_it_down_together(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(1, 3))
    asked = tuple(made.ids(0))
    assert found(made, Query(photos=asked, which=Filter(folder=made.folder, albums=(album,)))) == [1, 3]
    with pytest.raises(UserError, match=r"The album Album has no photos in .*deeper"):
        found(made, Query(photos=asked, which=Filter(folder=made.folder / "deeper", albums=(album,))))


def test_photos_that_are_shown_and_not_embedded_yet_are_told_as_such(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(1, 3))
    asked = tuple(made.ids(0))
    made.space.features.discard([int(key) for key in made.space.features.live_ids()[1:]])
    for _ in made.space.reconcile():
        pass
    with pytest.raises(UserError, match="The photos of the album Album cannot be searched yet"):
        found(made, Query(photos=asked, which=Filter(albums=(album,))))
    with pytest.raises(UserError, match="cannot be searched yet"):
        made.suggested(album)


def test_an_album_that_is_empty_or_not_there_is_told_in_a_sentence(made: GivenPhotos) -> None:
    album = made.albums.create("Album")
    with pytest.raises(UserError, match="The album Album has no photos"):
        found(made, Query(photos=tuple(made.ids(0)), which=Filter(albums=(album,))))
    made.albums.remove(album)
    with pytest.raises(UserError, match="no longer there"):
        found(made, Query(photos=tuple(made.ids(0)), which=Filter(albums=(album,))))


# --- one hit for all copies of a photo


@pytest.fixture
def linked(tmp_path: Path) -> Iterator[GivenPhotos]:
    """At 0 degrees 4, its copy 6, its hard link 7 and 0, a link to it; at 4, 10 and 25 the others; 8 is a copy of 2."""
    photos = GivenPhotos(tmp_path, fan(90, 4, 10, 25, 0), copies={6: 4, 7: 4, 8: 2})
    for number, link in ((0, Path.symlink_to), (7, Path.hardlink_to)):
        path = photos.folder / f"{number}.jpg"
        path.unlink()
        link(path, photos.folder / "4.jpg")
    photos.bring_up_to_date()
    yield photos
    photos.catalog.close()


def shown(made: GivenPhotos, query: Query) -> list[tuple[int, set[int]]]:
    """Of each hit the photo that is shown, and the others."""
    answer = SearchEngine(made.catalog, GivenBackbone(made.space, made.parts)).answer(query)
    assert [made.ids(int(hit.path.stem)) for hit in answer.hits] == [[hit.photo_id] for hit in answer.hits]
    numbers = [[int(place.stem) for place in hit.places] for hit in answer.hits]
    assert all(len(set(several)) == len(several) for several in numbers)
    return [(first, set(others)) for first, *others in numbers]


def test_copies_hard_links_and_links_are_one_hit_and_count_once(linked: GivenPhotos) -> None:
    asked = tuple(linked.ids(1))
    first, *others = shown(linked, Query(photos=asked, top=3))
    assert first[0] in (4, 6, 7)  # not the link
    assert {first[0]} | first[1] == {0, 4, 6, 7}
    assert others in ([(2, {8}), (3, set())], [(8, {2}), (3, set())])
    assert shown(linked, Query(photos=asked, top=1)) == [first]


def test_a_photo_that_is_looked_for_does_not_hide_its_copies(linked: GivenPhotos) -> None:
    ids = linked.ids
    for query in (Query(photos=tuple(ids(4, 6)), top=2), Query(images=(linked.folder / "6.jpg",), top=2)):
        hit, following = shown(linked, query)
        assert hit[0] == 7 if query.photos else hit[0] in (4, 7)
        assert {hit[0]} | hit[1] == {0, 4, 6, 7}
        assert following == (1, set())
    assert shown(linked, Query(photos=tuple(ids(4, 6, 7)), top=1)) == [(0, {4, 6, 7})]
    # Where all copies are looked for there is nothing left to show of them.
    assert shown(linked, Query(photos=tuple(ids(0, 4, 6, 7)), top=1)) == [(1, set())]


def test_only_places_in_the_scope_are_told(linked: GivenPhotos) -> None:
    album = linked.albums.create("Album", linked.ids(0, 6, 3))
    asked = tuple(linked.ids(1))
    assert shown(linked, Query(photos=asked, which=Filter(albums=(album,)))) == [(6, {0}), (3, set())]
    (linked.folder / "6.jpg").unlink()
    linked.bring_up_to_date()
    assert shown(linked, Query(photos=asked, which=Filter(albums=(album,)))) == [(0, set()), (3, set())]


def test_a_copy_that_waits_to_be_read_again_is_not_the_one_that_is_shown(linked: GivenPhotos) -> None:
    for number in (2, 8):
        path = linked.folder / f"{number}.jpg"
        was = path.read_text()
        path.write_text("another content")
        scan(linked.catalog, linked.folder_id, linked.folder)
        assert shown(linked, Query(photos=tuple(linked.ids(1)), top=2))[1] == (10 - number, {number})
        path.write_text(was)
        linked.bring_up_to_date()


# --- many examples


def test_a_photo_that_is_asked_for_twice_counts_once(made: GivenPhotos) -> None:
    twice = tuple(made.ids(0, 4, 4, 4))
    assert found(made, Query(photos=twice)) == found(made, Query(photos=tuple(made.ids(0, 4))))


@given(numbers=st.sets(st.integers(0, 39), min_size=1, max_size=39), at_once=st.integers(1, 50))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
def test_many_photos_are_their_mean_however_many_are_read_together(
    spread: GivenPhotos, numbers: set[int], at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = fan(*range(0, 80, 2))
    likeness = rows @ rows[sorted(numbers)].mean(axis=0)
    monkeypatch.setattr(query_vector, "FEATURES_AT_ONCE", at_once)
    answer = found(spread, Query(photos=tuple(spread.ids(*sorted(numbers)))))
    assert sorted(answer) == sorted(set(range(40)) - numbers)
    # As features are kept, which is in half precision.
    assert all(likeness[one] >= likeness[other] - 1e-3 for one, other in pairwise(answer))


@pytest.fixture
def spread(tmp_path: Path) -> Iterator[GivenPhotos]:
    """40 photos, two degrees apart."""
    photos = GivenPhotos(tmp_path, fan(*range(0, 80, 2)))
    yield photos
    photos.catalog.close()


def test_photos_that_are_not_read_yet_are_told_where_they_are_many(
    made: GivenPhotos, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query_vector, "READ_FOR_A_QUERY", 1)
    asked = tuple(made.ids(0, 1, 3))
    FeatureStore(made.catalog, "backbone").forget([b"content 1", b"content 3"])
    with pytest.raises(UserError, match="2 of these photos have not been read yet"):
        found(made, Query(photos=asked))


def test_photos_that_are_gone_from_the_library_are_told(made: GivenPhotos) -> None:
    with pytest.raises(UserError, match="This photo is no longer in the library"):
        found(made, Query(photos=(12_345,)))
    with pytest.raises(UserError, match="1 of these photos is no longer in the library"):
        found(made, Query(photos=(12_345, *made.ids(0))))
    with pytest.raises(UserError, match="2 of these photos are no longer in the library"):
        found(made, Query(photos=(12_345, 12_346, *made.ids(0))))


def test_a_query_ends_as_soon_as_nobody_waits_for_it(made: GivenPhotos) -> None:
    asked = [0]

    def goes_on() -> bool:
        asked[0] += 1
        return asked[0] < 2

    engine = SearchEngine(made.catalog, GivenBackbone(made.space, made.parts))
    with pytest.raises(Withdrawn):
        engine.answer(Query(photos=tuple(made.ids(0))), goes_on)
    assert asked == [2]
