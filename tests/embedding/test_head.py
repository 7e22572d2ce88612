"""Heads: whatever the features, the rows are of unit length; whatever the bytes, nothing but a sound head is read."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from guie_desktop.embedding.head import Head, identity_head, unit_rows
from guie_desktop.errors import UserError

FEATURES = arrays(
    np.float32,
    st.tuples(st.integers(0, 6), st.just(4)),
    elements=st.floats(allow_nan=False, allow_infinity=False, width=32),
)


def some_head(cutoff: float | None = 0.25) -> Head:
    chance = np.random.default_rng(3)
    mean, matrix = chance.normal(size=4).astype(np.float32), chance.normal(size=(4, 2)).astype(np.float32)
    return Head("mine 🍐", 4, mean, matrix, cutoff, 17)


def assert_unit_or_zero(rows: NDArray[np.float32]) -> None:
    lengths = np.linalg.norm(rows.astype(np.float64), axis=1)
    assert (np.isclose(lengths, 1, atol=1e-5) | (lengths == 0)).all()


@given(FEATURES)
def test_rows_are_unit_or_zero(features: NDArray[np.float32]) -> None:
    assert_unit_or_zero(some_head().apply(features))
    same = identity_head(4).apply(features)
    assert_unit_or_zero(same)
    assert ((same == 0).all(axis=1) == (features == 0).all(axis=1)).all()


@given(FEATURES, st.floats(1e-3, 1e3))
def test_the_length_of_a_feature_does_not_matter(features: NDArray[np.float32], factor: float) -> None:
    moderate = unit_rows(features)
    scaled = (moderate * np.float32(factor)).astype(np.float32)
    np.testing.assert_allclose(some_head().apply(scaled), some_head().apply(moderate), atol=1e-4)


def test_it_is_the_written_formula_also_for_half_precision() -> None:
    head = some_head()
    features = np.random.default_rng(1).normal(size=(9000, 4)).astype(np.float16)
    rows = features.astype(np.float64)
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True) - head.mean) @ head.matrix
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    given_rows = head.apply(features)
    assert given_rows.dtype == np.float32
    np.testing.assert_allclose(given_rows, rows, atol=2e-4)


def test_a_feature_that_is_the_mean_is_similar_to_nothing() -> None:
    mean = np.array([0, 1], dtype=np.float32)
    head = Head("m", 2, mean, np.eye(2, dtype=np.float32), None, 0)
    np.testing.assert_array_equal(head.apply(np.array([[0, 7]], np.float32)), [[0, 0]])


@pytest.mark.parametrize("features", [np.zeros((2, 3), np.float32), np.zeros(4, np.float32), np.full((1, 4), np.nan)])
def test_features_that_do_not_fit_are_refused(features: NDArray[np.float32]) -> None:
    with pytest.raises(ValueError, match=r"shape|finite"):
        some_head().apply(features.astype(np.float32))


@pytest.mark.parametrize("bad", [np.full((4, 2), np.inf, np.float32), np.zeros((3, 2), np.float32), np.zeros((4, 2))])
def test_a_head_cannot_hold_nonsense(bad: NDArray[np.float32]) -> None:
    with pytest.raises(ValueError, match=r"matrix|finite"):
        Head("m", 4, np.zeros(4, np.float32), bad, None, 0)


@pytest.mark.parametrize(
    "head", [some_head(), some_head(None), identity_head(5)], ids=["full", "no cutoff", "identity"]
)
def test_bytes_bring_the_same_head_back(head: Head) -> None:
    back = Head.from_bytes(head.to_bytes())
    assert (back.name, back.dimension, back.cutoff, back.fitted_on) == (
        head.name,
        head.dimension,
        head.cutoff,
        head.fitted_on,
    )
    np.testing.assert_array_equal(back.mean, head.mean)
    assert (back.matrix is None) == (head.matrix is None)
    if back.matrix is not None and head.matrix is not None:
        np.testing.assert_array_equal(back.matrix, head.matrix)
    assert back.to_bytes() == head.to_bytes()


@given(st.data())
def test_damaged_bytes_are_refused(data: st.DataObject) -> None:
    sound = some_head().to_bytes()
    place = data.draw(st.integers(0, len(sound) - 1))
    flip = data.draw(st.integers(1, 255))
    for damaged in (sound[:place], sound + b"\0", sound[:place] + bytes([sound[place] ^ flip]) + sound[place + 1 :]):
        with pytest.raises(UserError, match="not a head"):
            Head.from_bytes(damaged)


@given(st.binary(max_size=80), st.binary(max_size=40))
def test_a_sealed_file_with_other_content_is_refused(line: bytes, numbers: bytes) -> None:
    import hashlib

    content = line + b"\n" + numbers
    stored = b"guie-desktop head 1\n" + hashlib.sha256(content).digest() + content
    with pytest.raises(UserError, match="not a head"):
        Head.from_bytes(stored)


@pytest.mark.parametrize("facts", [b"[]", b"1", b'{"dimension": -1}', b'{"name": "x", "dimension": "4"}'])
def test_json_that_is_not_a_head_is_refused(facts: bytes) -> None:
    test_a_sealed_file_with_other_content_is_refused.hypothesis.inner_test(facts, b"")  # type: ignore[attr-defined]
