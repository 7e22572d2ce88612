"""ArcFace with a margin for each class: the fewer photos it has, the larger."""

from collections.abc import Sequence

import torch
from torch import Tensor

from guie_desktop.learning.margin_softmax import MarginSoftmax, angular_margin, of_target, with_target


class ClassMarginArcFace(MarginSoftmax):
    """s cos(theta_y + m_y) for the target, s cos(theta_j) for the others.

    m_c = m_min + (m_max - m_min) (1 + cos(pi (n_c - n_min) / (n_max - n_min))) / 2, where n_c is the size of class c;
    m_max for all if they are of one size. Beyond pi - m_y the target is s (cos(theta_y) - m_y sin m_y).

    Florek, Tschirschwitz, Barz, Rodehorst: Efficient and Discriminative Image Feature Extraction for Universal
    Image Retrieval. GCPR 2024, arXiv 2409.13513, where it is ArcFace with dynamic margin.
    """

    per_class = ("centres", "margins")
    margins: Tensor
    """(C,)"""

    def __init__(
        self,
        dimension: int,
        classes: int,
        class_sizes: Sequence[int] | None = None,
        *,
        scale: float = 30.0,
        smallest_margin: float = 0.2,
        largest_margin: float = 0.5,
        sub_centres: int = 1,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__(dimension, classes, class_sizes, sub_centres=sub_centres, generator=generator)
        if class_sizes is None:
            raise ValueError("the margins follow from the class sizes, and there are none")
        self.scale = scale
        sizes = torch.tensor(class_sizes, dtype=self.centres.dtype)
        abundance = (sizes - sizes.min()) / (sizes.max() - sizes.min()).clamp(min=1)
        share = (1 + torch.cos(torch.pi * abundance)) / 2
        self.register_buffer("margins", smallest_margin + (largest_margin - smallest_margin) * share)

    def logits(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Logits (B, C) for embeddings (B, d) of the classes `labels` (B,)."""
        cosines = self.cosines(embeddings)
        target = angular_margin(of_target(cosines, labels), self.margins[labels, None])
        return self.scale * with_target(cosines, labels, target)
