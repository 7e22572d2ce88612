"""Training: from lessons to a projection, in seconds, on stored features; importing this imports torch.

A linear layer is trained with a margin loss, as in the study (Florek et al., 2024), on whitened features, and starts
from their widest directions. A mean of both in weight space is kept (Wortsman et al.: Robust Fine-tuning of Zero-shot
Models, CVPR 2022, arXiv 2109.01903): it ranks what was learned as well, and what was not learned better.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import torch
from threadpoolctl import threadpool_limits
from torch import Tensor, nn
from torch.nn import functional

from guie_desktop.embedding.head import Floats
from guie_desktop.learning.adam import Adam
from guie_desktop.learning.curation import Lessons
from guie_desktop.learning.geometry import Geometry
from guie_desktop.learning.losses import make_loss
from guie_desktop.learning.margin_softmax import MarginSoftmax
from guie_desktop.learning.projection import Projection
from guie_desktop.learning.recipe import Recipe
from guie_desktop.learning.within_class import WithinClassSpace

Tell = Callable[[float], None]
"""Takes the share that is done; may raise to end the training."""

_WARM_UP = 0.1
"""Share of the steps in which the learning rate rises; afterwards it falls along a cosine."""
_LAST_RATE = 0.05
"""Of the learning rate, at the end."""
_MASKED = -1e4
_REFUSAL_SCALE = 30.0
"""Of the cosines of refused photos; the losses have scales of their own, some of which change."""
_REFUSALS_AT_ONCE = 32


@contextmanager
def one_thread() -> Iterator[None]:
    """Here torch and numpy compute in one thread: as fast for such small matrices, and not slowed by neighbours."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with threadpool_limits(limits=1, user_api="blas"):
            yield
    finally:
        torch.set_num_threads(before)


def train(lessons: Lessons, library: Geometry, recipe: Recipe, tell: Tell = lambda _: None) -> Projection:
    """The projection that the lessons teach, in the midst of a library.

    The same lessons, library and recipe give the same projection. ValueError with fewer than two albums.
    """
    albums = lessons.most_specific()
    space = WithinClassSpace.of(lessons.rows, albums, library, most=recipe.dimension, shrinkage=recipe.shrinkage)
    matrix, bias = _trained(space, lessons, recipe, tell)
    share = np.float32(recipe.blend)
    return space.whitening.then((1 - share) * space.widest + share * matrix, share * bias)


def _trained(space: WithinClassSpace, lessons: Lessons, recipe: Recipe, tell: Tell) -> tuple[Floats, Floats]:
    """A linear layer (D, d) and (d,) on the whitened features, trained from their widest directions on."""
    albums = np.flatnonzero(lessons.belongs.any(axis=0))
    if len(albums) < 2:
        raise ValueError("a margin between albums needs two of them")
    chance = torch.Generator().manual_seed(recipe.seed)
    inputs = torch.from_numpy(space.whitening.apply(lessons.rows))
    belongs = torch.from_numpy(lessons.belongs[:, albums])
    photos, labels = belongs.nonzero(as_tuple=True)
    refused, refusing = torch.from_numpy(lessons.refused[:, albums]).nonzero(as_tuple=True)
    layer = nn.Linear(*space.widest.shape)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(space.widest.T))
        layer.bias.zero_()
    sizes = belongs.sum(dim=0).tolist()
    loss = make_loss(recipe.loss, layer.out_features, len(albums), sizes, generator=chance)
    optimiser = Adam([*layer.parameters(), *loss.parameters()])
    steps = min(recipe.epochs * math.ceil(len(photos) / recipe.batch), recipe.most_steps)
    for step, batch in enumerate(batches(len(photos), recipe.batch, steps, chance)):
        tell(step / steps)
        embedded = layer(dropped_out(inputs[photos[batch]], recipe.dropout, chance))
        lost = _album_loss(loss, embedded, labels[batch], belongs[photos[batch]])
        if len(refused):
            drawn = torch.randint(len(refused), (min(len(refused), _REFUSALS_AT_ONCE),), generator=chance)
            lost = lost + _refusal_loss(loss, layer(inputs[refused[drawn]]), refusing[drawn]) * (
                len(drawn) / len(batch)
            )
        optimiser.step(lost, recipe.learning_rate * learning_rate(step, steps))
    return layer.weight.detach().numpy().T, layer.bias.detach().numpy()


def batches(count: int, size: int, steps: int, chance: torch.Generator) -> Iterator[Tensor]:
    """So many batches (B,) of positions below `count`, in epochs of which each has every position once."""
    order = torch.empty(0, dtype=torch.int64)
    for _ in range(steps):
        if not len(order):
            order = torch.randperm(count, generator=chance)
        yield order[:size]
        order = order[size:]


def learning_rate(step: int, steps: int) -> float:
    """Of a step, as a share of the highest: up along a line, down along a cosine."""
    warm = min(1.0, (step + 1) / max(1.0, _WARM_UP * steps))
    return warm * (_LAST_RATE + (1 - _LAST_RATE) * 0.5 * (1 + math.cos(math.pi * step / steps)))


def dropped_out(rows: Tensor, share: float, chance: torch.Generator) -> Tensor:
    """The rows with this share of their numbers zero and the others larger for it, as torch.nn.Dropout has it."""
    kept = torch.rand(rows.shape, generator=chance) >= share
    return rows * kept / (1 - share)


def _album_loss(loss: MarginSoftmax, embedded: Tensor, labels: Tensor, belongs: Tensor) -> Tensor:
    """Cross entropy in which a photo's other albums are no mistake."""
    others = belongs.scatter(1, labels[:, None], False)
    return functional.cross_entropy(loss.logits(embedded, labels).masked_fill(others, _MASKED), labels)


def _refusal_loss(loss: MarginSoftmax, embedded: Tensor, refusing: Tensor) -> Tensor:
    """-log(1 - p) of the album that each photo was refused for."""
    certainty = functional.softmax(_REFUSAL_SCALE * loss.cosines(embedded), dim=1).gather(1, refusing[:, None])
    return -torch.log1p(-certainty.clamp(max=1 - 1e-6)).mean()
