"""Sub-center ArcFace: ArcFace with several centres for a class, so that a class may look in more than one way."""

from collections.abc import Sequence

import torch
from torch import Tensor

from guie_desktop.learning.margin_softmax import MarginSoftmax, angular_margin, of_target, with_target


class SubCenterArcFace(MarginSoftmax):
    """s cos(theta_y + m) for the target, s cos(theta_j) for the others, theta_j the angle to the nearest of k centres.

    Beyond pi - m the target is s (cos(theta_y) - m sin m). s, m and k are those of the study (arXiv 2409.13513), which
    found this the best of its losses; like it, this leaves out the paper's second training without the lesser centres.

    Deng, Guo, Liu, Gong, Zafeiriou: Sub-center ArcFace: Boosting Face Recognition by Large-Scale Noisy Web Faces.
    ECCV 2020, doi 10.1007/978-3-030-58621-8_43.
    """

    def __init__(
        self,
        dimension: int,
        classes: int,
        class_sizes: Sequence[int] | None = None,
        *,
        scale: float = 30.0,
        margin: float = 0.5,
        sub_centres: int = 3,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__(dimension, classes, class_sizes, sub_centres=sub_centres, generator=generator)
        self.scale = scale
        self.margin = margin

    def logits(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Logits (B, C) for embeddings (B, d) of the classes `labels` (B,)."""
        cosines = self.cosines(embeddings)
        target = angular_margin(of_target(cosines, labels), self.margin)
        return self.scale * with_target(cosines, labels, target)
