"""Yes and no on hits: the query is bent, and never for the worse as far as the judged photos can tell."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guie_desktop.arrays import Floats
from guie_desktop.asking import Query
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.search.feedback import Said, average_precision, bent
from guie_desktop.search.search_engine import SearchEngine
from guie_desktop.search.space import Spread
from tests.search.given_photos import DIMENSION, GivenPhotos
from tests.search.test_search_engine import GivenBackbone

KIND = np.eye(DIMENSION, dtype=np.float32)


def kinds(*mixtures: tuple[float, ...]) -> Floats:
    """Unit rows: so much of the first axis, of the second, and so on."""
    rows = np.zeros((len(mixtures), DIMENSION), np.float32)
    for row, mixture in zip(rows, mixtures, strict=True):
        row[: len(mixture)] = mixture
    return unit_rows(rows)


def found(made: GivenPhotos, query: Query) -> list[int]:
    answer = SearchEngine(made.catalog, GivenBackbone(made.space, made.parts)).answer(query)
    return [made.shows[int(hit.path.stem)] for hit in answer.hits]


@pytest.fixture
def made(tmp_path: Path) -> GivenPhotos:
    """Photo 0 is of a first thing; 1, 3 and 5 have a second thing, too, and 2, 4 and 6 a third one."""
    two = [(1.0, a, 0.0) for a in (0.50, 0.60, 0.70)]
    three = [(1.0, 0.0, a) for a in (0.55, 0.65, 0.75)]
    rows = kinds((1.0,), *(row for pair in zip(two, three, strict=True) for row in pair), (0, 0, 0, 1), (0, 0, 0, 0, 1))
    return GivenPhotos(tmp_path, rows, copies={20: 5})


def test_yes_and_no_bring_what_is_like_them_forward_and_back(made: GivenPhotos) -> None:
    asked = tuple(made.ids(0))
    assert found(made, Query(photos=asked))[:6] == [1, 2, 3, 4, 5, 6]
    said = Query(photos=asked, liked=tuple(made.ids(1)), disliked=tuple(made.ids(2)))
    assert found(made, said)[:3] == [1, 3, 5]
    assert found(made, Query(photos=asked, liked=tuple(made.ids(2)), disliked=tuple(made.ids(1))))[:3] == [2, 4, 6]


def test_the_scores_stay_within_those_of_a_plain_query(made: GivenPhotos) -> None:
    engine = SearchEngine(made.catalog, GivenBackbone(made.space, made.parts))
    said = Query(photos=tuple(made.ids(0)), liked=tuple(made.ids(1)), disliked=tuple(made.ids(2)))
    hits = engine.answer(said).hits
    assert all(-1 <= hit.score <= 1 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert {hit.probability for hit in hits} == {None}


def test_what_was_said_of_a_copy_counts_once_and_what_is_gone_says_nothing(made: GivenPhotos) -> None:
    asked = tuple(made.ids(0))
    once = found(made, Query(photos=asked, liked=tuple(made.ids(5))))
    assert found(made, Query(photos=asked, liked=tuple(made.ids(5, 20)))) == once
    assert found(made, Query(photos=asked, liked=(987_654,))) == found(made, Query(photos=asked))


def test_a_video_is_judged_by_the_frame_that_was_found(tmp_path: Path) -> None:
    rows = kinds((1.0,), (0, 0, 0, 1.0), (1.0, 0.6), (1.0, 0, 0.55), (1.0, 0.7), (1.0, 0, 0.65))
    made = GivenPhotos(tmp_path, rows, videos={1: [2]})
    plain = Query(photos=tuple(made.ids(0)))
    assert found(made, plain)[:4] == [3, 1, 5, 4]
    said = Query(photos=plain.photos, liked=tuple(made.ids(1)))
    assert found(made, said)[:2] == [1, 4]


@settings(deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_what_was_said_yes_to_alone_scores_no_less_than_before(seed: int, like_query: bool) -> None:
    # A photo far from the query as well: what is said of it must not speak against it.
    rng = np.random.default_rng(seed)
    query, liked = unit_rows(np.abs(rng.normal(size=(2, DIMENSION))).astype(np.float32) ** 3)
    said = Said(liked[np.newaxis], np.ones(1, bool))
    round_library = Spread(np.eye(DIMENSION, dtype=np.float32), np.eye(DIMENSION, dtype=np.float32))
    assert liked @ bent(query, said, round_library, like_query=like_query) >= liked @ query - 1e-4


def test_where_the_judged_contradict_each_other_the_query_stays_as_it_is() -> None:
    # Each yes is beside a no: what the others say of a photo is always the wrong thing, and the query knows it better.
    query = KIND[0]
    pairs = [(0.9, 0.3, 0.3), (0.8, -0.3, 0.3), (0.7, 0.3, -0.3), (0.6, -0.3, -0.3)]
    liked = kinds(*pairs)
    rows = np.concatenate([liked, unit_rows(liked - 0.15 * KIND[0])])
    said = Said(rows, np.arange(8) < 4)
    round_library = Spread(np.eye(DIMENSION, dtype=np.float32), np.eye(DIMENSION, dtype=np.float32))
    assert average_precision(rows @ query, said.liked) > 0.7
    assert np.array_equal(bent(query, said, round_library), query)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 12), st.booleans())
def test_a_bent_query_has_scores_of_the_same_kind_whatever_was_said(seed: int, count: int, like_query: bool) -> None:
    rng = np.random.default_rng(seed)
    rows = unit_rows(rng.normal(size=(count, DIMENSION)).astype(np.float32))
    rows[rng.integers(count)] = rows[0]  # the same picture may be judged twice, and both ways
    said = Said(rows, rng.random(count) < 0.5)
    query = unit_rows(rng.normal(size=(1, DIMENSION)).astype(np.float32))[0]
    mixed = rng.normal(size=(DIMENSION, 3)).astype(np.float32) * np.float32(rng.random())
    covariance: Floats = mixed @ mixed.T + np.diag(np.full(DIMENSION, 0.1, np.float32))
    wanted = bent(query, said, Spread(covariance, np.linalg.inv(covariance)), like_query=like_query)
    assert wanted.dtype == np.float32
    length, (width, before) = np.linalg.norm(wanted), (np.sqrt(one @ covariance @ one) for one in (wanted, query))
    assert length * width == pytest.approx(before, rel=1e-3)


def test_average_precision_is_that_of_the_textbook() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.6], np.float32)
    assert average_precision(scores, np.array([True, False, True, False])) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(scores, np.zeros(4, bool)) == 1
