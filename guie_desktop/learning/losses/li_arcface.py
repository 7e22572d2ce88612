"""Li-ArcFace: logits that are linear in the angle, made for embeddings of few dimensions."""

from collections.abc import Sequence

import torch
from torch import Tensor

from guie_desktop.learning.margin_softmax import MarginSoftmax, of_target, with_target


class LiArcFace(MarginSoftmax):
    """s (pi - 2 (theta_y + m)) / pi for the target, s (pi - 2 theta_j) / pi for the others.

    It falls with the angle all the way, so nothing has to be guarded beyond pi - m.

    Li, Wang, Hu, Leng: AirFace: Lightweight and Efficient Model for Face Recognition. ICCV Workshops 2019,
    arXiv 1907.12256.
    """

    def __init__(
        self,
        dimension: int,
        classes: int,
        class_sizes: Sequence[int] | None = None,
        *,
        scale: float = 64.0,
        margin: float = 0.45,
        sub_centres: int = 1,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__(dimension, classes, class_sizes, sub_centres=sub_centres, generator=generator)
        self.scale = scale
        self.margin = margin

    def logits(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Logits (B, C) for embeddings (B, d) of the classes `labels` (B,)."""
        angles = torch.acos(self.cosines(embeddings))
        angles = with_target(angles, labels, of_target(angles, labels) + self.margin)
        return self.scale * (torch.pi - 2 * angles) / torch.pi
