"""Adam without its class takes the same steps as with it."""

import pytest
import torch

from guie_desktop.learning.adam import Adam


@pytest.mark.parametrize("weight_decay", [0.0, 1e-2])
def test_it_moves_as_torch_does(weight_decay: float) -> None:
    chance = torch.Generator().manual_seed(1)
    ours = [
        torch.randn(3, 2, generator=chance, requires_grad=True),
        torch.randn(2, generator=chance, requires_grad=True),
    ]
    theirs = [parameter.detach().clone().requires_grad_() for parameter in ours]
    wanted = torch.randn(5, 3, generator=chance)
    adam = Adam(ours, weight_decay=weight_decay)
    reference = torch.optim.Adam(theirs, weight_decay=weight_decay)
    for step in range(1, 30):
        adam.step(((wanted @ ours[0] + ours[1] - 1) ** 2).mean(), rate=0.1 / step)
        reference.param_groups[0]["lr"] = 0.1 / step
        reference.zero_grad()
        ((wanted @ theirs[0] + theirs[1] - 1) ** 2).mean().backward()
        reference.step()
    for one, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(one, other)
