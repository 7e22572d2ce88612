"""Baselines are what they are called, and a head takes only the features that it was made for."""

from pathlib import Path

import numpy as np
import pytest

from guie_desktop.embedding.general_head import fit_general_head, identity_head
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.errors import UserError
from guie_desktop.study.evaluation.rankings import baseline_ranking, head_ranking
from guie_desktop.study.study_features import StudyFeatures
from tests.study.evaluation.rows import at, write_study
from tests.study.made_study import BACKBONE, make_study


def test_what_is_fitted_is_so_on_what_is_trained_on_alone(tmp_path: Path) -> None:
    features = StudyFeatures(make_study(tmp_path, dimension=80), BACKBONE)
    trained = np.concatenate([part.features for part in features.scan("train")])
    (queries,) = [part.features for part in features.scan("query")]
    unit = unit_rows(queries.astype(np.float32))
    raw = baseline_ranking("raw", features)
    assert np.array_equal(raw.embed(queries), unit)
    assert raw.dimension == 80
    general = baseline_ranking("general", features)
    assert np.allclose(general.embed(queries), fit_general_head(trained).apply(queries), atol=1e-6)
    pca = baseline_ranking("pca", features)
    assert pca.dimension == 64
    rows = unit_rows(trained.astype(np.float32))
    centred = (rows - rows.mean(axis=0)).astype(np.float64)
    values, directions = np.linalg.eigh(centred.T @ centred)
    kept = directions[:, np.argsort(-values)[:64]]
    expected = (unit - rows.mean(axis=0)) @ kept
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    embedded = pca.embed(queries)
    assert np.allclose(embedded @ embedded.T, expected @ expected.T, atol=1e-3)  # signs and turns are left open


def test_pooling_takes_means_of_neighbours(tmp_path: Path) -> None:
    features = StudyFeatures(make_study(tmp_path, dimension=128), BACKBONE)
    (queries,) = [part.features for part in features.scan("query")]
    pooled = baseline_ranking("pooled", features)
    assert pooled.dimension == 64
    means = unit_rows(unit_rows(queries.astype(np.float32)).reshape(len(queries), 64, 2).mean(axis=2))
    assert np.allclose(pooled.embed(queries), means, atol=1e-6)


def test_a_head_of_other_features_is_refused(tmp_path: Path) -> None:
    features = StudyFeatures(make_study(tmp_path), BACKBONE)
    assert head_ranking(identity_head(32), features).dimension == 32
    with pytest.raises(UserError, match=r"takes features of 64 numbers, and those of the study have 32"):
        head_ranking(identity_head(64), features)


def test_principal_components_of_nothing_are_refused(tmp_path: Path) -> None:
    folder = write_study(tmp_path, [("cars", "van", "query", at(0)), ("cars", "van", "index", at(3))])
    with pytest.raises(UserError, match="no photos to fit"):
        baseline_ranking("pca", StudyFeatures(folder, BACKBONE))
