"""The figures of a study are those of the measure, for each domain alone and in one index of all."""

from pathlib import Path

import numpy as np
import pytest

from guie_desktop.embedding.projection import unit_rows
from guie_desktop.errors import UserError
from guie_desktop.learning.testing.evaluation import evaluate
from guie_desktop.study.evaluation.evaluating import evaluate_study
from guie_desktop.study.evaluation.figures import Evaluation
from guie_desktop.study.evaluation.rankings import baseline_ranking
from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.study_folder import StudyFolder
from tests.running import finish
from tests.study.evaluation.rows import at, write_study
from tests.study.made_study import BACKBONE, make_study


def evaluated(folder: StudyFolder) -> Evaluation:
    features = StudyFeatures(folder, BACKBONE)
    return finish(evaluate_study(features, baseline_ranking("raw", features).embed))[0]


def test_figures_are_those_of_all_scores_at_once(tmp_path: Path) -> None:
    folder = make_study(tmp_path, ("toys", "cars", "art"), noise=1.5, per_class=9)
    features = StudyFeatures(folder, BACKBONE)
    told = evaluated(folder)
    rows = features.manifest.rows.to_pylist()
    parts = {split: list(features.scan(split)) for split in ("query", "index")}
    places = {split: np.concatenate([part.places for part in of]) for split, of in parts.items()}
    vectors = {
        split: unit_rows(np.concatenate([part.features for part in of]).astype(np.float32))
        for split, of in parts.items()
    }
    labels = {split: np.array([rows[place]["label"] for place in of]) for split, of in places.items()}
    domains = {split: np.array([rows[place]["domain"] for place in of]) for split, of in places.items()}
    for one in told.domains:
        asked, own = domains["query"] == one.domain, domains["index"] == one.domain
        for figures, among in ((one.separate, own), (one.merged, np.ones_like(own))):
            scores = vectors["query"][asked] @ vectors["index"][among].T
            expected = evaluate(
                scores.__getitem__,
                labels["index"][among].tolist(),
                labels["query"][asked].tolist(),
            )
            assert figures.mmp5.mean == pytest.approx(expected.mmp5, abs=1e-6)
            assert figures.p1.mean == pytest.approx(expected.p1, abs=1e-6)
            assert figures.mmp5.low <= figures.mmp5.mean <= figures.mmp5.high
            assert (one.queries, one.unmatched) == (expected.queries, 0)
        assert (one.classes, one.index) == (6, own.sum())
    for name in ("separate", "merged"):
        of_domains = [getattr(one, name).mmp5.mean for one in told.domains]
        assert getattr(told, name).mmp5.mean == pytest.approx(np.mean(of_domains))
    assert told.every_query.mmp5.mean == pytest.approx(told.merged.mmp5.mean)  # all domains have as many queries
    assert told.unread == 0


def test_one_in_the_index_found_at_rank_two_scores_nothing(tmp_path: Path) -> None:
    folder = write_study(
        tmp_path,
        [
            ("toys", "bear", "query", at(0)),
            ("toys", "bear", "index", at(20)),
            ("toys", "ball", "index", at(10)),
        ],
    )
    told = evaluated(folder)
    assert told.merged.mmp5.mean == told.merged.p1.mean == 0.0
    assert told.domains[0].queries == 1


def test_what_lies_in_another_domain_is_in_the_way_in_the_merged_index_alone(tmp_path: Path) -> None:
    folder = write_study(
        tmp_path,
        [
            ("toys", "bear", "query", at(0)),
            ("toys", "bear", "index", at(20)),
            ("cars", "van", "query", at(90)),
            ("cars", "van", "index", at(10)),
        ],
    )
    cars, toys = evaluated(folder).domains
    assert (toys.separate.mmp5.mean, toys.merged.mmp5.mean) == (1.0, 0.0)
    assert (cars.separate.mmp5.mean, cars.merged.mmp5.mean) == (1.0, 0.0)


def test_of_a_domain_without_queries_each_photo_is_one_among_the_others(tmp_path: Path) -> None:
    folder = write_study(
        tmp_path,
        [
            ("cars", "van", "index", at(0)),
            ("cars", "van", "index", at(10)),
            ("cars", "bus", "index", at(90)),
            ("cars", "bus", "index", at(100)),
            ("cars", "tram", "index", at(200)),
            ("toys", "bear", "query", at(300)),
            ("toys", "bear", "index", at(310)),
        ],
    )
    cars, toys = evaluated(folder).domains
    assert (cars.queries, cars.unmatched, cars.classes, cars.index) == (4, 1, 2, 5)
    assert cars.separate.mmp5.mean == cars.merged.p1.mean == 1.0
    assert (toys.queries, toys.index) == (1, 1)


def test_domains_that_have_nothing_to_find_are_no_part_of_the_mean(tmp_path: Path) -> None:
    folder = write_study(
        tmp_path,
        [
            ("cars", "van", "query", at(0)),
            ("cars", "van", "index", at(10)),
            ("cars", "van", "query", None),
            ("toys", "bear", "query", at(300)),
            ("art", "statue", "train", at(200)),
        ],
    )
    told = evaluated(folder)
    cars, toys = told.domains
    assert (toys.queries, toys.unmatched, toys.index) == (0, 1, 0)
    assert told.merged.mmp5.mean == cars.merged.mmp5.mean == 1.0
    assert told.unread == 1


def test_a_domain_counts_as_much_as_another_and_a_query_as_another(tmp_path: Path) -> None:
    rows = [("cars", f"car {number}", "query", at(40 * number)) for number in range(3)]
    rows += [("cars", f"car {number}", "index", at(40 * number + 1)) for number in range(3)]
    folder = write_study(
        tmp_path,
        [
            *rows,
            ("toys", "bear", "query", at(200)),
            ("toys", "bear", "index", at(230)),
            ("toys", "ball", "index", at(210)),
        ],
    )
    told = evaluated(folder)
    assert told.separate.mmp5.mean == pytest.approx(0.5)
    assert told.every_query.mmp5.mean == pytest.approx(0.75)


def test_a_study_with_nothing_to_ask_is_refused(tmp_path: Path) -> None:
    folder = write_study(tmp_path / "one", [("cars", "van", "train", at(0))])
    with pytest.raises(UserError, match="no class of this study is held out"):
        evaluated(folder)
    folder = write_study(tmp_path / "two", [("cars", "van", "query", at(0)), ("cars", "bus", "index", at(0))])
    with pytest.raises(UserError, match="has another one of its class"):
        evaluated(folder)
    folder = write_study(tmp_path / "three", [("cars", "van", "query", [np.inf, 0]), ("cars", "van", "index", at(0))])
    with pytest.raises(UserError, match="not finite"):
        evaluated(folder)
