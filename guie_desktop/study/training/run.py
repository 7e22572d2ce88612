"""One training, from the features of a study to a head file, as a job that can be stopped and gone on with."""

import json
import math
import time
from collections.abc import Generator
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch

from guie_desktop.arrays import Mask
from guie_desktop.embedding.devices import Device
from guie_desktop.embedding.general_head import GeneralHead, HeadOrigin
from guie_desktop.errors import UserError
from guie_desktop.learning.training.trainer import single_threaded
from guie_desktop.messages import Progress
from guie_desktop.sentences import Sentence
from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.training.batches import batches
from guie_desktop.study.training.checkpoints import Checkpoints, Fingerprint, check_same_training
from guie_desktop.study.training.folding import folded
from guie_desktop.study.training.held_out import HeldOutTest, try_held_out
from guie_desktop.study.training.input_space import InputSpace, input_space
from guie_desktop.study.training.labelled_rows import LabelledRows, read_labelled_rows
from guie_desktop.study.training.recipe import HeadRecipe
from guie_desktop.study.training.row_order import epoch_order, row_weights
from guie_desktop.study.training.training_state import TrainingState

HEAD_FILE, REPORT_FILE = "head.guiehead", "report.json"
"""In the folder of a run."""
_BETWEEN_CHECKPOINTS = 60.0
"""Seconds after which the end of an epoch is one; within an epoch ten times that."""
_FEW_LOGITS = 1_000_000
"""Of a step; threads wait for one another longer than they compute so few."""
_CHECKPOINT_COST = 0.05
"""Share of the time that may be spent on them."""


@dataclass(frozen=True, slots=True)
class TrainedHead:
    """What came of a training."""

    head: GeneralHead
    report: dict[str, Any]
    """As the file has it: recipe, sizes, losses by epoch, seconds, and the quick look at held-out classes."""


def train_head(
    features: StudyFeatures,
    recipe: HeadRecipe,
    folder: Path,
    *,
    device: Device = "cpu",
    chosen: Mask | None = None,
    between_checkpoints: float = _BETWEEN_CHECKPOINTS,
    hold: bool | None = None,
) -> Generator[Progress, None, TrainedHead]:
    """Train a general head, and leave head, report and (until it is done) checkpoints in the folder of the run.

    `chosen` (rows of the manifest) leaves out all other photos. What was begun in that folder is gone on with, to the
    same head to the last bit, and what was done is not done again; closing the generator leaves a checkpoint. There is
    another one at the end of an epoch after so many seconds, within it after ten times as many; 0: each step. UserError
    where there is something else in the folder, where there are too few classes, or where the loss leaves all bounds.
    """
    rows = yield from read_labelled_rows(features, chosen, hold=hold)
    fingerprint = Fingerprint(rows.fingerprint, recipe.fingerprint)
    done = _read_back(folder, fingerprint)
    if done is not None:
        return done
    folder.mkdir(parents=True, exist_ok=True)
    run = _Run(rows, recipe, Checkpoints(folder, fingerprint), torch.device(device), between_checkpoints)
    yield from run.train()
    projection = folded(run.space, *run.state.layer(), recipe.wise_ft_alpha)
    tested = try_held_out(features, projection, chosen)
    head = GeneralHead(
        folder.name,
        projection,
        cutoff=None,
        fitted_on=len(rows.labels),
        origin=HeadOrigin(
            features.backbone_key,
            rows.datasets,
            rows.classes,
            len(rows.labels),
            recipe.preset,
            datetime.now(UTC).date().isoformat(),
        ),
    )
    if tested is not None:
        head = replace(
            head,
            cutoff=tested.cutoff,
            even_chance=tested.even_chance,
            steepness=tested.steepness,
            same=tested.same,
        )
    report = {"fingerprint": asdict(fingerprint), "model": features.backbone_key} | run.report(tested)
    _write(folder / HEAD_FILE, head.to_bytes())
    _write(folder / REPORT_FILE, json.dumps(report, indent=2).encode())
    run.checkpoints.remove()
    return TrainedHead(head, report)


