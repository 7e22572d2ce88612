"""All figures, one part after the other, in a library that is made for it and removed afterwards."""

import shutil
import tempfile
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from guie_desktop.decoding.wire import Task
from guie_desktop.embedding.assets import DEFAULT_MODEL, load_card
from guie_desktop.embedding.weights import comes_with_the_program
from guie_desktop.errors import UserError
from guie_desktop.jobs.measuring.figures import PARTS, Figure
from guie_desktop.jobs.measuring.indexing_speed import measure_indexing
from guie_desktop.jobs.measuring.learning_speed import measure_learning
from guie_desktop.jobs.measuring.search_speed import measure_search
from guie_desktop.jobs.measuring.start_speed import measure_start
from guie_desktop.messages import Progress
from guie_desktop.paths import LibraryPaths
from guie_desktop.pictures.picture_sizes import THUMBNAIL
from guie_desktop.sentences import Sentence
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary

_READ_BY_PILLOW = frozenset({".jpg", ".jpeg", ".png", ".webp"})
"""Endings of what the plain loop reads as well."""
_FEWEST = 12
"""Photos, of fewer of which no figure says much."""
_MADE_VECTORS = 10_000, 100_000
_MADE_QUICKLY = (10_000,)


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of it."""

    figures: tuple[Figure, ...]
    photos: int
    megapixels: float
    """Of a photo, in the mean."""
    model: str


def photos_in_library(library: OpenLibrary) -> list[Path]:
    """Its photos that can be measured with, in their order."""
    catalog = library.catalog
    return _readable([photo.path for photo in catalog.photos(list(catalog.photo_ids())).values()])


def photos_in_folder(folder: Path) -> list[Path]:
    """The same of a folder and those in it."""
    return _readable(sorted(folder.rglob("*")))


def _readable(paths: Sequence[Path]) -> list[Path]:
    return [path for path in paths if path.suffix.lower() in _READ_BY_PILLOW and path.is_file()]


def measure(photos: Sequence[Path], most: int, model: str, *, quick: bool) -> Generator[Progress, None, Measured]:
    """All figures of so many of these photos, which are copied, with a model of those that come with the program.

    `quick` leaves out the start, learning, and the larger of the made indexes. UserError with too few photos.
    """
    if not comes_with_the_program(load_card(model)):
        model = DEFAULT_MODEL  # the plain loop has no other
    chosen = [photos[place] for place in np.linspace(0, len(photos) - 1, min(most, len(photos))).astype(int)]
    with tempfile.TemporaryDirectory(prefix="guie-desktop-bench-") as work:
        folder, paths = Path(work) / "photos", LibraryPaths(Path(work) / "library")
        folder.mkdir()
        paths.create()
        with WritableLibrary(paths) as library:
            library.choices.choose_model(model)
        with WritableLibrary(paths) as library:
            copies = list(_copied(library, chosen, folder))
            if len(copies) < _FEWEST:
                raise UserError(
                    Sentence("There are fewer than {number} photos to measure with.", number=_FEWEST),
                    "Name a folder that has more.",
                    "bench FOLDER",
                )
            library.catalog.add_folder(folder)
            figures = yield from measure_indexing(library, copies)
            pixels = [
                photo.width * photo.height
                for photo in library.catalog.photos(list(library.catalog.photo_ids())).values()
            ]
            if not quick:
                figures += yield from measure_learning(library, len(copies) / figures[0].value)
            figures += measure_search(library, _MADE_QUICKLY if quick else _MADE_VECTORS)  # whose vectors take memory
        if not quick:
            figures += measure_start(paths, copies[0])
    return Measured(
        figures=tuple(sorted(figures, key=lambda figure: PARTS.index(figure.part))),
        photos=len(copies),
        megapixels=float(np.mean(pixels)) / 1e6,
        model=model,
    )


def _copied(library: WritableLibrary, photos: Sequence[Path], folder: Path) -> Generator[Path, None, None]:
    """Those that the program reads, so that all measurements are of the same ones, and all from memory."""
    for number, photo in enumerate(photos):
        copy = folder / f"{number:05}{photo.suffix.lower()}"
        try:
            shutil.copyfile(photo, copy)
            library.decoders.decode(Task(copy, library.backbone.preparation, jpeg=THUMBNAIL))
        except UserError:
            copy.unlink()
        else:
            yield copy
