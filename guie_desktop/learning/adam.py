"""Adam (Kingma and Ba: Adam: A Method for Stochastic Optimization, ICLR 2015, arXiv 1412.6980), without its class.

torch.optim.Adam loads torch's compiler when it is made, which takes as long as a whole training. The function that it
calls does without.
"""

from collections.abc import Iterable

import torch
from torch import Tensor
from torch.optim.adam import adam


class Adam:
    """Moves parameters against their gradients."""

    def __init__(self, parameters: Iterable[Tensor], *, weight_decay: float = 0.0) -> None:
        """`weight_decay` adds that share of each parameter to its gradient, as in the study."""
        self._parameters = list(parameters)
        self._weight_decay = weight_decay
        self._means = [torch.zeros_like(parameter) for parameter in self._parameters]
        self._squares = [torch.zeros_like(parameter) for parameter in self._parameters]
        self._steps = [torch.tensor(0.0) for _ in self._parameters]

    def step(self, loss: Tensor, rate: float) -> None:
        """One step down the gradient of the loss, a scalar, at this learning rate."""
        gradients = torch.autograd.grad(loss, self._parameters)
        with torch.no_grad():
            adam(
                self._parameters,
                list(gradients),
                self._means,
                self._squares,
                [],
                self._steps,
                foreach=False,
                fused=True,
                grad_scale=None,
                found_inf=None,
                amsgrad=False,
                beta1=0.9,
                beta2=0.999,
                lr=rate,
                weight_decay=self._weight_decay,
                eps=1e-8,
                maximize=False,
            )
