"""What holds for every loss, or for all but a few that are named."""

import copy
from random import Random
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from guie_desktop.learning.losses import DEFAULT_LOSS, LOSSES
from tests.learning.losses.batches import gradient, placed, plain_cosines, plain_cross_entropy, random_batch, seeded

SEEDS = st.integers(0, 2**32 - 1)
SUB_CENTRES = st.integers(1, 5)
WITH_SUB_CENTRES = sorted(set(LOSSES) - {"arcface"})
WITH_STATE = ["curricularface", "adaface", "adacos"]

few = settings(max_examples=30)  # each example is a batch of many photos
every_loss = pytest.mark.parametrize("name", LOSSES)
every_loss_with_sub_centres = pytest.mark.parametrize("name", WITH_SUB_CENTRES)


@every_loss
@few
@given(SEEDS)
def test_the_loss_is_the_cross_entropy_of_its_logits(name: str, seed: int) -> None:
    loss = seeded(name, 5, 4, seed).eval()
    embeddings, labels = random_batch(loss, seed)
    logits = loss.logits(embeddings, labels)
    assert logits.shape == (len(labels), 4)
    expected = plain_cross_entropy(logits.detach().numpy(), labels)
    assert loss(embeddings, labels).item() == pytest.approx(expected, abs=1e-9)


@every_loss
@few
@given(SEEDS, st.floats(1e-3, 1e3))
def test_the_length_of_a_centre_does_not_matter(name: str, seed: int, factor: float) -> None:
    loss = seeded(name, 5, 4, seed).eval()
    embeddings, labels = random_batch(loss, seed)
    before = loss.logits(embeddings, labels)
    with torch.no_grad():
        loss.centres[1] *= factor
    torch.testing.assert_close(loss.logits(embeddings, labels), before, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", sorted(set(LOSSES) - {"adaface"}))
@few
@given(SEEDS, st.floats(1e-3, 1e3))
def test_the_length_of_an_embedding_does_not_matter(name: str, seed: int, factor: float) -> None:
    loss = seeded(name, 5, 4, seed).eval()
    embeddings, labels = random_batch(loss, seed)
    before = loss.logits(embeddings, labels)
    embeddings[2] *= factor
    torch.testing.assert_close(loss.logits(embeddings, labels), before, rtol=0, atol=1e-9)


@every_loss
@few
@given(SEEDS)
def test_no_loss_pulls_at_the_length_of_an_embedding(name: str, seed: int) -> None:
    # AdaFace measures the length, but must not train through it.
    loss = seeded(name, 5, 4, seed)
    embeddings, labels = random_batch(loss, seed)
    loss(embeddings.requires_grad_(), labels).backward()
    along = (gradient(embeddings) * embeddings).sum(dim=1)
    torch.testing.assert_close(along, torch.zeros_like(along), rtol=0, atol=1e-12)


@every_loss_with_sub_centres
@few
@given(SEEDS, SUB_CENTRES)
def test_the_nearest_of_any_number_of_sub_centres_counts(name: str, seed: int, sub_centres: int) -> None:
    loss = seeded(name, 5, 4, seed, sub_centres=sub_centres)
    embeddings, _ = random_batch(loss, seed)
    expected = torch.from_numpy(plain_cosines(loss, embeddings))
    torch.testing.assert_close(loss.cosines(embeddings), expected, rtol=0, atol=1e-12)


@every_loss_with_sub_centres
@few
@given(SEEDS, SUB_CENTRES, st.randoms(use_true_random=False))
def test_the_order_of_sub_centres_does_not_matter(name: str, seed: int, sub_centres: int, rng: Random) -> None:
    loss = seeded(name, 5, 4, seed, sub_centres=sub_centres).eval()
    embeddings, labels = random_batch(loss, seed)
    before = loss.logits(embeddings, labels)
    order = list(range(sub_centres))
    rng.shuffle(order)
    with torch.no_grad():
        loss.centres[1] = loss.centres[1, order]
    torch.testing.assert_close(loss.logits(embeddings, labels), before, rtol=0, atol=1e-12)


WITHOUT_MARGIN = {
    "sub-center-arcface": {"margin": 0},
    "arcface": {"margin": 0},
    "class-margin-arcface": {"smallest_margin": 0, "largest_margin": 0},
    "li-arcface": {"margin": 0},
    "curricularface": {"margin": 0},
    "adaface": {"margin": 0},
}


@pytest.mark.parametrize("name", sorted(set(WITHOUT_MARGIN) - {"li-arcface", "curricularface"}))
@few
@given(SEEDS)
def test_without_margin_it_is_the_scaled_cosine(name: str, seed: int) -> None:
    loss = seeded(name, 5, 4, seed, **WITHOUT_MARGIN[name])
    embeddings, labels = random_batch(loss, seed)
    limit = 0.999 if name == "adaface" else 1
    scale: Any = loss.scale
    expected = scale * loss.cosines(embeddings).clamp(-limit, limit)
    torch.testing.assert_close(loss.logits(embeddings, labels), expected, rtol=0, atol=1e-10)


@pytest.mark.parametrize("name", WITHOUT_MARGIN)
@few
@given(SEEDS)
def test_a_margin_never_helps_the_target(name: str, seed: int) -> None:
    loss, without = seeded(name, 5, 4, seed), seeded(name, 5, 4, seed, **WITHOUT_MARGIN[name])
    embeddings, labels = random_batch(loss, seed)
    target = torch.arange(len(labels)), labels
    gained = loss.logits(embeddings, labels)[target] - without.logits(embeddings, labels)[target]
    assert (gained <= 1e-10).all()


@every_loss
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16])
def test_gradients_are_finite_where_the_angle_is_exactly_0_or_pi(name: str, dtype: torch.dtype) -> None:
    loss = seeded(name, 4, 3)
    placed(loss, torch.eye(3))
    loss.to(dtype)
    axes = torch.eye(4, dtype=dtype)[[0, 1, 2, 0, 1, 2]]
    embeddings = (axes * torch.tensor([[1], [1], [1], [-1], [-1], [-1]])).requires_grad_()
    cosines = loss.cosines(embeddings).detach().requires_grad_()
    cosines.acos().sum().backward()
    assert gradient(cosines).isfinite().all()  # whatever the torch in use makes of the slope of clamp at its ends
    for labels in ([0, 1, 2, 0, 1, 2], [1, 2, 0, 1, 2, 0]):
        got = loss(embeddings, torch.tensor(labels))
        got.backward()
        assert got.isfinite()
        assert gradient(embeddings).isfinite().all()
        assert gradient(loss.centres).isfinite().all()


