"""Photos that may be in the wrong album."""

import numpy as np

from guie_desktop.embedding.projection import unit_rows
from guie_desktop.learning.testing.label_issues import find_label_issues
from tests.learning.worlds import labels_of, training_set_of


def test_photos_in_the_wrong_album_are_found_and_no_others() -> None:
    rng = np.random.default_rng(0)
    things = labels_of(4, 12)
    rows = unit_rows((np.eye(4, 8)[things] + 0.15 * rng.normal(size=(48, 8))).astype(np.float32))
    labels = things.copy()
    labels[[3, 30]] = [2, 1]
    training_set = training_set_of(rows, labels)
    found = find_label_issues(training_set, rows)
    assert {(photo, training_set.names[own], training_set.names[other]) for photo, own, other in found} == {
        (3, "album 2", "album 0"),
        (30, "album 1", "album 2"),
    }


def test_a_photo_in_both_albums_is_in_no_doubt() -> None:
    rows = unit_rows((np.eye(2, 8)[labels_of(2, 8)] + 0.1).astype(np.float32))
    training_set = training_set_of(rows, labels_of(2, 8))
    training_set.membership[0] = True
    assert find_label_issues(training_set, rows) == []


def test_the_clearest_come_first_and_not_more_than_can_be_looked_at() -> None:
    rng = np.random.default_rng(1)
    things = labels_of(2, 200)
    rows = unit_rows((np.eye(2, 8)[things] + 0.1 * rng.normal(size=(400, 8))).astype(np.float32))
    labels = things.copy()
    labels[::8] = 1 - labels[::8]  # fifty of them
    found = find_label_issues(training_set_of(rows, labels), rows)
    assert len(found) == 24
    assert {photo % 8 for photo, _, _ in found} == {0}


def test_more_photos_than_are_compared_at_once_and_fewer_than_votes() -> None:
    rows = unit_rows(np.random.default_rng(2).normal(size=(1300, 8)).astype(np.float32))
    find_label_issues(training_set_of(rows, np.arange(1300) % 7), rows)
    few = training_set_of(rows[:5], np.zeros(5, np.int64))
    assert find_label_issues(few, rows[:5]) == []


def test_refused_photos_have_no_vote() -> None:
    rows = unit_rows((np.eye(3, 8)[labels_of(3, 8)] + 0.05).astype(np.float32))
    labels = np.where(labels_of(3, 8) == 2, -1, labels_of(3, 8))
    labels[0] = 1
    training_set = training_set_of(rows, labels, {"album 0": list(range(17, 25))})
    assert {photo for photo, _, _ in find_label_issues(training_set, rows)} == {0}
