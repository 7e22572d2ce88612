"""The class centres that a head is trained against: all of them in each step, or those of the batch and some others.

Partial FC (An, Deng, Guo, Feng, Zhu, Yang, Liu: Killing Two Birds with One Stone: Efficient and Robust Training of Face
Recognition CNNs by Partial FC, CVPR 2022, arXiv 2203.15565): the softmax is taken over the classes of the batch and a
random share of the others. Only their rows of the matrix are moved to the device, and only they are updated, as are
Adam's moments of them.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.func import functional_call

from guie_desktop.learning.losses import make_loss
from guie_desktop.learning.training.adam import Moments, descend
from guie_desktop.study.training.recipe import HeadRecipe

_SHARE_OF_DEVICE = 0.3
"""Of a graphics card's free memory, which matrix and moments may take; else they stay in the computer's."""


class ClassMatrix:
    """The loss with its centres (C, k, d), and what the optimiser remembers of them."""

    def __init__(
        self,
        recipe: HeadRecipe,
        dimension: int,
        class_sizes: Sequence[int],
        rng: torch.Generator,
        device: torch.device,
    ) -> None:
        """For embeddings of length `dimension`; `class_sizes` (C,) are the numbers of photos in the classes."""
        options = dict(recipe.loss_options)
        self._loss = make_loss(recipe.loss, dimension, len(class_sizes), class_sizes, generator=rng, **options)
        self._at_once = at_once = recipe.sampled_classes(len(class_sizes))
        self._weight_decay = recipe.weight_decay
        self._device = device
        if at_once is None or _fits(self._loss.centres, device):
            self._loss.to(device)
        else:  # what is not a row of a class goes along
            for name, buffer in self._loss.named_buffers():
                if name not in self._loss.per_class:
                    setattr(self._loss, name, buffer.to(device))
        self._moments = Moments.of([self._loss.centres])

    @property
    def centres(self) -> int:
        """How many there are, of all classes together."""
        classes, per_class, _ = self._loss.centres.shape
        return classes * per_class

    @property
    def dimension(self) -> int:
        """Length d of the embeddings."""
        return int(self._loss.centres.shape[2])

    def draw(self, labels: Tensor, rng: torch.Generator) -> Tensor | None:
        """The classes of a step in ascending order, with those of the labels (B,) among them; None: all.

        Of the others one is drawn at random from each of so many equal runs of classes, so that all are as likely, and
        those of one data set, which are neighbours, not many at once.
        """
        if self._at_once is None:
            return None
        classes = len(self._loss.centres)
        places = torch.arange(self._at_once, dtype=torch.float64) + torch.rand(
            self._at_once, dtype=torch.float64, generator=rng
        )
        others = (places * (classes / self._at_once)).long().clamp_(max=classes - 1)
        drawn: Tensor = torch.unique(torch.cat([others, labels]))
        return drawn

    def step(
        self,
        embeddings: Tensor,
        labels: Tensor,
        *,
        layer: Sequence[Tensor],
        chosen: Tensor | None,
        learning_rate: float,
    ) -> tuple[float, tuple[Tensor, ...]]:
        """Move the centres of the chosen classes; the loss of embeddings (B, d) and its gradients for the layer.

        `labels` (B,) int64 are the numbers of classes, on the CPU, and `layer` what the embeddings were computed by.
        """
        if chosen is None:
            centres = self._loss.centres
            value = self._loss(embeddings, labels.to(self._device))
            *gradients, of_centres = torch.autograd.grad(value, [*layer, centres])
            descend([centres], [of_centres], self._moments, learning_rate, self._weight_decay)
            return float(value.detach()), tuple(gradients)
        stored = self._loss.centres.detach()
        at = chosen.to(stored.device)
        rows = {name: getattr(self._loss, name).detach()[at].to(self._device) for name in self._loss.per_class}
        rows["centres"].requires_grad_()
        value = functional_call(self._loss, rows, (embeddings, torch.searchsorted(chosen, labels).to(self._device)))
        *gradients, of_centres = torch.autograd.grad(value, [*layer, rows["centres"]])
        ((first,), (second,), steps) = self._moments.first, self._moments.second, self._moments.steps
        part = Moments([first[at].to(self._device)], [second[at].to(self._device)], [steps[0].to(self._device)])
        descend([rows["centres"]], [of_centres], part, learning_rate, self._weight_decay)
        for whole, moved in ((stored, rows["centres"].detach()), (first, part.first[0]), (second, part.second[0])):
            whole.index_copy_(0, at, moved.to(whole.device))
        steps[0].copy_(part.steps[0])
        return float(value.detach()), tuple(gradients)

    def state(self) -> dict[str, Tensor]:
        """All that a training needs to go on, by name."""
        moments = {"first": self._moments.first[0], "second": self._moments.second[0], "steps": self._moments.steps[0]}
        return {f"loss.{name}": value for name, value in self._loss.state_dict().items()} | moments

    @torch.no_grad()
    def restore(self, state: dict[str, Tensor]) -> None:
        """Go on from what `state` gave."""
        for name, value in self.state().items():
            value.copy_(state[name])


def _fits(centres: Tensor, device: torch.device) -> bool:
    if device.type != "cuda":
        return True
    free, _ = torch.cuda.mem_get_info(device)
    return 3 * centres.nbytes <= _SHARE_OF_DEVICE * free
