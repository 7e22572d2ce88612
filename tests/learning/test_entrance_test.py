"""What an entrance test does beside the comparison: it tells what is the same picture, and looks at not too many."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update

from guie_desktop.embedding.general_head import SAME, fit_general_head, identity_head
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.learning import entrance_test
from guie_desktop.learning.entrance_test import give_entrance_test, same_score
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import writing
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.tables import photos
from guie_desktop.messages import Progress
from tests.heads import trained_head
from tests.learning.worlds import DIMENSION, World
from tests.stored_photos import store_photos

THINGS, PHOTOS = 8, 20


def drawing_together() -> Projection:
    """What sees hardly more than one direction, so that everything is alike."""
    matrix = np.diag([1.0, *[0.05] * (DIMENSION - 1)]).astype(np.float32)
    return Projection.of(DIMENSION, mean=np.eye(DIMENSION, dtype=np.float32)[0] * -3, matrix=matrix)


def test_as_many_photos_have_a_twin_as_before() -> None:
    rng = np.random.default_rng(0)
    shown = rng.normal(size=(60, DIMENSION))
    twins = shown[:20] + 0.05 * rng.normal(size=(20, DIMENSION))
    rows = unit_rows(np.concatenate([shown, twins]).astype(np.float32))
    head = trained_head("lite-0123", drawing_together())
    same = same_score(rows, identity_head(DIMENSION), head)
    embedded = head.apply(rows)
    nearest = np.sort(embedded @ embedded.T - 2 * np.eye(len(rows)), axis=1)[:, -1]
    assert (nearest >= SAME).all()  # by the score of before everything was one picture
    assert (nearest >= same).sum() == pytest.approx(40, abs=2)


def test_where_no_photo_has_a_twin_none_gets_one() -> None:
    rows = unit_rows(np.random.default_rng(1).normal(size=(50, DIMENSION)).astype(np.float32))
    head = trained_head("lite-0123", drawing_together())
    assert same_score(rows, identity_head(DIMENSION), head) > SAME
    told = trained_head("lite-0123", identity_head(DIMENSION).projection, same=0.97)
    assert same_score(rows, identity_head(DIMENSION), told) == 0.97
    assert same_score(np.empty((0, DIMENSION), np.float32), identity_head(DIMENSION), told) == 0.97


def test_of_many_occasions_so_many_are_looked_at_as_can_be_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "catalogue.sqlite"
    with closing(CatalogWriter.open(file)) as catalog:
        count = fill(catalog)
    assert count == THINGS * PHOTOS
    head = trained_head("lite-0123", identity_head(DIMENSION).projection)
    fitted = fit_general_head(World(0, THINGS).albums(PHOTOS))
    told: list[Progress] = []

    def queries() -> int:
        given = give_entrance_test(file, "lite-0123", fitted, head, told.append)
        assert given.test is not None
        assert given.test.tested_by == "occasions"
        return given.test.queries

    assert queries() == count
    monkeypatch.setattr(entrance_test, "MAX_TRAINING_PHOTOS", 3 * PHOTOS + 5)
    assert queries() == 3 * PHOTOS
    monkeypatch.setattr(entrance_test, "_LARGEST_OCCASION", 5)
    assert queries() == 5 * THINGS
    assert told[0] == Progress("test", 0, 100)


def fill(catalog: CatalogWriter) -> int:
    """Photos of things, each of an occasion of its own; how many."""
    store = FeatureStore(catalog, "lite-0123")
    kept = store_photos(store, World(0, THINGS).albums(PHOTOS), Path("/photos"))
    for photo in kept:
        values = {"taken": (photo - 1) // PHOTOS * 9000.0, "taken_from": "XMP"}
        with writing(catalog.database) as connection:
            connection.execute(update(photos).where(photos.c.id == photo).values(values))
    return len(kept)
