"""The study's two ablations on folders of labelled photos: which backbone, and which loss."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from guie_desktop.domain import PHOTOS_TO_LEARN, Failure
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.embedding.torch_at_hand import need_torch
from guie_desktop.errors import UserError
from guie_desktop.jobs.background import PARTS, Tell, telling_in_background
from guie_desktop.jobs.labelled_folders import LabelledFolder, read_labelled
from guie_desktop.jobs.pace import Pace
from guie_desktop.learned import LeftOutReason
from guie_desktop.learning.ablation.splits import MIN_LABELS, LabelledPhotos
from guie_desktop.learning.ablation.variants import VariantResult, backbone_variants, loss_variants
from guie_desktop.messages import Progress
from guie_desktop.sentences import Sentence
from guie_desktop.workspace.open_backbone import OpenBackbone
from guie_desktop.workspace.open_library import WritableLibrary


@dataclass(frozen=True, slots=True)
class AblationReport:
    """Both ablations."""

    backbones: tuple[VariantResult, ...]
    losses: tuple[VariantResult, ...]
    photos: int
    """Trained on and searched, or held out as queries."""
    queries: int
    unmatched: int
    """Queries that no searched photo shares a label with; they do not count."""
    held_out: bool
    """Whether the queries were held out from the folder, and are no folder of their own."""
    left_out: tuple[tuple[str, LeftOutReason], ...]
    """Labels that are not trained on, each with the reason."""
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
    """Compare these backbones (the one in use if there are none), and these losses on the first of them.

    Photos of `folder` are trained on and searched; those of `query_folder` are the queries, or else some that are held
    out. Features that the library lacks are made and kept, the folders are not added. UserError where the weights of a
    backbone are not there, or where there are too few photos.
    """
    names = list(dict.fromkeys(backbones)) or [library.backbone.name]
    models = [library.backbone if name == library.backbone.name else library.open_backbone(name) for name in names]
    labelled, failed = yield from _gather(library, models, folder, query_folder)
    ablations = (backbone_variants(names), loss_variants(names[0], losses))

    def work(tell: Tell) -> AblationReport:
        need_torch()
        from guie_desktop.learning.ablation.runner import AblationRunner

        runner = AblationRunner(labelled, seeds)
        if not runner.queries:
            raise UserError(
                "There is too little to compare with.",
                Sentence(
                    "It takes {folders} folders of at least {photos} photos each, of more than one occasion.",
                    folders=MIN_LABELS,
                    photos=PHOTOS_TO_LEARN,
                ),
            )
        runner.run([*ablations[0], *ablations[1]], tell)
        return AblationReport(
            backbones=runner.results(ablations[0]),
            losses=runner.results(ablations[1]),
            photos=labelled.gallery_size,
            queries=runner.queries,
            unmatched=runner.unmatched,
            held_out=query_folder is None,
            left_out=runner.left_out,
            failed=failed,
        )

    return (yield from telling_in_background(work, Pace("compare", PARTS)))


def _gather(
    library: WritableLibrary, models: Sequence[OpenBackbone], folder: Path, query_folder: Path | None
) -> Generator[Progress, None, tuple[LabelledPhotos, tuple[Failure, ...]]]:
    """The photos that every backbone can see; those of `query_folder` that are in `folder` too are no queries."""
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
    gallery, queries = labels[0], labels[1] if len(labels) > 1 else {}
    queries = {content: names for content, names in queries.items() if content not in gallery}
    stored = {model.name: model.features.keyed([*gallery, *queries]) for model in models}
    gallery, queries = (
        {content: names for content, names in part.items() if all(content in rows for rows in stored.values())}
        for part in (gallery, queries)
    )
    if query_folder is not None and not queries:
        raise UserError(
            Sentence("All photos in {query_folder} are in {folder} too.", query_folder=query_folder, folder=folder),
            "Ask for others, or for none.",
        )
    names = sorted({name for part in (gallery, queries) for of_photo in part.values() for name in of_photo})
    membership = np.array(
        [[name in part[content] for name in names] for part in (gallery, queries) for content in part]
    )
    if queries and not (membership[: len(gallery)].any(axis=0) & membership[len(gallery) :].any(axis=0)).any():
        raise UserError(
            Sentence(
                "No photo in {query_folder} has a label that {folder} has.", query_folder=query_folder, folder=folder
            ),
            "Name the folders in both of them alike.",
        )
    features = {
        backbone: unit_rows(np.stack([rows[content][1] for content in (*gallery, *queries)]).astype(np.float32))
        for backbone, rows in stored.items()
    }
    return LabelledPhotos(tuple(names), membership, len(gallery), features), tuple(failed.values())


def _labels_of(folder: LabelledFolder) -> dict[bytes, set[str]]:
    """Content to the labels of all its copies."""
    labels: dict[bytes, set[str]] = {}
    for content, label in zip(folder.contents.values(), folder.labels, strict=True):
        labels.setdefault(content, set()).add(label)
    return labels
