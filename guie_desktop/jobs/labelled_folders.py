"""Folders of labelled photos: a folder's name is the label of the photos that lie in it."""

import os
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from guie_desktop.domain import Failure
from guie_desktop.embedding.embedder import Embedder
from guie_desktop.errors import UnreadablePhoto, UserError
from guie_desktop.jobs.background import in_background
from guie_desktop.jobs.pace import Pace
from guie_desktop.library.catalog import chunks
from guie_desktop.library.content import content_hash
from guie_desktop.library.file_systems import folder_identity
from guie_desktop.library.images import decode, read_photo
from guie_desktop.library.same_file import is_unchanged
from guie_desktop.library.scan import walk
from guie_desktop.messages import Progress
from guie_desktop.workspace.machine import worker_threads
from guie_desktop.workspace.open_backbone import OpenBackbone
from guie_desktop.workspace.open_library import WritableLibrary

_AT_ONCE = 8
NOTHING_KNOWN: Mapping[Path, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LabelledFolder:
    """The photos of a folder, each with a stored feature."""

    contents: dict[Path, bytes]
    """Content hash of each photo, in the order of their names."""
    failed: tuple[Failure, ...]

    @property
    def labels(self) -> list[str]:
        """One for each photo."""
        return [path.parent.name for path in self.contents]


def read_labelled(
    library: WritableLibrary, model: OpenBackbone, folder: Path, known: Mapping[Path, bytes] = NOTHING_KNOWN
) -> Generator[Progress, None, LabelledFolder]:
    """Make the features that this backbone lacks of the folder's photos, and keep them; the folder is not added.

    `known` are content hashes that were read a moment ago. UserError where the folder has no photos that can be read.
    """
    paths = _photos_in(folder)
    contents = _unchanged(library, paths) | dict(known)
    stored = model.features.known(list(contents.values()))
    outcomes: dict[Path, bytes | UnreadablePhoto] = {
        path: contents[path] for path in paths if contents.get(path) in stored
    }
    unread = [path for path in paths if path not in outcomes]
    pace = Pace("photos", len(unread))
    with ThreadPoolExecutor(worker_threads()) as pool:
        for part in chunks(unread, _AT_ONCE):
            outcomes |= yield from _read_some(library, model, part, pool)
            pace.advance(len(part))
            yield pace.progress()
    found = {path: outcomes[path] for path in paths}
    failures = {path: outcome for path, outcome in found.items() if isinstance(outcome, UnreadablePhoto)}
    if len(failures) == len(paths):
        raise UserError(f"None of the photos in {folder} could be read.", str(failures[paths[0]]))
    return LabelledFolder(
        {path: outcome for path, outcome in found.items() if isinstance(outcome, bytes)},
        tuple(Failure(path, str(failure)) for path, failure in failures.items()),
    )


def _photos_in(folder: Path) -> list[Path]:
    if folder_identity(folder) is None:
        raise UserError(f"There is no folder {folder}.", "Check the name.")
    root = Path(os.path.realpath(folder))
    paths = [listing.directory / file.name for listing in walk(root) for file in listing.files]
    if not paths:
        raise UserError(f"There are no photos in {folder}.", "Choose a folder with photos sorted into folders.")
    return sorted(paths)


def _unchanged(library: WritableLibrary, paths: list[Path]) -> dict[Path, bytes]:
    """Content hashes of those photos that the library has and that are as they were when it read them."""
    photos = {path: library.catalog.photo_at(path) for path in paths}
    return {path: photo.content_hash for path, photo in photos.items() if photo is not None and is_unchanged(photo)}


def _read_some(
    library: WritableLibrary, model: OpenBackbone, paths: Sequence[Path], pool: ThreadPoolExecutor
) -> Generator[Progress, None, dict[Path, bytes | UnreadablePhoto]]:
    """Read files, embed what has no feature yet, and give each path's content hash, or say why there is none."""
    read = dict(zip(paths, pool.map(_read, paths), strict=True))
    files = dict(file for file in read.values() if isinstance(file, tuple))
    lacking = sorted(files.keys() - model.features.known(list(files)))
    broken: dict[bytes, UnreadablePhoto] = {}
    if lacking:
        embedder = yield from in_background(model.embedder, Pace("model").progress)
        pictures = dict(
            zip(lacking, pool.map(lambda content: _prepare(embedder, files[content]), lacking), strict=True)
        )
        broken = {key: error for key, error in pictures.items() if isinstance(error, UnreadablePhoto)}
        prepared = {key: picture for key, picture in pictures.items() if isinstance(picture, np.ndarray)}
        vectors = embedder.embed(list(prepared.values()))
        model.features.keep(dict(zip(prepared, vectors, strict=True)))
    return {
        path: file if isinstance(file, UnreadablePhoto) else broken.get(file[0], file[0]) for path, file in read.items()
    }


def _read(path: Path) -> tuple[bytes, bytes] | UnreadablePhoto:
    """Content hash and content."""
    try:
        data = read_photo(path)
    except UnreadablePhoto as error:
        return error
    return content_hash(data), data


def _prepare(embedder: Embedder, data: bytes) -> NDArray[np.uint8] | UnreadablePhoto:
    try:
        return embedder.prepare(decode(data, embedder.smallest_side).image)
    except UnreadablePhoto as error:
        return error
