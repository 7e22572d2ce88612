"""Judging the search on folders of labelled photos: each leaf folder's name is the label of the photos in it."""

import os
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guie_desktop.domain import Failure
from guie_desktop.errors import UnreadablePhoto, UserError
from guie_desktop.jobs.background import in_background
from guie_desktop.jobs.machine import worker_threads
from guie_desktop.jobs.open_library import WritableLibrary
from guie_desktop.jobs.pace import Pace
from guie_desktop.learning.evaluation import Score, evaluate
from guie_desktop.library.catalog import chunks, is_unchanged
from guie_desktop.library.database import writing
from guie_desktop.library.images import content_hash, decode, read_photo
from guie_desktop.library.scan import walk
from guie_desktop.messages import Progress

_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """How well the current head finds photos of the same label."""

    score: Score
    index: int
    dimension: int
    model: str
    head: str
    failed: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class _Labelled:
    labels: list[str]
    embeddings: NDArray[np.float32]
    failed: list[Failure]


def evaluate_folders(
    library: WritableLibrary, index_folder: Path, query_folder: Path | None
) -> Generator[Progress, None, EvaluationReport]:
    """Judge with these photos; features that the library lacks are made and kept, the folders are not added.

    UserError where a folder has no photos.
    """
    index = yield from _embed_labelled(library, index_folder)
    queries = None if query_folder is None else (yield from _embed_labelled(library, query_folder))
    score = evaluate(
        index.embeddings,
        index.labels,
        None if queries is None else queries.embeddings,
        None if queries is None else queries.labels,
    )
    if not score.queries:
        raise UserError(
            "No two photos here share a label.", "Sort them into folders, one folder for each thing, and try again."
        )
    return EvaluationReport(
        score=score,
        index=len(index.labels),
        dimension=index.embeddings.shape[1],
        model=library.model.name,
        head=library.model.space.head.name,
        failed=tuple(index.failed + (queries.failed if queries else [])),
    )


def _embed_labelled(library: WritableLibrary, folder: Path) -> Generator[Progress, None, _Labelled]:
    if not folder.is_dir():
        raise UserError(f"There is no folder {folder}.", "Check the name.")
    root = Path(os.path.realpath(folder))
    paths = [listing.directory / file.name for listing in walk(root, lambda _: False) for file in listing.files]
    if not paths:
        raise UserError(f"There are no photos in {folder}.", "Choose a folder with photos sorted into folders.")
    hashes, failed = yield from _features_of(library, sorted(paths))
    stored = library.model.features.by_hash(sorted(set(hashes.values())))
    matrix = np.stack([stored[key] for key in hashes.values()])
    return _Labelled([path.parent.name for path in hashes], library.model.space.head.apply(matrix), failed)


def _features_of(
    library: WritableLibrary, paths: list[Path]
) -> Generator[Progress, None, tuple[dict[Path, bytes], list[Failure]]]:
    """Path to content hash, every one of which has a stored feature afterwards."""
    hashes: dict[Path, bytes] = {}
    failed: list[Failure] = []
    unread: list[Path] = []
    for path in paths:
        photo = library.catalog.photo_at(path)
        if photo is not None and is_unchanged(photo):
            hashes[path] = photo.content_hash
        else:
            unread.append(path)
    lacking = set(hashes.values()) - library.model.features.known(list(hashes.values()))
    unread += [path for path, key in hashes.items() if key in lacking]
    pace = Pace("photos", len(unread))
    if unread:
        yield from in_background(library.model.embedder, Pace("model").progress)
    with ThreadPoolExecutor(worker_threads()) as pool:
        for part in chunks(unread, _AT_ONCE):
            outcomes = list(pool.map(lambda path: _prepare(library, path), part))
            read = {path: outcome for path, outcome in zip(part, outcomes, strict=True) if isinstance(outcome, tuple)}
            if read:
                vectors = library.model.embedder().embed([prepared for _, prepared in read.values()])
                with writing(library.catalog.engine) as connection:
                    keys = [key for key, _ in read.values()]
                    library.model.features.store(connection, dict(zip(keys, vectors, strict=True)))
            hashes.update((path, key) for path, (key, _) in read.items())
            failed += [
                Failure(path, str(outcome))
                for path, outcome in zip(part, outcomes, strict=True)
                if isinstance(outcome, UnreadablePhoto)
            ]
            pace.advance(len(part))
            yield pace.progress()
    return {path: hashes[path] for path in paths if path in hashes}, failed


def _prepare(library: WritableLibrary, path: Path) -> tuple[bytes, NDArray[np.uint8]] | UnreadablePhoto:
    """Runs in a decoder thread."""
    embedder = library.model.embedder()
    try:
        data = read_photo(path)
        return content_hash(data), embedder.prepare(decode(data, embedder.smallest_side).image)
    except UnreadablePhoto as error:
        return error
