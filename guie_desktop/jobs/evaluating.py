"""Evaluating the search on folders of labelled photos."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from guie_desktop.arrays import Floats, Keys
from guie_desktop.domain import Failure
from guie_desktop.errors import UserError
from guie_desktop.jobs.labelled_folders import read_labelled
from guie_desktop.jobs.refitting import fill
from guie_desktop.learning.testing.evaluation import RetrievalMetrics, evaluate
from guie_desktop.messages import Progress
from guie_desktop.workspace.open_library import WritableLibrary


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """How well the current head finds photos of the same label."""

    metrics: RetrievalMetrics
    index: int
    dimension: int
    model: str
    head: str
    failed: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class _Labelled:
    labels: list[str]
    keys: Keys
    """Of their features."""
    embeddings: Floats
    failed: tuple[Failure, ...]


def evaluate_folders(
    library: WritableLibrary, index_folder: Path, query_folder: Path | None
) -> Generator[Progress, None, EvaluationReport]:
    """Evaluate the search as it is in this library, with these photos as the only ones to be found.

    Features that the library lacks are made and kept, the folders are not added. UserError where a folder has no
    photos.
    """
    index = yield from _embed_labelled(library, index_folder)
    queries = index if query_folder is None else (yield from _embed_labelled(library, query_folder))
    space = library.backbone.space
    yield from fill(space)  # the neighbours in it decide how much a personal head weighs

    def scores(rows: slice) -> Floats:
        vectors = []
        for vector, key in zip(queries.embeddings[rows], queries.keys[rows], strict=True):
            vectors.append(space.ask(vector, np.array([key])).vector)
        return np.stack(vectors) @ index.embeddings.T

    metrics = evaluate(scores, index.labels, None if query_folder is None else queries.labels)
    if not metrics.queries:
        raise UserError(
            "No two photos here share a label.", "Sort them into folders, one folder for each thing, and try again."
        )
    return EvaluationReport(
        metrics=metrics,
        index=len(index.labels),
        dimension=index.embeddings.shape[1],
        model=library.backbone.name,
        head=space.head.name,
        failed=index.failed if query_folder is None else index.failed + queries.failed,
    )


def _embed_labelled(library: WritableLibrary, folder: Path) -> Generator[Progress, None, _Labelled]:
    read = yield from read_labelled(library, library.backbone, folder)
    stored = library.backbone.features.keyed(sorted(set(read.contents.values())))
    found = [stored[content] for content in read.contents.values()]
    keys = np.array([key for key, _ in found], np.int64)
    embeddings = library.backbone.space.head.apply(np.stack([row for _, row in found]))
    return _Labelled(read.labels, keys, embeddings, read.failed)
