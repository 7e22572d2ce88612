"""The study's two ablations on folders of labelled photos: which backbone, and which loss."""

import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from guie_desktop.domain import PHOTOS_TO_LEARN, Failure
from guie_desktop.embedding.head import unit_rows
from guie_desktop.errors import UserError
from guie_desktop.jobs.background import Cancelled, in_background
from guie_desktop.jobs.labelled_folders import LabelledFolder, read_labelled
from guie_desktop.jobs.model import Model
from guie_desktop.jobs.open_library import WritableLibrary
from guie_desktop.jobs.pace import Pace
from guie_desktop.learning.contenders import Measured, backbone_contenders, loss_contenders
from guie_desktop.learning.courses import FEWEST_LABELS, Labelled
from guie_desktop.messages import Progress

_PARTS = 1000
"""Of the work, to count its progress in."""


@dataclass(frozen=True, slots=True)
class AblationReport:
    """Both studies."""

    backbones: tuple[Measured, ...]
    losses: tuple[Measured, ...]
    photos: int
    """Learned from and searched, or held out and asked for."""
    queries: int
    unmatched: int
    """Photos that were asked for although no photo that is searched has their label; they do not count."""
    held_out: bool
    """Whether the queries were held out from the folder, and are no folder of their own."""
    left_out: tuple[tuple[str, str], ...]
    """Labels that are not learned, each with a sentence."""
    failed: tuple[Failure, ...]


def ablate(
    library: WritableLibrary,
    folder: Path,
    query_folder: Path | None,
    *,
    backbones: Sequence[str],
    losses: Sequence[str],
    seeds: int,
) -> Generator[Progress, None, AblationReport]:
    """Judge these backbones (the one in use if there are none), and these losses on the first of them.

    Photos of `folder` are learned from and searched; those of `query_folder` are asked for, or else some that are held
    out. Features that the library lacks are made and kept, the folders are not added. UserError where the weights of a
    backbone are not there, or where there are too few photos.
    """
    names = list(dict.fromkeys(backbones)) or [library.model.name]
    models = [library.model if name == library.model.name else library.open_model(name) for name in names]
    labelled, failed = yield from _gather(library, models, folder, query_folder)
    studies = (backbone_contenders(names), loss_contenders(names[0], losses))
    pace = Pace("compare", _PARTS)
    stopped = threading.Event()

    def tell(done: float) -> None:
        if stopped.is_set():
            raise Cancelled
        pace.advance(int(_PARTS * done) - pace.done)

    def work() -> AblationReport:
        from guie_desktop.learning.experiment import Experiment

        experiment = Experiment(labelled, seeds)
        if not experiment.queries:
            raise UserError(
                "There is too little to compare with.",
                f"It takes {FEWEST_LABELS} folders of at least {PHOTOS_TO_LEARN} photos each, "
                "of more than one occasion.",
            )
        experiment.carry_out([*studies[0], *studies[1]], tell)
        return AblationReport(
            backbones=experiment.figures(studies[0]),
            losses=experiment.figures(studies[1]),
            photos=labelled.searched,
            queries=experiment.queries,
            unmatched=experiment.unmatched,
            held_out=query_folder is None,
            left_out=experiment.left_out,
            failed=failed,
        )

    return (yield from in_background(work, pace.progress, stopped.set))


def _gather(
    library: WritableLibrary, models: Sequence[Model], folder: Path, query_folder: Path | None
) -> Generator[Progress, None, tuple[Labelled, tuple[Failure, ...]]]:
    """The photos that every backbone can see; those of `query_folder` that are in `folder` too are not asked for."""
    folders = [folder] if query_folder is None else [folder, query_folder]
    known: dict[Path, bytes] = {}
    failed: dict[Path, Failure] = {}
    for model in models:
        read: list[LabelledFolder] = []
        for part in folders:
            read.append((yield from read_labelled(library, model, part, known)))
            known |= read[-1].contents
            failed |= {failure.path: failure for failure in read[-1].failed}
    labels = [_labels_of(part) for part in read]
    searched, asked = labels[0], labels[1] if len(labels) > 1 else {}
    asked = {content: names for content, names in asked.items() if content not in searched}
    stored = {model.name: model.features.keyed([*searched, *asked]) for model in models}
    searched, asked = (
        {content: names for content, names in part.items() if all(content in rows for rows in stored.values())}
        for part in (searched, asked)
    )
    if query_folder is not None and not asked:
        raise UserError(f"All photos in {query_folder} are in {folder} too.", "Ask for others, or for none.")
    names = sorted({name for part in (searched, asked) for of_photo in part.values() for name in of_photo})
    belongs = np.array([[name in part[content] for name in names] for part in (searched, asked) for content in part])
    if asked and not (belongs[: len(searched)].any(axis=0) & belongs[len(searched) :].any(axis=0)).any():
        raise UserError(
            f"No photo in {query_folder} has a label that {folder} has.", "Name the folders in both of them alike."
        )
    features = {
        backbone: unit_rows(np.stack([rows[content][1] for content in (*searched, *asked)]).astype(np.float32))
        for backbone, rows in stored.items()
    }
    return Labelled(tuple(names), belongs, len(searched), features), tuple(failed.values())


def _labels_of(folder: LabelledFolder) -> dict[bytes, set[str]]:
    """Content to the labels of all its copies."""
    labels: dict[bytes, set[str]] = {}
    for content, label in zip(folder.contents.values(), folder.labels, strict=True):
        labels.setdefault(content, set()).add(label)
    return labels
