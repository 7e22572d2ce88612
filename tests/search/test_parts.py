"""What is a part of a photo is found, as one hit with its place; whole photos are found as they are without parts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from guie_desktop.asking import Filter, Hit, Query
from guie_desktop.embedding.parts import PARTS
from guie_desktop.errors import UserError
from guie_desktop.search.part_space import PartSpace
from guie_desktop.search.search_engine import SearchEngine
from tests.scanned import scan
from tests.search.given_photos import GivenPhotos, fan
from tests.search.test_search_engine import GivenBackbone


@pytest.fixture
def made(tmp_path: Path) -> Iterator[GivenPhotos]:
    """Photos at 0, 20, 60 and 90 degrees, a copy of the third (4), and of all but the first parts at other angles."""
    photos = GivenPhotos(tmp_path, fan(0, 20, 60, 90), copies={4: 2})
    photos.look_inside({1: fan(50), 2: fan(80, 2), 3: fan(40)})
    yield photos
    photos.catalog.close()


def hits(made: GivenPhotos, query: Query) -> tuple[Hit, ...]:
    return SearchEngine(made.catalog, GivenBackbone(made.space, made.parts)).answer(query).hits


def found(made: GivenPhotos, query: Query) -> list[tuple[int, int | None]]:
    """Numbers of photos (a copy's is its original's), and which of their parts."""
    parts = [None if hit.box is None else PARTS.index(hit.box) for hit in hits(made, query)]
    return [(made.shows[int(hit.path.stem)], part) for hit, part in zip(hits(made, query), parts, strict=True)]


def test_a_photo_is_found_by_its_best_part_once_with_all_copies(made: GivenPhotos) -> None:
    asked = Query(photos=tuple(made.ids(0)), parts=True)
    assert found(made, asked) == [(2, 1), (1, None), (3, 0)]
    best = hits(made, asked)[0]
    assert best.score == pytest.approx(np.cos(np.radians(2)), abs=0.01)
    assert len(best.places) == 2
    assert found(made, replace(asked, top=1)) == [(2, 1)]


def test_without_parts_nothing_is_different(made: GivenPhotos) -> None:
    assert found(made, Query(photos=tuple(made.ids(0)))) == [(1, None), (2, None), (3, None)]


def test_it_is_told_how_many_photos_were_looked_into(made: GivenPhotos) -> None:
    engine = SearchEngine(made.catalog, GivenBackbone(made.space, made.parts))
    asked = Query(photos=tuple(made.ids(0)))
    assert engine.answer(asked).looked_into == engine.answer(replace(asked, parts=True)).looked_into == 3
    made.parts.store.forget()
    made.parts.clear()
    assert engine.answer(replace(asked, parts=True)).looked_into == 0
    assert found(made, replace(asked, parts=True)) == found(made, asked)


def test_filters_hold_for_parts(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(1, 3))
    asked = Query(photos=tuple(made.ids(0)), parts=True, which=Filter(albums=(album,)))
    assert found(made, asked) == [(1, None), (3, 0)]
    empty = made.albums.create("Empty")
    with pytest.raises(UserError, match="has no photos"):
        found(made, replace(asked, which=Filter(albums=(empty,))))


def test_parts_of_photos_that_are_gone_are_found_no_more(made: GivenPhotos) -> None:
    for number in (2, 4):
        (made.folder / f"{number}.jpg").unlink()
    scan(made.catalog, made.folder_id, made.folder)
    asked = Query(photos=tuple(made.ids(0)), parts=True)
    assert found(made, asked) == [(1, None), (3, 0)]
    for rows in (made.space, made.parts):
        for _ in rows.reconcile():
            pass
    assert made.parts.photos == 2
    assert found(made, asked) == [(1, None), (3, 0)]


def test_parts_are_saved_beside_the_photos_and_come_back(made: GivenPhotos, tmp_path: Path) -> None:
    vectors = tmp_path / "vectors"
    for rows in (made.space, made.parts):
        rows.save(vectors)
        rows.forget_others(vectors)
    assert len(list(vectors.glob("*.usearch"))) == 2
    again = PartSpace.load(made.parts.head, "0", made.parts.store, vectors)
    assert (again.photos, again.is_saved) == (3, True)
    assert PartSpace.load(made.parts.head, "1", made.parts.store, vectors).photos == 0


def test_what_parts_gain_by_being_many_is_taken_off(tmp_path: Path) -> None:
    """Random photos with random parts: without a correction nearly all would be found by a part."""
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(60, 8)).astype(np.float32)
    made = GivenPhotos(tmp_path, rows / np.linalg.norm(rows, axis=1, keepdims=True))
    made.look_inside({number: rng.normal(size=(len(PARTS), 8)).astype(np.float32) for number in range(60)})
    asked = tuple(made.ids(0))
    boxes = [hit.box for hit in hits(made, Query(photos=asked, parts=True, top=100))]
    gain = made.parts.gain(made.space, 0.0)
    whole, parts = (sum((box is None) == is_whole for box in boxes) for is_whole in (True, False))
    assert gain > 0.4
    assert abs(whole - parts) < 30
    made.catalog.close()
