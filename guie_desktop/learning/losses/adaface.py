"""AdaFace: a margin that depends on the length of the embedding, which stands for the quality of the photo."""

from collections.abc import Sequence

import torch
from torch import Tensor

from guie_desktop.learning.margin_softmax import MarginSoftmax, of_target, with_target

EPSILON = 1e-3


class AdaFace(MarginSoftmax):
    """s (cos(theta_y - m z) - (m + m z)) for the target, s cos(theta_j) for the others.

    z = h (|x| - mu) / (sigma + 1e-3), clipped to [-1, 1], where mu and sigma follow mean and standard deviation of |x|
    in the batches: mu <- (1 - r) mu + r mean, in train mode, before they are used. They start at `start`, or at what
    the first batch has; the authors' start of (20, 100) is for faces and takes some 500 batches to fade. |x| is a
    measure and not trained through, and clipped to [1e-3, 100]; theta_y - m z is clipped to [1e-3, pi - 1e-3], and
    cosines to +-(1 - 1e-3).

    Kim, Jain, Liu: AdaFace: Quality Adaptive Margin for Face Recognition. CVPR 2022, arXiv 2204.00964.
    """

    mean: Tensor
    """mu; nan until a batch was seen."""
    deviation: Tensor
    """sigma; nan until a batch was seen."""

    def __init__(
        self,
        dimension: int,
        classes: int,
        class_sizes: Sequence[int] | None = None,
        *,
        scale: float = 64.0,
        margin: float = 0.4,
        concentration: float = 0.333,
        rate: float = 0.01,
        start: tuple[float, float] | None = None,
        sub_centres: int = 1,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__(dimension, classes, class_sizes, sub_centres=sub_centres, generator=generator)
        self.scale = scale
        self.margin = margin
        self.concentration = concentration
        self.rate = rate
        mean, deviation = start or (torch.nan, torch.nan)
        self.register_buffer("mean", torch.tensor(mean))
        self.register_buffer("deviation", torch.tensor(deviation))

    def logits(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Logits (B, C) for embeddings (B, d) of the classes `labels` (B,); in train mode, moves mu and sigma on."""
        cosines = self.cosines(embeddings).clamp(EPSILON - 1, 1 - EPSILON)
        offset = self.margin * self._quality(embeddings.detach())
        angle = torch.acos(of_target(cosines, labels)) - offset
        target = torch.cos(angle.clamp(EPSILON, torch.pi - EPSILON)) - (self.margin + offset)
        return self.scale * with_target(cosines, labels, target)

    def _quality(self, embeddings: Tensor) -> Tensor:
        """The z of each embedding, (B, 1), and with it the step of mu and sigma."""
        lengths: Tensor = torch.linalg.vector_norm(embeddings, dim=1, keepdim=True).clamp(EPSILON, 100)
        if self.training and len(lengths) > 1:  # one length has no deviation
            self.mean = self._follow(self.mean, lengths.mean())
            self.deviation = self._follow(self.deviation, lengths.std())
        z = self.concentration * (lengths - self.mean) / (self.deviation + EPSILON)
        return z.nan_to_num(0).clamp(-1, 1)  # all are average as long as there is nothing to compare with

    def _follow(self, average: Tensor, of_batch: Tensor) -> Tensor:
        return torch.where(average.isnan(), of_batch, average.lerp(of_batch, self.rate))
