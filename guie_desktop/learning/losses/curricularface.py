"""CurricularFace: ArcFace that turns to the hard wrong classes as training goes on."""

from collections.abc import Sequence

import torch
from torch import Tensor

from guie_desktop.learning.margin_softmax import MarginSoftmax, angular_margin, of_target, with_target


class CurricularFace(MarginSoftmax):
    """ArcFace's target; of the others, c_j becomes c_j (t + c_j) where it is hard: c_j > cos(theta_y + m).

    t starts at 0 and follows how well the batches do: t <- (1 - r) t + r mean(c_y), in train mode, before it is used.
    Hardness is decided without the guard that the target has beyond pi - m, as in the authors' code.

    Huang, Wang, Tai, Liu, Shen, Li, Li, Huang: CurricularFace: Adaptive Curriculum Learning Loss for Deep Face
    Recognition. CVPR 2020, arXiv 2004.00288.
    """

    t: Tensor
    """How far training has come: a running mean of c_y."""

    def __init__(
        self,
        dimension: int,
        classes: int,
        class_sizes: Sequence[int] | None = None,
        *,
        scale: float = 64.0,
        margin: float = 0.5,
        rate: float = 0.01,
        sub_centres: int = 1,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__(dimension, classes, class_sizes, sub_centres=sub_centres, generator=generator)
        self.scale = scale
        self.margin = margin
        self.rate = rate
        self.register_buffer("t", torch.tensor(0.0))

    def logits(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Logits (B, C) for embeddings (B, d) of the classes `labels` (B,); in train mode, moves t on."""
        cosines = self.cosines(embeddings)
        target = of_target(cosines, labels)
        if self.training:
            self.t = self.t.lerp(target.detach().mean(), self.rate)
        hard = cosines > torch.cos(torch.acos(target) + self.margin)
        others = torch.where(hard, cosines * (self.t + cosines), cosines)
        return self.scale * with_target(others, labels, angular_margin(target, self.margin))
