"""Adam without its class takes the same steps as with it."""

import pytest
import torch

from guie_desktop.learning.training.adam import Adam


@pytest.mark.parametrize("weight_decay", [0.0, 1e-2])
def test_it_moves_as_torch_does(weight_decay: float) -> None:
    rng = torch.Generator().manual_seed(1)
    ours = [
        torch.randn(3, 2, generator=rng, requires_grad=True),
        torch.randn(2, generator=rng, requires_grad=True),
    ]
    theirs = [parameter.detach().clone().requires_grad_() for parameter in ours]
    wanted = torch.randn(5, 3, generator=rng)
    adam = Adam(ours, weight_decay=weight_decay)
    reference = torch.optim.Adam(theirs, weight_decay=weight_decay)
    for step in range(1, 30):
        adam.step(((wanted @ ours[0] + ours[1] - 1) ** 2).mean(), learning_rate=0.1 / step)
        reference.param_groups[0]["lr"] = 0.1 / step
        reference.zero_grad()
        ((wanted @ theirs[0] + theirs[1] - 1) ** 2).mean().backward()
        reference.step()
    for one, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(one, other)


@pytest.mark.parametrize("is_transposed", [False, True])
def test_it_moves_as_torch_does_where_a_gradient_lies_otherwise_in_memory_than_its_parameter(
    is_transposed: bool,
) -> None:
    rng = torch.Generator().manual_seed(3)
    stored = torch.randn(3, 2, generator=rng)
    ours = (stored.T if is_transposed else stored).requires_grad_()
    theirs = ours.detach().contiguous().requires_grad_()
    other = torch.randn(*ours.shape, generator=rng)
    target = other if is_transposed else other.T.contiguous().T
    (gradient,) = torch.autograd.grad((ours * target).sum(), [ours])
    assert gradient.stride() != ours.stride()
    adam, reference = Adam([ours]), torch.optim.Adam([theirs], lr=0.1)
    for scale in (1.0, -3.0, 0.5):
        adam.step((scale * ours * target).sum(), learning_rate=0.1)
        reference.zero_grad()
        (scale * theirs * target).sum().backward()
        reference.step()
    torch.testing.assert_close(ours, theirs)
