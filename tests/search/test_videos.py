"""A video is found by its frames, once, by the best of them; what is decided of it is decided of all of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from guie_desktop.asking import Answer, Filter, Query
from guie_desktop.search.search_engine import SearchEngine
from tests.scanned import scan
from tests.search.given_photos import GivenPhotos, fan
from tests.search.test_search_engine import GivenBackbone


@pytest.fixture
def made(tmp_path: Path) -> Iterator[GivenPhotos]:
    """Photos at 0, 10 and 60 degrees, a video (3) at 90, 30 and 5 after 0, 1 and 2 seconds, and a copy of it (6)."""
    photos = GivenPhotos(tmp_path, fan(0, 10, 60, 90, 30, 5), copies={6: 3}, videos={3: [4, 5]})
    yield photos
    photos.catalog.close()


def answer(made: GivenPhotos, query: Query) -> Answer:
    return SearchEngine(made.catalog, GivenBackbone(made.space, made.parts)).answer(query)


def found(made: GivenPhotos, query: Query) -> list[tuple[int, int | None]]:
    """Numbers of the photos, and milliseconds where one is a video."""
    hits = answer(made, query).hits
    return [(int(hit.path.stem), None if hit.frame is None else hit.frame.moment) for hit in hits]


def test_a_video_is_one_hit_by_its_best_frame(made: GivenPhotos) -> None:
    assert found(made, Query(photos=tuple(made.ids(0)))) == [(3, 2000), (1, None), (2, None)]
    assert found(made, Query(photos=tuple(made.ids(0)), top=2)) == [(3, 2000), (1, None)]
    assert len(answer(made, Query(photos=tuple(made.ids(0)))).hits[0].places) == 2


def test_it_is_looked_for_by_its_first_frame_or_the_one_that_is_meant(made: GivenPhotos) -> None:
    (video,) = made.ids(3)
    assert found(made, Query(photos=(video,)))[0] == (6, 0)  # its copy
    both = tuple(made.ids(3, 6))
    assert found(made, Query(photos=both)) == [(2, None), (1, None), (0, None)]
    assert found(made, Query(photos=both, moment=2000)) == [(1, None), (0, None), (2, None)]
    assert found(made, Query(photos=both, moment=777)) == found(made, Query(photos=both))


def test_a_scope_has_all_frames(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(2, 3))
    asked = tuple(made.ids(0))
    assert found(made, Query(photos=asked, which=Filter(albums=(album,)))) == [(3, 2000), (2, None)]
    assert found(made, Query(photos=asked, which=Filter(folder=made.folder))) == [(3, 2000), (1, None), (2, None)]


def test_what_is_in_an_album_is_not_suggested_by_another_frame(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(0))
    assert made.suggested(album)[:2] == [3, 1]
    made.albums.decide(album, made.ids(3), "not")
    assert 3 not in made.suggested(album)
    made.albums.decide(album, made.ids(3), "member")
    assert made.suggested(album) == [1, 2]


def test_the_frames_of_a_video_that_is_gone_are_found_no_more(made: GivenPhotos) -> None:
    for number in (3, 6):
        (made.folder / f"{number}.mp4").unlink()
    scan(made.catalog, made.folder_id, made.folder)
    for _ in made.space.reconcile():
        pass
    assert found(made, Query(photos=tuple(made.ids(0)))) == [(1, None), (2, None)]
    assert len(made.space.index) == 3


def test_damage_in_one_frame_has_the_video_read_again(made: GivenPhotos) -> None:
    store = made.space.features
    (of_last_frame,) = [key for key, showing in shown_by(made).items() if showing == 2000]
    store.discard([of_last_frame])
    waiting = made.catalog.pending("backbone")
    assert {one.path.name for one in waiting} == {"3.mp4", "6.mp4"}


def test_pixels_that_come_out_otherwise_take_all_frames_along(made: GivenPhotos) -> None:
    made.space.features.forget([b"content 3"])
    assert len(made.space.features.live_ids()) == 3


def shown_by(made: GivenPhotos) -> dict[int, int | None]:
    keys = [int(key) for key in made.space.features.live_ids()]
    showing = made.catalog.photos_showing(keys)
    return {key: None if one.frame is None else one.frame.moment for key, one in showing.items()}
