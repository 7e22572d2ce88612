"""Adam (Kingma and Ba: Adam: A Method for Stochastic Optimization, ICLR 2015, arXiv 1412.6980), without its class.

torch.optim.Adam loads torch's compiler when it is made, which takes as long as a whole training. The function that it
calls does without.
"""

from collections.abc import Iterable

import torch
from torch import Tensor
from torch.optim.adam import adam


class Adam:
    """Moves parameters, which are dense in memory, against their gradients."""

    def __init__(self, parameters: Iterable[Tensor], *, weight_decay: float = 0.0) -> None:
        """`weight_decay` adds that share of each parameter to its gradient (L2 regularisation), as in the study."""
        self._parameters = list(parameters)
        self._weight_decay = weight_decay
        self._first_moments = [torch.zeros_like(parameter) for parameter in self._parameters]
        self._second_moments = [torch.zeros_like(parameter) for parameter in self._parameters]
        self._steps = [torch.tensor(0.0) for _ in self._parameters]

    def step(self, loss: Tensor, learning_rate: float) -> None:
        """One step down the gradient of the loss, a scalar."""
        pairs = zip(torch.autograd.grad(loss, self._parameters), self._parameters, strict=True)
        with torch.no_grad():
            adam(
                self._parameters,
                [_laid_out_as(gradient, parameter) for gradient, parameter in pairs],
                self._first_moments,
                self._second_moments,
                [],
                self._steps,
                foreach=False,
                fused=True,
                grad_scale=None,
                found_inf=None,
                amsgrad=False,
                beta1=0.9,
                beta2=0.999,
                lr=learning_rate,
                weight_decay=self._weight_decay,
                eps=1e-8,
                maximize=False,
            )


def _laid_out_as(gradient: Tensor, parameter: Tensor) -> Tensor:
    """The gradient in the memory layout of its parameter: the fused step goes through the memory of both as it lies."""
    return gradient if gradient.stride() == parameter.stride() else torch.empty_like(parameter).copy_(gradient)
