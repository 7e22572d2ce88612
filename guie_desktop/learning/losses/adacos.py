"""AdaCos: no margin, and a scale that follows from the number of classes and, if wanted, from the angles reached."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from guie_desktop.learning.margin_softmax import MarginSoftmax, of_target


class FixedAdaCos(MarginSoftmax):
    """s cos(theta_j), with s = sqrt(2) ln(C - 1). ValueError for less than three classes, where s is 0 or not defined.

    Zhang, Zhao, Qiao, Wang, Li: AdaCos: Adaptively Scaling Cosine Logits for Effectively Learning Deep Face
    Representations. CVPR 2019, arXiv 1905.00292.
    """

    scale: Tensor
    """s"""

    def __init__(
        self,
        dimension: int,
        classes: int,
        class_sizes: Sequence[int] | None = None,
        *,
        sub_centres: int = 1,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__(dimension, classes, class_sizes, sub_centres=sub_centres, generator=generator)
        if classes < 3:
            raise ValueError("AdaCos needs at least three classes")
        self.register_buffer("scale", torch.tensor(math.sqrt(2) * math.log(classes - 1)))

    def logits(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Logits (B, C) for embeddings (B, d); they do not depend on the labels (B,)."""
        return self.scale * self.cosines(embeddings)


class AdaCos(FixedAdaCos):
    """s cos(theta_j), where s starts as that of `FixedAdaCos` and in train mode is fitted to each batch, before use.

    s <- ln(B) / cos(min(pi/4, median of theta_y)), with B = sum over i and j != y_i of exp(s c_ij), over N; the median
    is the lower one. A batch whose B is below 1 gives 0 and not a negative s, which would push photos from their class.
    """

    def logits(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Logits (B, C) for embeddings (B, d) of the classes `labels` (B,); in train mode, moves the scale on."""
        cosines = self.cosines(embeddings)
        if self.training:
            self.scale = self._fitted_scale(cosines.detach(), labels)
        return self.scale * cosines

    def _fitted_scale(self, cosines: Tensor, labels: Tensor) -> Tensor:
        wrong = (self.scale * cosines).scatter(1, labels[:, None], -torch.inf)
        log_b = torch.logsumexp(wrong.flatten(), dim=0) - math.log(len(cosines))
        median = torch.acos(of_target(cosines, labels)).median()
        return log_b.clamp(min=0) / torch.cos(median.clamp(max=torch.pi / 4))
