"""Softmax over cosines to learned class centres, and the arithmetic of angles that its margin losses share."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional


class MarginSoftmax(nn.Module, ABC):
    """Cross entropy of `logits(embeddings, labels)`; what a loss is made of is in its `logits`.

    Each class has k centres W_c1 ... W_ck, of which the nearest counts: c_j = max_i <x/|x|, W_ji/|W_ji|>. They are
    parameters, are trained with the head, and are thrown away afterwards.
    """

    per_class: tuple[str, ...] = ("centres",)
    """Parameters and buffers with a row for each class: with some of their rows it is the loss among some classes."""

    def __init__(
        self,
        dimension: int,
        classes: int,
        class_sizes: Sequence[int] | None = None,
        *,
        sub_centres: int = 1,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        if class_sizes is not None and len(class_sizes) != classes:
            raise ValueError(f"{len(class_sizes)} class sizes for {classes} classes")
        if sub_centres < 1:
            raise ValueError("a class needs at least one centre")
        centres = torch.empty(classes, sub_centres, dimension)
        nn.init.xavier_uniform_(centres.view(-1, dimension), generator=generator)
        self.centres = nn.Parameter(centres)
        """(C, k, d)"""

    def cosines(self, embeddings: Tensor) -> Tensor:
        """Embeddings (B, d) to cosines (B, C), each to the nearest centre of the class."""
        classes, sub_centres, dimension = self.centres.shape
        directions = functional.normalize(self.centres.view(-1, dimension))
        cosines = functional.normalize(embeddings) @ directions.T
        limit = _largest_cosine(cosines.dtype)
        nearest = cosines.view(-1, classes, sub_centres).max(dim=2).values  # amax is slower, backwards eightfold
        return nearest.clamp(-limit, limit)

    @abstractmethod
    def logits(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Logits (B, C) for embeddings (B, d) of the classes `labels` (B,) int64; in train mode, state moves on."""

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """The loss, a scalar: the mean over the batch."""
        return functional.cross_entropy(self.logits(embeddings, labels), labels)


def of_target(cosines: Tensor, labels: Tensor) -> Tensor:
    """The column (B, 1) of the cosines (B, C) to the classes that `labels` (B,) name."""
    return cosines.gather(1, labels[:, None])


def with_target(cosines: Tensor, labels: Tensor, target: Tensor) -> Tensor:
    """The cosines (B, C) with `target` (B, 1) at the classes that `labels` (B,) name."""
    return cosines.scatter(1, labels[:, None], target)


def angular_margin(cosine: Tensor, margin: float | Tensor) -> Tensor:
    """cos(theta + m) where theta + m < pi, else cos(theta) - m sin(m), so that a larger angle never scores higher.

    `margin` m is in radians, one number or one for each cosine. The guard is that of insightface; others leave it out
    or clip the angle, which gives other losses.
    """
    margin = torch.as_tensor(margin, dtype=cosine.dtype, device=cosine.device)
    widened = torch.cos(torch.acos(cosine) + margin)
    return torch.where(cosine > torch.cos(torch.pi - margin), widened, cosine - margin * torch.sin(margin))


def _largest_cosine(dtype: torch.dtype) -> float:
    """Just below 1, where the slope of acos is finite; lower for types of number in which 1 - 1e-7 is 1."""
    return 1 - max(1e-7, torch.finfo(dtype).eps)
