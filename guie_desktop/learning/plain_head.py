"""The study's own heads on stored features, for comparing with ours; importing this imports torch.

Florek et al. (2024), in the words of their code (github.com/morrisfl/UniFEx): the zero-shot head is
`AdaptiveAvgPool1d(64)`, the trained one `Dropout(0.2), Linear(D, 64)` under a margin loss, with Adam.

What cannot be the same here: features are of unit length and standardised, because the learning rate was chosen for
features of another length. And ten epochs of a desktop's photos would be a few hundred steps where theirs were 25,660.
"""

import math

import numpy as np
import torch
from torch import Tensor, nn

from guie_desktop.embedding.head import Floats, unit_rows
from guie_desktop.learning.adam import Adam
from guie_desktop.learning.curation import Lessons
from guie_desktop.learning.losses import make_loss
from guie_desktop.learning.projection import Projection
from guie_desktop.learning.trainer import Tell, batches, dropped_out, learning_rate

DIMENSION = 64
STUDY_OPTIONS: dict[str, dict[str, float]] = {
    "li-arcface": {"scale": 30.0, "margin": 0.5},
    "curricularface": {"scale": 30.0, "margin": 0.5},
    "adaface": {"scale": 30.0, "margin": 0.5, "rate": 1.0},
}
"""Where the defaults of the study's code (src/utils/default_cfg.py) are not those of the loss's own paper."""

_EPOCHS = 10
_FEWEST_STEPS, _MOST_STEPS = 800, 3000
"""Measured in model_assets/ABLATIONS.md."""
_BATCH = 128
_HIGHEST_RATE = 2e-2
"""The schedule is the study's: up during the first of ten epochs, then down to 1e-3."""
_WEIGHT_DECAY = 1e-4
_DROPOUT = 0.2
_LEAST_SPREAD = 1e-6


def pooled(rows: Floats) -> Floats:
    """Features (N, D) to embeddings (N, 64) of unit length: means of neighbouring numbers."""
    averages = nn.functional.adaptive_avg_pool1d(torch.from_numpy(rows), DIMENSION)
    return unit_rows(averages.numpy())


def train_plain(lessons: Lessons, loss_name: str, seed: int, tell: Tell = lambda _: None) -> Projection:
    """A linear layer from random numbers, trained as the study does.

    The same lessons, loss and seed give the same projection. ValueError with fewer than two albums.
    """
    albums = np.flatnonzero(lessons.belongs.any(axis=0))
    if len(albums) < 2:
        raise ValueError("a margin between albums needs two of them")
    chance = torch.Generator().manual_seed(seed)
    mean = lessons.rows.mean(axis=0)
    spread = np.maximum(lessons.rows.std(axis=0), _LEAST_SPREAD)
    inputs = torch.from_numpy((lessons.rows - mean) / spread)
    belongs = torch.from_numpy(lessons.belongs[:, albums])
    photos, labels = belongs.nonzero(as_tuple=True)
    layer = _random_layer(inputs.shape[1], chance)
    options = STUDY_OPTIONS.get(loss_name, {})
    loss = make_loss(loss_name, DIMENSION, len(albums), belongs.sum(dim=0).tolist(), generator=chance, **options)
    optimiser = Adam([*layer.parameters(), *loss.parameters()], weight_decay=_WEIGHT_DECAY)
    steps = min(max(_EPOCHS * math.ceil(len(photos) / _BATCH), _FEWEST_STEPS), _MOST_STEPS)
    for step, batch in enumerate(batches(len(photos), _BATCH, steps, chance)):
        tell(step / steps)
        lost: Tensor = loss(layer(dropped_out(inputs[photos[batch]], _DROPOUT, chance)), labels[batch])
        optimiser.step(lost, _HIGHEST_RATE * learning_rate(step, steps))
    weight, bias = layer.weight.detach().numpy(), layer.bias.detach().numpy()
    return Projection(mean, weight.T / spread[:, np.newaxis], bias)


def _random_layer(inputs: int, chance: torch.Generator) -> nn.Linear:
    """A layer as torch makes it, but drawn by `chance`."""
    layer = nn.Linear(inputs, DIMENSION)
    reach = 1 / math.sqrt(inputs)
    with torch.no_grad():
        layer.weight.uniform_(-reach, reach, generator=chance)
        layer.bias.uniform_(-reach, reach, generator=chance)
    return layer
