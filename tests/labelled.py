"""Folders of labelled drawings whose features a library has already, so that no network is needed."""

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from guie_desktop.disk.content import content_hash
from guie_desktop.embedding.assets import DEFAULT_MODEL
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import KINDS, draw_scene

BACKBONES = (DEFAULT_MODEL, "efficientnet-lite0")
DIMENSION = 96


def save_labelled(folder: Path, each: int, labels: Sequence[str] = KINDS, first: int = 0) -> list[Path]:
    """`each` small JPEGs in a folder for each label, which is a kind of drawing."""
    paths = []
    for label in labels:
        (folder / label).mkdir(parents=True, exist_ok=True)
        for number in range(first, first + each):
            paths.append(folder / label / f"{number:03d}.jpg")
            draw_scene(label, number, (64, 48)).save(paths[-1])
    return paths


def store_features(paths: LibraryPaths, *folders: Path) -> None:
    """Give the library features of all photos in the folders, by each of BACKBONES.

    What photos of one label share is small beside what light and angle would do; short, so that training takes no time.
    """
    with WritableLibrary(paths) as library:
        for backbone in BACKBONES:
            features = library.open_backbone(backbone).features
            vectors = {
                content_hash(path.read_bytes()): _feature(backbone, path.parent.name, str(path))
                for folder in folders
                for path in folder.rglob("*.jpg")
            }
            features.keep(vectors)


def _feature(backbone: str, label: str, photo: str) -> NDArray[np.float32]:
    nuisances = _chance(backbone).normal(size=(12, DIMENSION))
    own = _chance(backbone + label).normal(size=DIMENSION)
    feature: NDArray[np.float32] = (own + 1.2 * _chance(photo).normal(size=12) @ nuisances).astype(np.float32)
    return feature


def _chance(name: str) -> np.random.Generator:
    return np.random.default_rng(crc32(name.encode()))
