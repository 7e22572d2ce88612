"""Batches whose cosines to the classes are known, and random batches."""

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from guie_desktop.learning.losses import make_loss
from guie_desktop.learning.margin_softmax import MarginSoftmax


def seeded(name: str, dimension: int, classes: int, seed: int = 0, **options: float) -> MarginSoftmax:
    """A loss of the registry, with classes of sizes 3, 4, 5 ..."""
    generator = torch.Generator().manual_seed(seed)
    return make_loss(name, dimension, classes, range(3, 3 + classes), generator=generator, **options)


def placed(loss: MarginSoftmax, cosines: ArrayLike) -> Tensor:
    """Move the centres so that the embeddings returned, the first B axes, have these cosines (B, C) to them.

    The loss must be for dimension B + 1; the last axis takes what a centre lacks to length 1.
    """
    wanted = torch.as_tensor(np.asarray(cosines, dtype=np.float64))
    rest = (1 - wanted.square().sum(dim=0, keepdim=True)).clamp(min=0).sqrt()
    with torch.no_grad():
        loss.centres.copy_(torch.cat([wanted, rest]).T[:, None])
    return torch.eye(len(wanted) + 1)[: len(wanted)]


def random_batch(loss: MarginSoftmax, seed: int, photos: int = 24) -> tuple[Tensor, Tensor]:
    """Embeddings (B, d) and labels (B,): some near their class, some far beyond pi - m, most anywhere."""
    classes, _, dimension = loss.centres.shape
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(classes, (photos,), generator=generator)
    embeddings = 3 * torch.randn(photos, dimension, generator=generator)
    pull = torch.linspace(-20, 20, photos)[:, None]
    pull[photos // 3 : -photos // 3] = 0
    centres = loss.centres.detach()[labels, 0]
    return embeddings + pull * centres / centres.norm(dim=1, keepdim=True), labels


def gradient(tensor: Tensor) -> Tensor:
    """What came back to it."""
    assert tensor.grad is not None
    return tensor.grad


def plain_cosines(loss: MarginSoftmax, embeddings: Tensor) -> NDArray[np.float64]:
    """Cosines (B, C) to the nearest sub-centre, one by one."""
    centres = loss.centres.detach().numpy()
    return np.array(
        [
            [max(float(x @ w / np.linalg.norm(x) / np.linalg.norm(w)) for w in of_class) for of_class in centres]
            for x in embeddings.detach().numpy()
        ]
    )


def plain_cross_entropy(logits: NDArray[np.float64], labels: Tensor) -> float:
    """Mean of -log softmax at the labels, one by one."""
    return float(np.mean([np.log(np.exp(row - row[y]).sum()) for row, y in zip(logits, labels.tolist(), strict=True)]))


def guarded(cosine: float, margin: float) -> float:
    """ArcFace's target, by the angle."""
    angle = np.arccos(cosine)
    return float(np.cos(angle + margin) if angle + margin < np.pi else cosine - margin * np.sin(margin))
