"""What is suggested for an album, against the nearest neighbours computed one by one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.errors import UserError
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.search.space import Space
from guie_desktop.search.suggestions import suggest
from tests.scanned import scan
from tests.search.given_photos import DIMENSION, GivenPhotos, fan
from tests.search.large import make_little_too_much


@pytest.fixture
def made(tmp_path: Path) -> Iterator[GivenPhotos]:
    """Photos at 0, 5, 10, 25, 40, 60 and 90 degrees, and a second copy of the one at 10, which is number 7."""
    photos = GivenPhotos(tmp_path, fan(0, 5, 10, 25, 40, 60, 90), copies={7: 2})
    yield photos
    photos.catalog.close()


def test_the_nearest_to_any_member_come_first(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(0, 5))
    assert made.suggested(album) == [1, 2, 4, 3, 6]
    hits = suggest(made.catalog, made.space, album, 2).hits
    assert [hit.rank for hit in hits] == [1, 2]
    assert hits[0].score == pytest.approx(np.cos(np.radians(5)), abs=2e-3)
    assert hits[0].photo_id == made.ids(1)[0]


def test_another_copy_of_what_was_decided_is_not_suggested(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(0, 7))
    made.albums.decide(album, made.ids(6), "not")
    assert made.suggested(album) == [1, 3, 4]


def test_copies_are_suggested_once_and_all_their_places_are_told(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(0))
    hit = suggest(made.catalog, made.space, album, 2).hits[1]
    assert {place.name for place in hit.places} == {"2.jpg", "7.jpg"}
    assert [hit.photo_id] == made.ids(int(hit.path.stem))
    made.albums.decide(album, made.ids(7), "not")
    made.albums.decide(album, made.ids(2), "member")  # which goes over what was said of its copy
    assert made.suggested(album) == [1, 3, 4, 5, 6]
    assert made.catalog.verdicts(album) == dict.fromkeys(made.ids(0, 2, 7), "member")


def test_what_is_nearer_to_a_refused_photo_than_to_any_member_is_left_out(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(0))
    made.albums.decide(album, made.ids(4), "not")
    assert made.suggested(album) == [1, 2]
    made.albums.decide(album, made.ids(4), None)
    assert made.suggested(album) == [1, 2, 3, 4, 5, 6]


def test_what_is_in_an_album_that_is_kept_apart_from_this_one_comes_last(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(0))
    apart = made.albums.create("Apart", made.ids(2, 3))
    assert made.suggested(album) == [1, 4, 5, 6, 2, 3]
    assert made.suggested(album, 5) == [1, 4, 5, 6, 2]
    assert made.suggested(album, 3) == [1, 4, 5]
    made.albums.decide(apart, made.ids(3), "not")
    assert made.suggested(album) == [1, 3, 4, 5, 6, 2]
    made.albums.decide(apart, made.ids(0), "member")  # both have it: what the other one has may belong here, too
    assert made.suggested(album) == [1, 2, 3, 4, 5, 6]
    made.albums.decide(apart, made.ids(0), None)
    made.albums.remove(apart)
    assert made.suggested(album) == [1, 2, 3, 4, 5, 6]


def test_what_vanished_is_not_suggested_and_another_copy_stands_for_it(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(0))
    for number in (1, 2):
        (made.folder / f"{number}.jpg").unlink()
    scan(made.catalog, made.folder_id, made.folder)
    assert made.suggested(album, 3) == [2, 3, 4]


def test_only_what_passes_the_cut_off_counts_as_similar(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(0))
    head = made.space.head
    assert isinstance(head, GeneralHead)
    made.space.head = replace(head, cutoff=0.9)
    similar = [hit.similar for hit in suggest(made.catalog, made.space, album, 60).hits]
    assert similar == [True, True, True, False, False, False]


def test_an_album_with_nothing_to_go_by_is_told_in_a_sentence(made: GivenPhotos) -> None:
    empty = made.albums.create("Empty")
    with pytest.raises(UserError, match="no photos to go by"):
        made.suggested(empty)
    with pytest.raises(UserError, match="no longer there"):
        made.suggested(999)


def test_an_album_whose_photos_are_not_embedded_yet_is_told_so(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(0))
    other = Space(made.space.head, "0", FeatureStore(made.catalog, "another backbone"))
    with pytest.raises(UserError, match="cannot be searched yet"):
        suggest(made.catalog, other, album, 5)


def test_everything_may_be_in_the_album(made: GivenPhotos) -> None:
    assert made.suggested(made.albums.create("All", made.ids(*range(8)))) == []


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32), members=st.integers(1, 25), refused=st.integers(0, 10), is_large=st.booleans())
def test_it_agrees_with_a_comparison_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, seed: int, members: int, refused: int, is_large: bool
) -> None:
    rng = np.random.default_rng(seed)
    rows = unit_rows(rng.normal(size=(60, DIMENSION)).astype(np.float32))
    photos = GivenPhotos(tmp_path_factory.mktemp("photos"), rows)
    shuffled = [int(number) for number in rng.permutation(60)]
    inside, unwanted = shuffled[:members], shuffled[members : members + refused]
    album = photos.albums.create("Album", photos.ids(*inside))
    photos.albums.decide(album, photos.ids(*unwanted), "not")
    stored = rows.astype(np.float16).astype(np.float32)
    nearest = (stored @ stored[inside].T).max(axis=1)
    nearest_unwanted = (stored @ stored[unwanted].T).max(axis=1, initial=-1)
    with pytest.MonkeyPatch.context() as patched:
        if is_large:
            make_little_too_much(patched, photos.space.index)
        found = suggest(photos.catalog, photos.space, album, 60).hits
    photos.catalog.close()
    scores = {int(hit.path.stem): hit.score for hit in found}
    close = 2e-3  # what float16 leaves open
    for number in range(60):
        wanted = nearest[number] - nearest_unwanted[number]
        if number in inside + unwanted or wanted < -close:
            assert number not in scores
        elif wanted > close:
            assert scores[number] == pytest.approx(nearest[number], abs=close)
    assert list(scores.values()) == sorted(scores.values(), reverse=True)


# --- from a few members on, in a library that is not small


@pytest.fixture
def sorted_library(tmp_path: Path) -> Iterator[GivenPhotos]:
    """Twelve photos of each of ten kinds, photo n being of kind n // 12; the kinds 0 and 1 have much in common."""
    rng = np.random.default_rng(5)
    centres = rng.normal(size=(10, 24))
    centres[1] = 0.7 * centres[0] + 0.5 * centres[1]
    rows = np.repeat(centres, 12, axis=0) + 0.35 * rng.normal(size=(120, 24))
    photos = GivenPhotos(tmp_path, unit_rows(rows.astype(np.float32)), copies={200: 5, 201: 8})
    yield photos
    photos.catalog.close()