class _Run:
    def __init__(
        self,
        rows: LabelledRows,
        recipe: HeadRecipe,
        checkpoints: Checkpoints,
        device: torch.device,
        between_checkpoints: float,
    ) -> None:
        self._rows, self._recipe, self._device = rows, recipe, device
        self.checkpoints = checkpoints
        self._pause = between_checkpoints
        self._weights = row_weights(recipe, rows.labels, rows.domains)
        self._steps_per_epoch = recipe.steps_per_epoch(len(rows.labels))
        self._steps = recipe.epochs_of(len(rows.labels)) * self._steps_per_epoch
        found = self.checkpoints.latest()
        self.space = input_space(rows, recipe) if found is None else _space_in(found.tensors)
        sizes = np.bincount(rows.labels).tolist()
        self.state = TrainingState(recipe, self.space, sizes, self._steps, device)
        if found is not None:
            self.state.restore(found.tensors, found.step_number, found.losses)
        self._seconds_before = 0.0 if found is None else found.seconds
        self._first_step = self.state.step_number
        self._started = self._last_kept = time.monotonic()

    def train(self) -> Generator[Progress, None, None]:
        """All steps that are left."""
        at_once = self._recipe.sampled_classes(self._rows.classes) or self._rows.classes
        try:
            with single_threaded() if self._recipe.batch_size * at_once < _FEW_LOGITS else nullcontext():
                while self.state.step_number < self._steps:
                    yield from self._epoch()
        except GeneratorExit:  # between two steps, for only there it is asked
            self._keep()
            raise

    def _epoch(self) -> Generator[Progress, None, None]:
        state = self.state
        epoch, first = divmod(state.step_number, self._steps_per_epoch)
        order = epoch_order(len(self._rows.labels), self._weights, self._recipe.seed, epoch)
        for features, labels in batches(self._rows, order, self._recipe.batch_size, first):
            state.step(features, labels)
            if state.step_number % self._steps_per_epoch == 0:
                state.losses.end_epoch()
                if not math.isfinite(state.losses.epochs[-1]):
                    raise UserError(
                        Sentence("In epoch {epoch} the loss has left all bounds.", epoch=epoch + 1),
                        "Choose another loss or preset, and another name for the run.",
                    )
                self._keep_after(self._pause)
            else:
                self._keep_after(10 * self._pause)
            yield self._progress()

    def _progress(self) -> Progress:
        done = self.state.step_number - self._first_step
        speed = done / max(time.monotonic() - self._started, 1e-6)
        left = (self._steps - self.state.step_number) / speed
        return Progress("train", self.state.step_number, self._steps, speed, left)

    def _keep_after(self, pause: float) -> None:
        if time.monotonic() - self._last_kept >= pause and self.state.step_number < self._steps:
            before = time.monotonic()
            self._keep()
            if pause:
                self._pause = max(self._pause, (time.monotonic() - before) / _CHECKPOINT_COST)

    def _keep(self) -> None:
        space = {"space.mean": self.space.mean, "space.matrix": self.space.matrix}
        if self.space.start is not None:
            space["space.start"] = self.space.start
        tensors = {name: torch.from_numpy(np.ascontiguousarray(part)) for name, part in space.items()}
        self.checkpoints.write(
            self.state.step_number, self.state.losses, self._seconds(), tensors | self.state.tensors()
        )
        self._last_kept = time.monotonic()

    def _seconds(self) -> float:
        return self._seconds_before + time.monotonic() - self._started

    def report(self, tested: HeldOutTest | None) -> dict[str, Any]:
        """What the file of it has."""
        rows, recipe, classes = self._rows, self._recipe, self.state.classes
        weight, bias = self.state.layer()
        return {
            "recipe": recipe.as_json(),
            "datasets": list(rows.datasets),
            "photos": len(rows.labels),
            "unusable": rows.unusable,
            "classes": rows.classes,
            "classes_at_once": recipe.sampled_classes(rows.classes) or rows.classes,
            "dimension": len(bias),
            "layer_parameters": weight.size + bias.size,
            "class_parameters": classes.centres * classes.dimension,
            "steps": self._steps,
            "losses": self.state.losses.epochs,
            "seconds": round(self._seconds(), 1),
            "device": self._device.type,
            "in_memory": rows.in_memory,
            "held_out": None if tested is None else asdict(tested),
        }


def _space_in(tensors: dict[str, torch.Tensor]) -> InputSpace:
    start = tensors.get("space.start")
    return InputSpace(
        tensors["space.mean"].numpy(), tensors["space.matrix"].numpy(), None if start is None else start.numpy()
    )


def _read_back(folder: Path, fingerprint: Fingerprint) -> TrainedHead | None:
    """The run that is done in this folder; None where there is none, or its files are damaged."""
    try:
        report = json.loads((folder / REPORT_FILE).read_bytes())
        found = Fingerprint(**report["fingerprint"])
        head = GeneralHead.from_bytes((folder / HEAD_FILE).read_bytes())
    except (OSError, ValueError, KeyError, TypeError, UserError):
        return None
    check_same_training(found, fingerprint, folder)
    return TrainedHead(head, report)


def _write(file: Path, content: bytes) -> None:
    beside = file.with_name(f"{file.name}.part")
    beside.write_bytes(content)
    beside.replace(file)
