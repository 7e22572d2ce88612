"""What is kept of a classifier's answers, and that no photo is looked at twice."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from guie_desktop.embedding.classifier import Classifier
from guie_desktop.search.recognised import KEPT, RecognisedClasses
from tests.search.given_photos import DIMENSION, GivenPhotos

CLASSES = 3 * KEPT


@pytest.fixture
def made(tmp_path: Path) -> Iterator[GivenPhotos]:
    rows = np.random.default_rng(4).normal(size=(40, DIMENSION)).astype(np.float32)
    photos = GivenPhotos(tmp_path, rows)
    yield photos
    photos.catalog.close()


@pytest.fixture
def classifier() -> Classifier:
    rng = np.random.default_rng(5)
    return Classifier(rng.normal(size=(DIMENSION, CLASSES)).astype(np.float32), np.zeros(CLASSES, np.float32), 1.0)


def recognised(made: GivenPhotos, classifier: Classifier, folder: Path) -> RecognisedClasses:
    return RecognisedClasses(made.space.features, lambda: classifier, folder)


def exact(made: GivenPhotos, classifier: Classifier) -> dict[int, np.ndarray]:
    return {
        int(key): np.exp(row)
        for keys, rows in made.space.features.by_id(made.space.features.ids())
        for key, row in zip(keys, classifier.log_probabilities(rows), strict=True)
    }


def test_likely_classes_are_exact_and_all_together_are_certain(
    made: GivenPhotos, classifier: Classifier, tmp_path: Path
) -> None:
    known = recognised(made, classifier, tmp_path)
    assert sum(known.catch_up()) == 40
    truth = exact(made, classifier)
    assert list(known.keys) == sorted(truth)
    np.testing.assert_allclose(known.log_probabilities(range(CLASSES)), 0, atol=2e-2)
    for number in range(CLASSES):
        found = np.exp(known.log_probabilities([number]))
        for key, chance in zip(known.keys, found, strict=True):
            rank = int((truth[int(key)] > truth[int(key)][number]).sum())
            if rank < KEPT:
                assert chance == pytest.approx(truth[int(key)][number], rel=1e-2)
            else:
                assert chance < np.sort(truth[int(key)])[-KEPT] * 1.01
    pair = np.exp(known.log_probabilities([0, 1]))
    alone = np.exp(known.log_probabilities([0])) + np.exp(known.log_probabilities([1]))
    np.testing.assert_allclose(pair, alone, rtol=1e-3)


def test_only_what_is_new_is_looked_at_also_after_a_start(
    made: GivenPhotos, classifier: Classifier, tmp_path: Path
) -> None:
    known = recognised(made, classifier, tmp_path)
    list(known.catch_up())
    before = known.log_probabilities([3])
    assert list(known.catch_up()) == []
    again = RecognisedClasses(made.space.features, lambda: pytest.fail("nothing is new"), tmp_path)
    assert list(again.catch_up()) == []
    np.testing.assert_array_equal(again.log_probabilities([3]), before)
    made.space.features.keep({b"later": np.ones(DIMENSION, np.float32)})
    assert list(recognised(made, classifier, tmp_path).catch_up()) == [1]


@pytest.mark.parametrize("damage", [b"", b"no archive", None])
def test_a_damaged_file_is_made_again(
    made: GivenPhotos, classifier: Classifier, tmp_path: Path, damage: bytes | None
) -> None:
    list(recognised(made, classifier, tmp_path).catch_up())
    (file,) = tmp_path.glob("*.classes.npz")
    if damage is None:
        np.savez(file, keys=np.arange(3), classes=np.zeros((3, 2)), logs=np.zeros((3, 2)), others=np.zeros(3))
    else:
        file.write_bytes(damage)
    assert sum(recognised(made, classifier, tmp_path).catch_up()) == 40


def test_without_room_on_the_disk_it_is_known_all_the_same(
    made: GivenPhotos, classifier: Classifier, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    known = recognised(made, classifier, tmp_path / "file")
    assert sum(known.catch_up()) == 40
