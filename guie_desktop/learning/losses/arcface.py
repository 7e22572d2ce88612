"""ArcFace: a margin added to the angle between a photo and its class."""

from collections.abc import Sequence

import torch
from torch import Tensor

from guie_desktop.learning.margin_softmax import MarginSoftmax, angular_margin, of_target, with_target


class ArcFace(MarginSoftmax):
    """s cos(theta_y + m) for the target, s cos(theta_j) for the others.

    Beyond pi - m the target is s (cos(theta_y) - m sin m), as in insightface. s and m are those of the study (arXiv
    2409.13513); the paper has s = 64.

    Deng, Guo, Xue, Zafeiriou: ArcFace: Additive Angular Margin Loss for Deep Face Recognition. CVPR 2019,
    arXiv 1801.07698.
    """

    def __init__(
        self,
        dimension: int,
        classes: int,
        class_sizes: Sequence[int] | None = None,
        *,
        scale: float = 30.0,
        margin: float = 0.5,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__(dimension, classes, class_sizes, generator=generator)
        self.scale = scale
        self.margin = margin

    def logits(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Logits (B, C) for embeddings (B, d) of the classes `labels` (B,)."""
        cosines = self.cosines(embeddings)
        target = angular_margin(of_target(cosines, labels), self.margin)
        return self.scale * with_target(cosines, labels, target)