@every_loss
def test_an_embedding_without_direction_does_no_harm(name: str) -> None:
    loss = seeded(name, 4, 3)
    embeddings = torch.zeros(2, 4, requires_grad=True)
    got = loss(embeddings, torch.tensor([0, 1]))
    got.backward()
    assert got.isfinite()
    assert gradient(embeddings).isfinite().all()
    assert not gradient(loss.centres).any()


@every_loss
def test_the_same_seed_draws_the_same_centres_within_the_bound_of_xavier(name: str) -> None:
    one, same, other = (seeded(name, 16, 9, seed) for seed in (1, 1, 2))
    assert torch.equal(one.centres, same.centres)
    assert not torch.equal(one.centres, other.centres)
    classes, sub_centres, dimension = one.centres.shape
    bound = (6 / (classes * sub_centres + dimension)) ** 0.5
    assert (classes, sub_centres, dimension) == (9, 3 if name == "sub-center-arcface" else 1, 16)
    assert 0.9 * bound < one.centres.abs().max() <= bound


@pytest.mark.parametrize("name", WITH_STATE)
def test_state_is_saved_and_goes_on_where_it_was(name: str) -> None:
    loss, restored = seeded(name, 5, 4, seed=1), seeded(name, 5, 4, seed=2)
    fresh = copy.deepcopy(loss.state_dict())
    for step in range(3):
        loss(*random_batch(loss, step))
    state = loss.state_dict()
    moved = {key for key in state if not torch.equal(state[key], fresh[key])}
    assert moved == {"curricularface": {"t"}, "adaface": {"mean", "deviation"}, "adacos": {"scale"}}[name]
    restored.load_state_dict(state)
    batch = random_batch(loss, seed=9)
    assert torch.equal(restored(*batch), loss(*batch))
    assert all(torch.equal(restored.state_dict()[key], loss.state_dict()[key]) for key in moved)


@every_loss
def test_judging_moves_no_state(name: str) -> None:
    loss = seeded(name, 5, 4)
    loss(*random_batch(loss, seed=1))
    before = copy.deepcopy(loss.eval().state_dict())
    loss(*random_batch(loss, seed=2))
    assert all(torch.equal(before[key], value) for key, value in loss.state_dict().items())


@pytest.mark.parametrize("name", WITH_STATE)
def test_two_batches_may_be_judged_before_going_back(name: str) -> None:
    loss = seeded(name, 5, 4)
    (loss(*random_batch(loss, seed=1)) + loss(*random_batch(loss, seed=2))).backward()
    assert gradient(loss.centres).isfinite().all()


@every_loss
def test_a_few_steps_bring_the_photos_to_their_classes(name: str) -> None:
    loss = seeded(name, 6, 5, seed=4)
    embeddings, labels = random_batch(loss, seed=4, photos=20)
    embeddings = torch.nn.functional.normalize(embeddings).requires_grad_()
    steps = torch.optim.Adam([embeddings, loss.centres], lr=0.05)
    for _ in range(60):
        steps.zero_grad()
        loss(embeddings, labels).backward()
        steps.step()
    assert torch.equal(loss.cosines(embeddings).argmax(dim=1), labels)


def test_a_class_needs_a_centre() -> None:
    with pytest.raises(ValueError, match="at least one centre"):
        seeded(DEFAULT_LOSS, 5, 4, sub_centres=0)
