"""Folders of labelled photos: a folder's name is the label of the photos that lie in it."""

import os
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from guie_desktop.arrays import ViewPixels
from guie_desktop.decoding.wire import Decoded, Task
from guie_desktop.disk.file_systems import folder_identity
from guie_desktop.disk.same_file import is_unchanged
from guie_desktop.disk.scan import walk
from guie_desktop.domain import Failure
from guie_desktop.errors import UnreadablePhoto, UserError
from guie_desktop.jobs.background import in_background, until_done
from guie_desktop.jobs.pace import Pace
from guie_desktop.library.conditions import chunks
from guie_desktop.messages import Progress
from guie_desktop.sentences import Sentence
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
    for part in chunks(unread, _AT_ONCE):
        outcomes |= yield from _read_some(library, model, part)
        pace.advance(len(part))
        yield pace.progress()
    found = {path: outcomes[path] for path in paths}
    failures = {path: outcome for path, outcome in found.items() if isinstance(outcome, UnreadablePhoto)}
    if len(failures) == len(paths):
        raise UserError(
            Sentence("None of the photos in {folder} could be read.", folder=folder), str(failures[paths[0]])
        )
    return LabelledFolder(
        {path: outcome for path, outcome in found.items() if isinstance(outcome, bytes)},
        tuple(Failure(path, str(failure)) for path, failure in failures.items()),
    )


def _photos_in(folder: Path) -> list[Path]:
    if folder_identity(folder) is None:
        raise UserError(Sentence("There is no folder {folder}.", folder=folder), "Check the name.")
    root = Path(os.path.realpath(folder))
    paths = [listing.directory / file.name for listing in walk(root) for file in listing.files]
    if not paths:
        raise UserError(
            Sentence("There are no photos in {folder}.", folder=folder),
            "Choose a folder with photos sorted into folders.",
        )
    return sorted(paths)


def _unchanged(library: WritableLibrary, paths: list[Path]) -> dict[Path, bytes]:
    """Content hashes of those photos that the library has and that are as they were when it read them."""
    photos = {path: library.catalog.photo_at(path) for path in paths}
    return {path: photo.content_hash for path, photo in photos.items() if photo is not None and is_unchanged(photo)}


def _read_some(
    library: WritableLibrary, model: OpenBackbone, paths: Sequence[Path]
) -> Generator[Progress, None, dict[Path, bytes | UnreadablePhoto]]:
    """Read files, embed what has no feature yet, and give each path's content hash, or say why there is none."""
    pace = Pace("photos")
    begun = [
        library.decoders.submit(
            Task(path, views=model.preparation), lambda content: bool(model.features.known([content]))
        )
        for path in paths
    ]
    outcomes: dict[Path, bytes | UnreadablePhoto] = {}
    lacking: dict[bytes, ViewPixels] = {}
    for path, future in zip(paths, begun, strict=True):
        yield from until_done(future, pace.progress)
        try:
            read = future.result()
        except UnreadablePhoto as error:
            outcomes[path] = error
            continue
        if isinstance(read, Decoded) and (views := read.stills[0].views) is not None:
            lacking[read.content_hash] = views
        outcomes[path] = read.content_hash if isinstance(read, Decoded) else read
    if lacking:
        embedder = yield from in_background(model.embedder, Pace("model").progress)
        vectors = embedder.embed(list(lacking.values()))
        model.features.keep(dict(zip(lacking, vectors, strict=True)))
    return outcomes
