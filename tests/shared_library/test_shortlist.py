"""The shortlist: what is ranked is ranked exactly, and what is asked for lies where the head's best photos are."""

from dataclasses import replace

import numpy as np
import pytest

from guie_desktop.arrays import Floats, Keys
from guie_desktop.embedding.general_head import GeneralHead, fit_general_head, identity_head
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.embedding.query_expansion import expanded
from guie_desktop.shared_library.shortlist import Candidates, Lists, direction, search
from tests.heads import some_personal_head

DIMENSION, COUNT, THINGS = 24, 3000, 30


def features_of(count: int = COUNT, seed: int = 0) -> Floats:
    rng = np.random.default_rng(seed)
    centres = np.random.default_rng(99).normal(size=(THINGS, DIMENSION)) + 1
    return (centres[np.arange(count) % THINGS] + 0.4 * rng.normal(size=(count, DIMENSION))).astype(np.float32)


FEATURES = features_of()
GENERAL = fit_general_head(FEATURES)


def paired(*, expands: bool = False, belonging: float = -1.0) -> PairedHead:
    """The personal half takes half of the features' axes, some ten times as much as others; it knows all photos."""
    rng = np.random.default_rng(4)
    matrix = rng.normal(size=(DIMENSION, 12)) * np.geomspace(1, 0.1, 12)
    personal = some_personal_head(
        mean=unit_rows(FEATURES).mean(axis=0),
        matrix=matrix.astype(np.float32),
        bias=np.full(12, 0.01, np.float32),
        centres=unit_rows(rng.normal(size=(3, 12)).astype(np.float32)),
        expands=expands,
        belonging=belonging,
    )
    return PairedHead(GENERAL, personal)


class Listed:
    """Answers as a table would, with a list of so many, and remembers how often it was asked and what was read."""

    def __init__(self, most: int = COUNT) -> None:
        self.most, self.asked = most, 0
        self.read: list[int] = []
        self.lists = Lists(self._nearest, None, self._features)

    def _nearest(self, towards: Floats) -> Keys:
        self.asked += 1
        best: Keys = np.argsort(-(unit_rows(FEATURES) @ towards), kind="stable")[: self.most].astype(np.int64)
        return best

    def _features(self, rows: Keys) -> Candidates:
        self.read += rows.tolist()
        return Candidates(rows, FEATURES[rows].astype(np.float16))


def exact(head: GeneralHead | PairedHead, wanted: Floats, most: int) -> Floats:
    scores: Floats = head.apply(FEATURES.astype(np.float16)) @ wanted
    return np.sort(scores)[::-1][:most]


@pytest.mark.parametrize("head", [GENERAL, identity_head(DIMENSION)], ids=["general", "identity"])
def test_a_general_head_finds_on_a_list_what_comparing_all_finds(head: GeneralHead) -> None:
    for query in features_of(20, seed=1):
        hits = search(query, head, 10, Listed(300).lists)
        assert hits.scores == pytest.approx(exact(head, head.apply(query[np.newaxis])[0], 10), abs=1e-4)
        assert hits.personal == 0


def test_a_photo_of_no_album_is_ranked_by_the_general_head_alone() -> None:
    query, listed = features_of(1, seed=1)[0], Listed()
    hits = search(query, paired(belonging=2.0), 10, listed.lists)
    assert hits.personal == 0
    assert listed.asked == 1
    assert list(hits.rows) == list(search(query, GENERAL, 10, Listed().lists).rows)


def test_a_personal_head_finds_on_a_list_what_comparing_all_finds() -> None:
    head = paired()
    for query in features_of(20, seed=2):
        hits = search(query, head, 10, Listed(600).lists)
        wanted = head.query(head.apply(query[np.newaxis]), np.ones(1, np.float32))[0]
        assert hits.personal == 1
        assert hits.scores[:5] == pytest.approx(exact(head, wanted, 5), abs=1e-4)


def test_a_head_that_expands_is_asked_with_what_came_first() -> None:
    head, query = paired(expands=True), features_of(1, seed=3)
    hits = search(query[0], head, 10, Listed().lists)
    wanted = head.query(head.apply(query), np.ones(1, np.float32))[0]
    embeddings = head.apply(FEATURES.astype(np.float16))
    scores = embeddings @ wanted
    first = np.argsort(-scores, kind="stable")[:3]
    stretch = head.stretch(1.0)
    asked = np.divide(wanted, stretch, out=np.zeros_like(wanted), where=stretch > 0)
    whole = expanded(
        asked[np.newaxis], (embeddings[first] * stretch)[np.newaxis], scores[first][np.newaxis], np.ones(1, np.float32)
    )[0]
    assert hits.scores == pytest.approx(exact(head, whole * stretch, 10), abs=1e-4)


@pytest.mark.parametrize(("belonging", "weight"), [(2.0, 0), (-1.0, 1)], ids=["no album", "albums"])
def test_the_line_is_that_of_the_head_at_the_weight_of_the_query(belonging: float, weight: float) -> None:
    head = replace(paired(belonging=belonging), general=replace(GENERAL, cutoff=0.25))
    hits = search(features_of(1, seed=1)[0], head, 10, Listed().lists)
    assert hits.personal == weight
    assert hits.cutoff == head.cutoff_at(weight)
    assert search(features_of(1, seed=1)[0], head.general, 10, Listed().lists).cutoff == 0.25


def test_each_photo_is_read_and_told_once() -> None:
    listed = Listed(500)
    hits = search(features_of(1, seed=5)[0], paired(expands=True), COUNT, listed.lists)
    assert len(set(hits.rows.tolist())) == len(hits.rows)
    assert len(set(listed.read)) == len(listed.read)


def test_an_empty_table_has_nothing() -> None:
    nothing = Listed(0).lists
    for head in (GENERAL, paired()):
        assert not len(search(FEATURES[0], head, 10, nothing).rows)


def test_the_gradient_and_the_shortest_feature_are_the_two_ends() -> None:
    matrix = np.random.default_rng(6).normal(size=(DIMENSION, 5)).astype(np.float32)
    projection = Projection.of(DIMENSION, matrix=matrix)
    wanted = unit_rows(np.random.default_rng(7).normal(size=(1, 5)).astype(np.float32))[0]
    gradient = matrix @ wanted
    assert direction(projection, wanted, 0) == pytest.approx(gradient / np.linalg.norm(gradient), abs=1e-4)
    shortest = np.linalg.lstsq(matrix.T, wanted, rcond=None)[0]
    assert direction(projection, wanted, 1) == pytest.approx(shortest / np.linalg.norm(shortest), abs=1e-4)
