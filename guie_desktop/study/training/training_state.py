"""A training in the midst: a linear layer, the class matrix, and the step that comes next."""

from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from guie_desktop.arrays import Floats, StoredFeatures
from guie_desktop.learning.ablation.baselines import random_layer
from guie_desktop.learning.training.adam import Moments, descend
from guie_desktop.learning.training.trainer import dropout, warmup_cosine
from guie_desktop.study.training.class_matrix import ClassMatrix
from guie_desktop.study.training.input_space import InputSpace
from guie_desktop.study.training.recipe import HeadRecipe


@dataclass(slots=True)
class LossRecord:
    """The mean loss of each epoch that is over, and of the running one so far."""

    epochs: list[float] = field(default_factory=list)
    total: float = 0.0
    steps: int = 0

    def add(self, loss: float) -> None:
        """Of one step."""
        self.total += loss
        self.steps += 1

    def end_epoch(self) -> None:
        """Begin the next one."""
        self.epochs.append(self.total / self.steps)
        self.total, self.steps = 0.0, 0


class TrainingState:
    """What is trained; a step changes it by nothing but its number, its photos and itself."""

    def __init__(
        self, recipe: HeadRecipe, space: InputSpace, class_sizes: list[int], steps: int, device: torch.device
    ) -> None:
        """As it is before the first of so many steps; `class_sizes` (C,) are the numbers of photos in the classes."""
        self._recipe, self._steps, self._device = recipe, steps, device
        self._space = space
        self._mean, self._matrix = (torch.from_numpy(part).to(device) for part in (space.mean, space.matrix))
        rng = torch.Generator().manual_seed(recipe.seed)
        width = len(space.mean)
        if space.start is None:
            made = random_layer(width, min(recipe.dimension, width), rng)
            weight, bias = made.weight.detach(), made.bias.detach()
        else:
            weight = torch.from_numpy(np.ascontiguousarray(space.start.T))
            bias = torch.zeros(len(weight))
        self._layer = [part.to(device).requires_grad_() for part in (weight, bias)]
        self._moments = Moments.of(self._layer)
        self.classes = ClassMatrix(recipe, len(bias), class_sizes, rng, device)
        self.step_number = 0
        self.losses = LossRecord()

    def step(self, features: StoredFeatures, labels: Tensor) -> None:
        """Train on a batch: features (B, D) and the numbers (B,) int64 of their classes."""
        recipe = self._recipe
        # What is left to chance follows from seed and step alone, so a checkpoint needs to keep no generator's state.
        seed = _mixed(recipe.seed, self.step_number)
        inputs = functional.normalize(torch.from_numpy(features).to(self._device).float()) - self._mean
        inputs = inputs @ self._matrix if self._matrix.ndim == 2 else inputs * self._matrix
        if recipe.dropout:
            inputs = dropout(inputs, recipe.dropout, torch.Generator(self._device).manual_seed(seed))
        chosen = self.classes.draw(labels, torch.Generator().manual_seed(seed))
        warmup = 1 / recipe.epochs
        rate = recipe.learning_rate * warmup_cosine(self.step_number, self._steps, warmup, recipe.final_rate)
        embeddings = functional.linear(inputs, *self._layer)
        loss, gradients = self.classes.step(embeddings, labels, layer=self._layer, chosen=chosen, learning_rate=rate)
        descend(self._layer, gradients, self._moments, rate, recipe.weight_decay)
        self.losses.add(loss)
        self.step_number += 1

    def layer(self) -> tuple[Floats, Floats]:
        """The layer as it is, (D, d) and (d,), for the numbers of the input space."""
        weight, bias = (part.detach().cpu().numpy() for part in self._layer)
        return weight.T, bias

    def tensors(self) -> dict[str, Tensor]:
        """All that a training needs to go on from its step, by name."""
        moments = self._moments
        named = {f"layer.{number}": part.detach() for number, part in enumerate(self._layer)}
        for name, parts in (("first", moments.first), ("second", moments.second), ("steps", moments.steps)):
            named |= {f"layer.{name}.{number}": part for number, part in enumerate(parts)}
        named |= {f"classes.{name}": part for name, part in self.classes.state().items()}
        return named

    @torch.no_grad()
    def restore(self, tensors: dict[str, Tensor], step_number: int, losses: LossRecord) -> None:
        """Go on from what `tensors` gave before that step."""
        for name, part in self.tensors().items():
            if not name.startswith("classes."):
                part.copy_(tensors[name])
        prefix = "classes."
        self.classes.restore(
            {name.removeprefix(prefix): part for name, part in tensors.items() if name.startswith(prefix)}
        )
        self.step_number, self.losses = step_number, losses


def _mixed(seed: int, step: int) -> int:
    """A seed of its own for each step."""
    return int(np.random.SeedSequence((seed, step)).generate_state(1, np.uint64)[0] >> np.uint64(1))
