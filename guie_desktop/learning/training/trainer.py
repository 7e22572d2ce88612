"""Training: from a training set to a projection, in seconds, on stored features; importing this imports torch.

A linear layer is trained with a margin loss, as in the study (Florek et al., 2024), on whitened features, and starts
from their leading directions. It is averaged with that start in weight space, WiSE-FT (Wortsman et al.: Robust
fine-tuning of zero-shot models, CVPR 2022, arXiv 2109.01903): the average ranks what was trained on as well, and what
was not trained on better.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from guie_desktop.arrays import Floats
from guie_desktop.embedding.projection import Projection
from guie_desktop.learning.data.curation import TrainingSet
from guie_desktop.learning.losses import make_loss
from guie_desktop.learning.margin_softmax import MarginSoftmax
from guie_desktop.learning.training.adam import Adam
from guie_desktop.learning.training.feature_statistics import FeatureStatistics
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.learning.training.within_class import WithinClassSpace, start_of

ProgressCallback = Callable[[float], None]
"""Takes the share that is done; may raise to end the training."""

_WARMUP = 0.1
"""Share of the steps in which the learning rate rises."""
_FINAL_RATE = 0.05
"""Of the learning rate, at the end."""
_MASKED_LOGIT = -1e4
_NEGATIVE_SCALE = 30.0
"""Of the cosines of refused photos; the losses have scales of their own, some of which change."""
_NEGATIVES_PER_BATCH = 32


@contextmanager
def single_threaded() -> Iterator[None]:
    """Here torch computes in one thread, as NumPy does: as fast for small matrices, and not slowed by neighbours."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@single_threaded()
def train(
    training_set: TrainingSet,
    library: FeatureStatistics,
    recipe: Recipe,
    on_progress: ProgressCallback = lambda _: None,
    start: WithinClassSpace | None = None,
) -> Projection:
    """The projection that is learned from a training set, in the midst of a library.

    The same training set, library and recipe give the same projection. `start` is what `start_of` gives for them, where
    that was computed ahead. ValueError with fewer than two albums.
    """
    space = start or start_of(training_set, library, recipe)
    matrix, bias = _train_layer(space, training_set, recipe, on_progress)
    alpha = np.float32(recipe.wise_ft_alpha)
    return space.whitening.then((1 - alpha) * space.leading_directions + alpha * matrix, alpha * bias)


def _train_layer(
    space: WithinClassSpace, training_set: TrainingSet, recipe: Recipe, on_progress: ProgressCallback
) -> tuple[Floats, Floats]:
    """A linear layer (D, d) and (d,) on the whitened features, trained from their leading directions on."""
    albums = np.flatnonzero(training_set.membership.any(axis=0))
    if len(albums) < 2:
        raise ValueError("a margin between albums needs two of them")
    rng = torch.Generator().manual_seed(recipe.seed)
    inputs = torch.from_numpy(space.whitening.apply(training_set.features))
    membership = torch.from_numpy(training_set.membership[:, albums])
    photos, labels = membership.nonzero(as_tuple=True)
    negatives, refused_labels = torch.from_numpy(training_set.refused[:, albums]).nonzero(as_tuple=True)
    layer = nn.Linear(*space.leading_directions.shape)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(space.leading_directions.T))
        layer.bias.zero_()
    class_sizes = membership.sum(dim=0).tolist()
    loss = make_loss(recipe.loss, layer.out_features, len(albums), class_sizes, generator=rng)
    optimiser = Adam([*layer.parameters(), *loss.parameters()])
    steps = recipe.epochs * math.ceil(len(photos) / recipe.batch_size)
    for step, batch in enumerate(minibatches(len(photos), recipe.batch_size, steps, rng)):
        on_progress(step / steps)
        embeddings = layer(dropout(inputs[photos[batch]], recipe.dropout, rng))
        loss_value = _album_loss(loss, embeddings, labels[batch], membership[photos[batch]])
        if len(negatives):
            drawn = torch.randint(len(negatives), (min(len(negatives), _NEGATIVES_PER_BATCH),), generator=rng)
            loss_value = loss_value + _negative_loss(loss, layer(inputs[negatives[drawn]]), refused_labels[drawn]) * (
                len(drawn) / len(batch)
            )
        optimiser.step(loss_value, recipe.learning_rate * warmup_cosine(step, steps))
    return layer.weight.detach().numpy().T, layer.bias.detach().numpy()


def minibatches(count: int, size: int, steps: int, rng: torch.Generator) -> Iterator[Tensor]:
    """So many batches (B,) of positions below `count`, in epochs of which each has every position once."""
    order = torch.empty(0, dtype=torch.int64)
    for _ in range(steps):
        if not len(order):
            order = torch.randperm(count, generator=rng)
        yield order[:size]
        order = order[size:]


def warmup_cosine(step: int, steps: int, warmup: float = _WARMUP, final: float = _FINAL_RATE) -> float:
    """The learning rate of a step, as a share of the highest: a linear warm-up, and cosine annealing down to `final`.

    `warmup` is the share of the steps in which it rises.

    Loshchilov, Hutter: SGDR: Stochastic Gradient Descent with Warm Restarts, ICLR 2017, arXiv 1608.03983, without the
    restarts.
    """
    warm = min(1.0, (step + 1) / max(1.0, warmup * steps))
    return warm * (final + (1 - final) * 0.5 * (1 + math.cos(math.pi * step / steps)))


def dropout(inputs: Tensor, rate: float, rng: torch.Generator) -> Tensor:
    """Each number zero with this probability and the others larger for it, as torch.nn.Dropout has it, seeded."""
    kept = torch.rand(inputs.shape, generator=rng, device=inputs.device).ge_(
        rate
    )  # as numbers, which is faster than as truth values
    return kept.mul_(inputs).div_(1 - rate)


def _album_loss(loss: MarginSoftmax, embeddings: Tensor, labels: Tensor, membership: Tensor) -> Tensor:
    """Cross entropy in which a photo's other albums are masked, for they are no mistakes."""
    others = membership.scatter(1, labels[:, None], False)
    return functional.cross_entropy(loss.logits(embeddings, labels).masked_fill(others, _MASKED_LOGIT), labels)


def _negative_loss(loss: MarginSoftmax, embeddings: Tensor, refused_labels: Tensor) -> Tensor:
    """-log(1 - p) of the album that each photo was refused for.

    Kim, Yim, Yun, Kim: NLNL: Negative Learning for Noisy Labels, ICCV 2019, arXiv 1908.07387.
    """
    probabilities = functional.softmax(_NEGATIVE_SCALE * loss.cosines(embeddings), dim=1)
    of_refused = probabilities.gather(1, refused_labels[:, None])
    return -torch.log1p(-of_refused.clamp(max=1 - 1e-6)).mean()
