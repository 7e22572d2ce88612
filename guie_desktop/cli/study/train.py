"""`study train`: a general head from the features of a study."""

import argparse
import signal
from collections.abc import Generator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from guie_desktop.cli.argument_types import path, positive, run_name, seed
from guie_desktop.cli.output import CommandResult, run_to_end
from guie_desktop.domain import DEVICE_CHOICES
from guie_desktop.errors import UserError, reason_of
from guie_desktop.learning.losses import LOSSES
from guie_desktop.messages import Progress
from guie_desktop.paths import LibraryPaths
from guie_desktop.sentences import Sentence

if TYPE_CHECKING:
    from guie_desktop.study.training.run import TrainedHead

HELP = "train a general head on the features of a study; what was stopped goes on where it was"
_PRESETS = ("study", "ours")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Of this verb."""
    parser.add_argument("study", type=path, metavar="STUDY", help="the study's folder")
    parser.add_argument(
        "--preset", choices=_PRESETS, default="ours", help="the study's own hyper-parameters, or ours (default: ours)"
    )
    parser.add_argument("--loss", choices=tuple(LOSSES), help="what is trained by (default: that of the preset)")
    parser.add_argument(
        "--name", type=run_name, metavar="RUN", help="of the run's folder (default: made of preset, loss and seed)"
    )
    parser.add_argument("--model", metavar="NAME", help="whose features are taken (default: the only one there is)")
    parser.add_argument("--seed", type=seed, metavar="N", help="of all that is left to chance (default: 42)")
    parser.add_argument("--epochs", type=positive, metavar="N", help="how often all photos are seen (default: 10)")
    parser.add_argument("--device", choices=DEVICE_CHOICES, default="auto", help="where it computes (default: auto)")
    parser.add_argument("--out", type=path, metavar="HEAD_FILE", help="write the head to this file as well")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Train, or go on with it; Ctrl+C leaves a checkpoint."""
    del paths  # a study has a folder of its own
    from dataclasses import replace

    from guie_desktop.embedding.devices import choose_device
    from guie_desktop.embedding.torch_at_hand import need_torch
    from guie_desktop.study.embedded_backbones import choose_backbone
    from guie_desktop.study.study_features import StudyFeatures
    from guie_desktop.study.study_folder import StudyFolder
    from guie_desktop.study.training.recipe import recipe_of

    need_torch()
    from guie_desktop.study.training.run import HEAD_FILE, train_head

    recipe = recipe_of(arguments.preset, arguments.loss)
    if arguments.seed is not None:
        recipe = replace(recipe, seed=arguments.seed)
    if arguments.epochs is not None:
        recipe = replace(recipe, epochs=arguments.epochs, least_steps=0)
    folder = StudyFolder(arguments.study)
    features = StudyFeatures(folder, choose_backbone(folder.features, arguments.model))
    run_folder = folder.run(arguments.name or _name(arguments))
    job = train_head(features, recipe, run_folder, device=choose_device(arguments.device))
    trained = run_to_end(_ending_between_steps(job))
    file = run_folder / HEAD_FILE
    if arguments.out is not None:
        _copy(trained.head.to_bytes(), arguments.out, file)
        file = arguments.out
    answer = trained.report | {"run": str(run_folder), "head": str(file)}
    return answer, _lines(trained.report, file), 0


def _name(arguments: argparse.Namespace) -> str:
    parts = (arguments.preset, arguments.loss, None if arguments.seed is None else f"seed-{arguments.seed}")
    return "-".join(part for part in parts if part is not None)


def _ending_between_steps(
    job: "Generator[Progress, None, TrainedHead]",
) -> "Generator[Progress, None, TrainedHead]":
    """The same job, which Ctrl+C ends after the step that it is at; a second one ends it at once."""
    asked = False

    def ask(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, former)

    former = signal.signal(signal.SIGINT, ask)
    try:
        while True:
            try:
                progress = next(job)
            except StopIteration as end:
                result: TrainedHead = end.value
                return result
            if asked:
                raise KeyboardInterrupt
            yield progress
    finally:
        job.close()
        signal.signal(signal.SIGINT, former)


def _copy(head: bytes, file: Path, original: Path) -> None:
    try:
        file.write_bytes(head)
    except OSError as error:
        raise UserError(
            Sentence("{file} could not be written ({reason}).", file=file, reason=reason_of(error)),
            Sentence("Choose another file with --out; the head that was trained is in {original}.", original=original),
        ) from error


def _lines(report: dict[str, Any], file: Path) -> list[str]:
    lines = [
        f"{report['photos']:,} photos of {report['classes']:,} classes, {report['steps']:,} steps on the "
        f"{report['device']} in {report['seconds']:,.0f} s; loss {report['losses'][-1]:.3f} in the last epoch",
    ]
    if report["classes_at_once"] < report["classes"]:
        lines.append(f"Each step was trained against {report['classes_at_once']:,} of the classes.")
    if report["unusable"]:
        lines.append(f"{report['unusable']:,} photos were left out: their features are no numbers.")
    if report["held_out"] is None:
        lines.append("No classes were held out, so nothing is known of it yet, nor which scores mean the same thing.")
    else:
        tested = report["held_out"]["metrics"]
        lines.append(
            f"Held-out classes, at a quick look: mMP@5 {tested['mmp5']:.3f}, P@1 {tested['p1']:.3f} "
            f"({tested['queries']:,} queries). More: guie-desktop study evaluate"
        )
    return [*lines, f"{file}"]
