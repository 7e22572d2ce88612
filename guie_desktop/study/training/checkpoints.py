"""Checkpoints of a training: whole or not there, and the last two, so that one may be damaged."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from guie_desktop.embedding.checksummed_file import is_intact, remove_with_checksum, write_with_checksum
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence
from guie_desktop.study.training.training_state import LossRecord

_KEPT = 2


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a training is of; equal where it may go on from a checkpoint."""

    features: str
    """labelled_rows.py"""
    recipe: str


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """A training before its step `step_number`."""

    fingerprint: Fingerprint
    step_number: int
    losses: LossRecord
    seconds: float
    """That it has taken until then."""
    tensors: dict[str, Tensor]


class Checkpoints:
    """The checkpoints in the folder of a run."""

    def __init__(self, folder: Path, fingerprint: Fingerprint) -> None:
        self._folder = folder
        self._fingerprint = fingerprint

    def write(self, step_number: int, losses: LossRecord, seconds: float, tensors: dict[str, Tensor]) -> None:
        """Write one, then remove all but the last two."""
        content = {
            "fingerprint": asdict(self._fingerprint),
            "step_number": step_number,
            "losses": asdict(losses),
            "seconds": seconds,
            "tensors": tensors,
        }
        write_with_checksum(
            self._folder / f"checkpoint-{step_number:010}.pt", lambda beside: torch.save(content, beside)
        )
        for older in self._newest_first()[_KEPT:]:
            remove_with_checksum(older)

    def latest(self) -> Checkpoint | None:
        """The newest that is intact; None where there is none.

        UserError where it is of another training: of other photos, features, or with another recipe.
        """
        for file in self._newest_first():
            if not is_intact(file):
                continue
            content: dict[str, Any] = torch.load(file, map_location="cpu", weights_only=True)
            found = Fingerprint(**content["fingerprint"])
            check_same_training(found, self._fingerprint, self._folder)
            return Checkpoint(
                found, content["step_number"], LossRecord(**content["losses"]), content["seconds"], content["tensors"]
            )
        return None

    def remove(self) -> None:
        """Remove all; the training is done."""
        for file in self._newest_first():
            remove_with_checksum(file)

    def _newest_first(self) -> list[Path]:
        return sorted(self._folder.glob("checkpoint-*.pt"), reverse=True)


def check_same_training(found: Fingerprint, wanted: Fingerprint, folder: Path) -> None:
    """UserError where a run's folder has a training of something else than what is wanted."""
    if found.features != wanted.features:
        what = Sentence("The run {name} was trained on other photos, or on other features of them.", name=folder.name)
    elif found.recipe != wanted.recipe:
        what = Sentence("The run {name} was trained with another preset or other options.", name=folder.name)
    else:
        return
    raise UserError(
        what, Sentence("Give this one another name with --name, or remove the folder {folder}.", folder=folder)
    )
