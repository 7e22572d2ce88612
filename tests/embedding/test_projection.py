"""The linear map that all heads share, and heads that earlier versions stored."""

from pathlib import Path

import numpy as np
import pytest

from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.search.indexed_rows import AnyHead

STORED = Path(__file__).with_name("stored")
"""Written by the program before its heads shared a projection, with what they made of some features then."""


def numbers(*shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def test_it_is_the_written_formula() -> None:
    mean, matrix, bias, rows = numbers(5), numbers(5, 3), numbers(3), numbers(4, 5, seed=1)
    projection = Projection(mean, matrix, bias)
    np.testing.assert_allclose(projection.apply(rows), (rows - mean) @ matrix + bias, atol=1e-6)
    np.testing.assert_array_equal(projection.embed(rows), unit_rows(projection.apply(rows)))
    np.testing.assert_array_equal(projection.embed_features(rows), projection.embed(unit_rows(rows)))
    assert (projection.dimension, projection.output_dimension) == (5, 3)


def test_parts_that_are_left_out_change_nothing() -> None:
    rows = numbers(4, 5)
    np.testing.assert_array_equal(Projection.of(5).apply(rows), rows)
    np.testing.assert_array_equal(Projection.of(5, mean=rows[0]).apply(rows)[0], np.zeros(5))


def test_rows_that_were_given_stay_as_they_are() -> None:
    rows = numbers(4, 5)
    before = rows.copy()
    Projection.of(5, mean=numbers(5), bias=numbers(5)).embed(rows)
    np.testing.assert_array_equal(rows, before)


def test_many_rows_are_projected_like_few_and_half_precision_like_single() -> None:
    projection, rows = Projection.of(6, matrix=numbers(6, 4)), numbers(9000, 6).astype(np.float16)
    embeddings = projection.embed(rows)
    assert embeddings.dtype == np.float32
    np.testing.assert_allclose(embeddings[8190:8200], projection.embed(rows[8190:8200].astype(np.float32)), atol=1e-6)


@pytest.mark.parametrize("identity", [True, False])
def test_followed_by_a_layer_it_is_both(*, identity: bool) -> None:
    first = Projection.of(
        5, mean=numbers(5), matrix=None if identity else numbers(5, 5, seed=1), bias=numbers(5, seed=2)
    )
    matrix, bias, rows = numbers(5, 2, seed=3), numbers(2, seed=4), numbers(7, 5, seed=5)
    np.testing.assert_allclose(first.then(matrix, bias).apply(rows), first.apply(rows) @ matrix + bias, atol=1e-5)


@pytest.mark.parametrize(
    ("part", "bad"), [("mean", numbers(2, 2)), ("matrix", numbers(4, 3)), ("matrix", numbers(5)), ("bias", numbers(4))]
)
def test_parts_that_do_not_fit_are_refused(part: str, bad: np.ndarray) -> None:
    parts = {"mean": numbers(5), "matrix": numbers(5, 3), "bias": numbers(3)} | {part: bad}
    with pytest.raises(ValueError, match="shape"):
        Projection(**parts)


@pytest.mark.parametrize("bad", [np.full(3, np.nan, np.float32), np.zeros(3), np.empty(0, np.float32)])
def test_numbers_that_are_none_are_refused(bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="finite"):
        Projection.of(len(bad), mean=bad).check_numbers()


def test_stored_heads_of_earlier_versions_are_read_and_make_the_same_embeddings() -> None:
    then = np.load(STORED / "embeddings.npz")
    general_bytes, personal_bytes = (STORED / "general.head").read_bytes(), (STORED / "personal.head").read_bytes()
    general, personal = GeneralHead.from_bytes(general_bytes), PersonalHead.from_bytes(personal_bytes)
    identity = GeneralHead.from_bytes((STORED / "identity.head").read_bytes())
    heads: dict[str, AnyHead | PersonalHead] = {
        "general": general,
        "personal": personal,
        "identity": identity,
        "paired": PairedHead(general, personal),
    }
    for name, head in heads.items():
        np.testing.assert_allclose(head.apply(then["features"]), then[name], atol=1e-6, err_msg=name)
    assert general.to_bytes() == general_bytes
    assert personal.to_bytes(with_names=True) == personal_bytes
    assert identity.to_bytes() == (STORED / "identity.head").read_bytes()
