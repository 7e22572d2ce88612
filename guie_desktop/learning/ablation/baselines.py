"""The study's own heads on stored features, as baselines for ours; importing this imports torch.

Florek et al. (2024), in the words of their code (github.com/morrisfl/UniFEx): the zero-shot head is
`AdaptiveAvgPool1d(64)`, the linear probe `Dropout(0.2), Linear(D, 64)` under a margin loss, with Adam.

What cannot be the same here: features are of unit length and standardised, because the learning rate was chosen for
features of another length. And ten epochs of a desktop's photos would be a few hundred steps where theirs were 25,660.
"""

import math

import numpy as np
import torch
from torch import Tensor, nn

from guie_desktop.arrays import Floats
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.learning.data.curation import TrainingSet
from guie_desktop.learning.losses import make_loss
from guie_desktop.learning.training.adam import Adam
from guie_desktop.learning.training.study_hyperparameters import (
    BATCH_SIZE,
    DIMENSION,
    DROPOUT,
    EPOCHS,
    LEARNING_RATE,
    LOSS_OPTIONS,
    WEIGHT_DECAY,
)
from guie_desktop.learning.training.trainer import ProgressCallback, dropout, minibatches, warmup_cosine

MIN_STEPS, MAX_STEPS = 800, 3000
"""Measured in model_assets/ABLATIONS.md."""
MIN_STD = 1e-6
"""Of a number of the features, which is divided by it."""


def average_pooled(features: Floats) -> Floats:
    """Features (N, D) to embeddings (N, 64) of unit length: means of neighbouring numbers."""
    averages = nn.functional.adaptive_avg_pool1d(torch.from_numpy(features), DIMENSION)
    return unit_rows(averages.numpy())


def train_linear_probe(
    training_set: TrainingSet, loss_name: str, seed: int, on_progress: ProgressCallback = lambda _: None
) -> Projection:
    """A linear layer from random numbers, trained as the study does.

    The same training set, loss and seed give the same projection. ValueError with fewer than two albums.
    """
    albums = np.flatnonzero(training_set.membership.any(axis=0))
    if len(albums) < 2:
        raise ValueError("a margin between albums needs two of them")
    rng = torch.Generator().manual_seed(seed)
    mean = training_set.features.mean(axis=0)
    std = np.maximum(training_set.features.std(axis=0), MIN_STD)
    inputs = torch.from_numpy((training_set.features - mean) / std)
    membership = torch.from_numpy(training_set.membership[:, albums])
    photos, labels = membership.nonzero(as_tuple=True)
    layer = random_layer(inputs.shape[1], DIMENSION, rng)
    class_sizes = membership.sum(dim=0).tolist()
    options = LOSS_OPTIONS.get(loss_name, {})
    loss = make_loss(loss_name, DIMENSION, len(albums), class_sizes, generator=rng, **options)
    optimiser = Adam([*layer.parameters(), *loss.parameters()], weight_decay=WEIGHT_DECAY)
    steps = min(max(EPOCHS * math.ceil(len(photos) / BATCH_SIZE), MIN_STEPS), MAX_STEPS)
    for step, batch in enumerate(minibatches(len(photos), BATCH_SIZE, steps, rng)):
        on_progress(step / steps)
        loss_value: Tensor = loss(layer(dropout(inputs[photos[batch]], DROPOUT, rng)), labels[batch])
        optimiser.step(loss_value, LEARNING_RATE * warmup_cosine(step, steps))
    weight, bias = layer.weight.detach().numpy(), layer.bias.detach().numpy()
    return Projection(mean, weight.T / std[:, np.newaxis], bias)


def random_layer(inputs: int, outputs: int, rng: torch.Generator) -> nn.Linear:
    """A layer as torch makes it (uniform, He et al., 2015), but drawn by `rng`."""
    layer = nn.Linear(inputs, outputs)
    bound = 1 / math.sqrt(inputs)
    with torch.no_grad():
        layer.weight.uniform_(-bound, bound, generator=rng)
        layer.bias.uniform_(-bound, bound, generator=rng)
    return layer
