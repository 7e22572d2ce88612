"""Personal heads: what they compute, what their curve says, and that a file from anywhere is a head or is refused."""

import hashlib
import json
import math
import tracemalloc
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from guie_desktop.embedding.personal_head import PersonalHead, check_backbone
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.errors import UserError
from tests.heads import ALBUM_NAMES, some_personal_head

MAGIC = b"guie-desktop personal head 1\n"
FEATURES = arrays(
    np.float32,
    st.tuples(st.integers(0, 5), st.just(6)),
    elements=st.floats(allow_nan=False, allow_infinity=False, width=32),
)
# What JSON can say, and more: Python also reads NaN, Infinity and whole numbers of any length.
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from([2**31, 10**400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)


SOUND = some_personal_head().to_bytes(with_names=True)


def taken_apart(stored: bytes) -> tuple[dict[str, Any], bytes]:
    """Facts and numbers."""
    line, _, numbers = stored[len(MAGIC) + 32 :].partition(b"\n")
    return json.loads(line), numbers


def with_checksum(line: bytes, numbers: bytes) -> bytes:
    """A file whose checksum is right, whatever it says."""
    content = line + b"\n" + numbers
    return MAGIC + hashlib.sha256(content).digest() + content


def with_facts(**changes: Any) -> bytes:
    facts, numbers = taken_apart(SOUND)
    return with_checksum(json.dumps(facts | changes).encode(), numbers)


def assert_sound(head: PersonalHead) -> None:
    """Nothing that the program does with a head fails."""
    rows = head.apply(np.random.default_rng(0).normal(size=(3, head.dimension)).astype(np.float16))
    assert np.isfinite(rows @ head.centres.T).all()
    assert 0 <= head.probability(-1) <= 1
    assert 0 <= head.probability(1) <= 1
    weights = head.weighting.weights(np.array([0, 0.05, 1], np.float32))
    assert weights[0] == 0 <= weights[1] <= weights[2] == 1
    for quality in (head.before, head.after):
        assert quality is None or f"{quality.mmp5:.3f}"
    told = f"{head.belonging:.3f} {head.cutoff:.3f} {head.photos:d} {head.title.upper()} {head.recipe.get('loss')}"
    assert told
    assert PersonalHead.from_bytes(head.to_bytes(with_names=True)).to_bytes(with_names=True)


@given(FEATURES)
def test_it_is_the_written_formula_and_rows_are_unit_or_zero(features: NDArray[np.float32]) -> None:
    head = some_personal_head()
    rows = head.apply(features)
    assert rows.shape == (len(features), 4)
    expected = unit_rows(head.projection.apply(unit_rows(features)))
    np.testing.assert_allclose(rows, expected, atol=1e-5)
    lengths = np.linalg.norm(rows.astype(np.float64), axis=1)
    assert (np.isclose(lengths, 1, atol=1e-5) | (lengths == 0)).all()


def test_many_rows_are_projected_like_few() -> None:
    head, features = some_personal_head(), np.random.default_rng(2).normal(size=(9000, 6)).astype(np.float16)
    np.testing.assert_allclose(head.apply(features)[8190:8200], head.apply(features[8190:8200]), atol=1e-6)


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(0, 1e4), st.floats(-1e4, 1e4))
def test_a_higher_score_never_has_a_lower_chance(one: float, other: float, steepness: float, midpoint: float) -> None:
    head = some_personal_head(steepness=steepness, midpoint=midpoint)
    low, high = sorted([one, other])
    assert 0 <= head.probability(low) <= head.probability(high) <= 1


def test_the_curve_is_logistic() -> None:
    head = some_personal_head(steepness=8.0, midpoint=0.25)
    assert head.probability(0.25) == 0.5
    assert head.probability(0.5) == pytest.approx(1 / (1 + math.exp(-2)))


@pytest.mark.parametrize("with_names", [True, False])
def test_bytes_bring_the_same_head_back(*, with_names: bool) -> None:
    head = some_personal_head()
    back = PersonalHead.from_bytes(head.to_bytes(with_names=with_names))
    scalars = ("weighting", "expands", "belonging", "cutoff", "steepness", "midpoint")
    for part in ("backbone_key", *scalars, "photos", "recipe", "before", "after"):
        assert getattr(back, part) == getattr(head, part)
    for part in ("mean", "matrix", "bias"):
        np.testing.assert_array_equal(getattr(back.projection, part), getattr(head.projection, part))
    np.testing.assert_allclose(back.centres, head.centres, atol=1e-3)
    assert np.linalg.norm(back.centres, axis=1) == pytest.approx(1.0, abs=1e-6)
    assert back.names == (ALBUM_NAMES if with_names else ())
    assert back.to_bytes(with_names=with_names) == head.to_bytes(with_names=with_names)


def test_without_names_the_file_tells_nobody_what_the_albums_or_files_are_called() -> None:
    stored = some_personal_head().to_bytes(with_names=False)
    for name in (*ALBUM_NAMES, "Anna", "Coins", "Users"):
        for told in (name.encode(), json.dumps(name)[1:-1].encode(), name.encode("utf-16-le")):
            assert told.lower() not in stored.lower()
    facts, _ = taken_apart(stored)
    # Whoever adds a fact has to think about what it tells.
    assert set(facts) == {
        "backbone",
        "title",
        "dimension",
        "output_dimension",
        "albums",
        "photos",
        "recipe",
        "before",
        "after",
        "names",
        "belonging",
        "cutoff",
        "expands",
        "steepness",
        "midpoint",
        "full_share",
        "power",
    }
    assert (facts["title"], facts["names"]) == ("", [])


