"""Adam (Kingma and Ba: Adam: A Method for Stochastic Optimization, ICLR 2015, arXiv 1412.6980), without its class.

torch.optim.Adam loads torch's compiler when it is made, which takes as long as a whole training. The function that it
calls does without.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.optim.adam import adam


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """What Adam remembers of some parameters: a tensor for each of them."""

    first: list[Tensor]
    second: list[Tensor]
    steps: list[Tensor]
    """How many were made, each a scalar that every step moves on."""

    @classmethod
    def of(cls, parameters: Iterable[Tensor]) -> "Moments":
        """As it starts."""
        shaped = list(parameters)
        return cls(
            [torch.zeros_like(parameter) for parameter in shaped],
            [torch.zeros_like(parameter) for parameter in shaped],
            [torch.tensor(0.0, device=parameter.device) for parameter in shaped],
        )


class Adam:
    """Moves parameters, which are dense in memory, against their gradients."""

    def __init__(self, parameters: Iterable[Tensor], *, weight_decay: float = 0.0) -> None:
        """`weight_decay` adds that share of each parameter to its gradient (L2 regularisation), as in the study."""
        self._parameters = list(parameters)
        self._weight_decay = weight_decay
        self._moments = Moments.of(self._parameters)

    def step(self, loss: Tensor, learning_rate: float) -> None:
        """One step down the gradient of the loss, a scalar."""
        gradients = torch.autograd.grad(loss, self._parameters)
        descend(self._parameters, gradients, self._moments, learning_rate, self._weight_decay)


@torch.no_grad()
def descend(
    parameters: Sequence[Tensor],
    gradients: Sequence[Tensor],
    moments: Moments,
    learning_rate: float,
    weight_decay: float = 0.0,
) -> None:
    """One step of Adam; parameters and moments are changed where they lie."""
    adam(
        list(parameters),
        [_laid_out_as(gradient, parameter) for gradient, parameter in zip(gradients, parameters, strict=True)],
        moments.first,
        moments.second,
        [],
        moments.steps,
        foreach=False,
        fused=True,
        grad_scale=None,
        found_inf=None,
        amsgrad=False,
        beta1=0.9,
        beta2=0.999,
        lr=learning_rate,
        weight_decay=weight_decay,
        eps=1e-8,
        maximize=False,
    )


def _laid_out_as(gradient: Tensor, parameter: Tensor) -> Tensor:
    """The gradient in the memory layout of its parameter: the fused step goes through the memory of both as it lies."""
    return gradient if gradient.stride() == parameter.stride() else torch.empty_like(parameter).copy_(gradient)