def test_the_likely_come_first_with_how_likely_they_are_and_about_how_many_are_left(
    sorted_library: GivenPhotos,
) -> None:
    made = sorted_library
    album = made.albums.create("Album", made.ids(0, 1, 2, 3))
    found = suggest(made.catalog, made.space, album, 60)
    chances = [hit.probability for hit in found.hits]
    assert chances == sorted(chances, key=lambda chance: -(chance or 0))
    assert {made.shows[int(hit.path.stem)] for hit in found.hits[:6]} <= set(range(12))
    assert found.left == pytest.approx(8, abs=8)  # of 116; those of the other kind are hard to tell yet


def test_the_queue_ends_when_about_nobody_is_left(sorted_library: GivenPhotos) -> None:
    made = sorted_library
    album = made.albums.create("Album", made.ids(0, 1, 2, 3))
    asked = 0
    while hits := suggest(made.catalog, made.space, album, 1).hits:
        asked += 1
        number = made.shows[int(hits[0].path.stem)]
        made.albums.decide(album, [hits[0].photo_id], "member" if number < 12 else "not")
    inside = {number for number in range(12) if made.catalog.verdicts(album).get(made.ids(number)[0]) == "member"}
    assert inside == set(range(12))
    assert asked < 40  # of 116
    left = suggest(made.catalog, made.space, album, 1).left
    assert left is not None
    assert left < 0.5


def test_what_was_refused_is_learned_from(sorted_library: GivenPhotos) -> None:
    made = sorted_library
    album = made.albums.create("Album", made.ids(0, 1, 2, 3))
    before = suggest(made.catalog, made.space, album, 60).hits
    alike = [hit for hit in before if 12 <= made.shows[int(hit.path.stem)] < 24]
    made.albums.decide(album, made.ids(12, 13, 14), "not")
    after = {hit.photo_id: hit.probability or 0 for hit in suggest(made.catalog, made.space, album, 60).hits}
    assert alike
    assert all(after.get(hit.photo_id, 0) < (hit.probability or 0) for hit in alike)


def test_copies_are_asked_of_once_and_what_is_kept_apart_comes_last_there_too(sorted_library: GivenPhotos) -> None:
    made = sorted_library
    album = made.albums.create("Album", made.ids(0, 1, 2, 3))
    found = made.suggested(album)
    assert len(found) == len(set(found))
    made.albums.create("Apart", made.ids(5, 6))
    kept_apart = made.suggested(album)
    assert set(kept_apart) >= {5, 6}
    assert set(kept_apart[-2:]) <= {5, 6}
    made.albums.decide(album, made.ids(200), "member")  # a copy of 5
    assert 5 not in made.suggested(album)


def test_two_members_say_nothing_of_how_many_are_left(sorted_library: GivenPhotos) -> None:
    made = sorted_library
    album = made.albums.create("Album", made.ids(0, 1))
    assert suggest(made.catalog, made.space, album, 5).left is None
    assert suggest(made.catalog, made.space, album, 5).hits[0].probability is None


def test_of_a_likely_video_its_best_frame_alone_is_asked_of(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    rows = np.repeat(rng.normal(size=(10, 24)), 12, axis=0) + 0.35 * rng.normal(size=(120, 24))
    made = GivenPhotos(tmp_path, unit_rows(rows.astype(np.float32)), videos={10: [11]})
    album = made.albums.create("Album", made.ids(0, 1, 2, 3))
    suggested = made.suggested(album)
    assert suggested.count(10) == 1
    made.catalog.close()