@given(st.data())
def test_damaged_bytes_are_refused(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(SOUND) - 1))
    flip = data.draw(st.integers(1, 255))
    for damaged in (SOUND[:place], SOUND + b"\0", SOUND[:place] + bytes([SOUND[place] ^ flip]) + SOUND[place + 1 :]):
        with pytest.raises(UserError, match="nothing that was learned"):
            PersonalHead.from_bytes(damaged)


@given(st.binary(max_size=200))
def test_other_files_are_refused(stored: bytes) -> None:
    for other in (stored, MAGIC + stored, with_checksum(stored, b""), with_checksum(b"{}", stored)):
        with pytest.raises(UserError, match="nothing that was learned"):
            PersonalHead.from_bytes(other)


@given(st.sampled_from(sorted(taken_apart(SOUND)[0])), VALUES)
def test_whatever_a_whole_file_says_of_itself_it_is_a_sound_head_or_refused(fact: str, value: Any) -> None:
    try:
        head = PersonalHead.from_bytes(with_facts(**{fact: value}))
    except UserError:
        return
    assert_sound(head)


@given(st.sampled_from(["mmp5", "p1", "low", "high", "unlabelled"]), VALUES)
def test_whatever_it_says_of_its_test_it_is_a_sound_head_or_refused(figure: str, value: Any) -> None:
    said = {"mmp5": 0.5, "p1": 0.6, "low": 0.45, "high": 0.55, "unlabelled": 1.0} | {figure: value}
    try:
        head = PersonalHead.from_bytes(with_facts(after=said))
    except UserError:
        return
    assert_sound(head)


@given(st.binary(min_size=92, max_size=92))
def test_whatever_its_numbers_are_it_is_a_sound_head_or_refused(numbers: bytes) -> None:
    line = json.dumps(taken_apart(SOUND)[0]).encode()
    assert len(numbers) == len(taken_apart(SOUND)[1])
    stored = with_checksum(line, numbers)
    try:
        head = PersonalHead.from_bytes(stored)
    except UserError:
        return
    assert_sound(head)


@pytest.mark.parametrize(
    "facts",
    [
        {"dimension": -6},
        {"dimension": 0, "output_dimension": 0, "albums": 0},
        {"dimension": 2**31, "output_dimension": 2**31},
        {"dimension": 2**32, "output_dimension": 2**32},  # their product is 0 in 64 bits
        {"dimension": True},
        {"albums": -1},
        {"output_dimension": 4.0},
        {"photos": math.inf},
        {"cutoff": math.nan},
        {"steepness": 1e300},
        {"midpoint": -1e300},
        {"full_share": 0},
        {"full_share": 1e-300},
        {"power": 1e-300},
        {"power": 101.0},
        {"belonging": 10**400},
        {"before": {"mmp5": "a lot", "p1": 0, "low": 0, "high": 0, "unlabelled": 0}},
        {"recipe": ["loss"]},
        {"names": ["only one"]},
    ],
    ids=str,
)
def test_extremes_are_refused_without_taking_memory(facts: dict[str, Any]) -> None:
    stored = with_facts(**facts)
    tracemalloc.start()
    try:
        with pytest.raises(UserError, match="nothing that was learned"):
            PersonalHead.from_bytes(stored)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "line", [b"[" * 200_000, b'{"a":' * 200_000, b"[" + b"[]," * 3_000_000 + b"[]]", b'"' + b"1" * 5000 + b'"']
)
def test_json_that_is_made_to_exhaust_the_reader_is_refused(line: bytes) -> None:
    with pytest.raises(UserError, match="nothing that was learned"):
        PersonalHead.from_bytes(with_checksum(line, b""))


@pytest.mark.parametrize(
    ("part", "bad"),
    [
        ("mean", np.zeros(5, np.float32)),
        ("bias", np.zeros(5, np.float32)),
        ("centres", np.zeros((3, 5), np.float32)),
        ("centres", np.empty((0, 4), np.float32)),
        ("matrix", np.full((6, 4), np.nan, np.float32)),
        ("cutoff", math.inf),
        ("midpoint", math.nan),
        ("names", ("one", "two")),
    ],
)
def test_a_head_cannot_hold_nonsense(part: str, bad: Any) -> None:
    with pytest.raises(ValueError, match=r"shape|finite|name|bounds"):
        some_personal_head(**{part: bad})


def test_a_head_of_another_model_is_refused() -> None:
    check_backbone(some_personal_head(), "lite-0123", 6)
    check_backbone(some_personal_head(backbone_key="lite-0123-f16"), "lite-0123-bf16", 6)
    with pytest.raises(UserError, match=r"another model.*Switch the library"):
        check_backbone(some_personal_head(), "siglip-0123", 6)
    with pytest.raises(UserError, match="nothing that was learned"):
        check_backbone(some_personal_head(), "lite-0123", 7)


def test_other_features_of_the_same_model_are_not_called_another_model() -> None:
    with pytest.raises(UserError, match=r"other features of the model in use .*Learn your albums") as refused:
        check_backbone(some_personal_head(), "lite-9999", 6)
    assert "Switch" not in refused.value.remedy


def test_what_a_file_calls_the_model_is_told_in_one_short_line() -> None:
    with pytest.raises(UserError) as refused:
        check_backbone(some_personal_head(backbone_key="\x1b[2J\n\ud800" * 1000), "lite-0123", 6)
    assert refused.value.title.isprintable()
    assert len(refused.value.title) < 400


def test_it_has_a_matrix_and_of_the_length_of_its_centres() -> None:
    with pytest.raises(ValueError, match="matrix is missing"):
        some_personal_head(matrix=None, bias=np.zeros(6, np.float32))
    with pytest.raises(ValueError, match="centres have shape"):
        some_personal_head(centres=np.ones((3, 5), np.float32))
