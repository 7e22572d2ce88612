"""A library's life at random, with real files, scans and readings, ends in what a model of the rule predicts.

More of them: GUIE_LIVES=50 GUIE_LIFE_STEPS=200 python -m pytest tests/jobs/test_life.py
"""

import os
import random
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import delete

from guie_desktop.disk.content import content_hash
from guie_desktop.domain import Verdict
from guie_desktop.jobs.indexing import index_library
from guie_desktop.library.database import writing
from guie_desktop.library.tables import folders, photos
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.life import Disk, Model
from tests.running import finish, index_folder

LIVES = int(os.environ.get("GUIE_LIVES", "2"))
STEPS = int(os.environ.get("GUIE_LIFE_STEPS", "60"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photos of one size, so that only their content tells them apart."""
    folder = tmp_path_factory.mktemp("pool")
    rng = np.random.default_rng(0)
    for number in range(max(STEPS, 60)):
        small = Image.fromarray(rng.integers(0, 255, (4, 5, 3), dtype=np.uint8))
        small.resize((64, 48)).save(folder / f"{number}.bmp")
    return folder


@pytest.mark.parametrize("is_watched", [False, True], ids=["scanned", "watched"])
@pytest.mark.parametrize("seed", range(LIVES))
def test_a_life_ends_in_what_the_model_predicts(
    seed: int, is_watched: bool, pool: Path, paths: LibraryPaths, tmp_path: Path
) -> None:
    rng = random.Random(seed)
    index_folder(paths, pool)  # so that each content is embedded once
    with WritableLibrary(paths) as library, writing(library.catalog.database) as connection:
        connection.execute(delete(photos))
        connection.execute(delete(folders))
    disk, model = Disk(tmp_path / "photos", rng, pool), Model()
    hashes = {int(path.stem): content_hash(path.read_bytes()) for path in pool.iterdir()}
    with WritableLibrary(paths) as library:
        for root in disk.roots:
            library.catalog.add_folder(root)
        album = library.albums.create("Album")
        replugged = False
        for step in range(STEPS):
            done = disk.step()
            replugged |= done == "unplug or plug"
            if rng.random() < 0.3:
                # Watched or not, all is scanned when a drive comes or goes.
                directories = disk.folders() if is_watched and not replugged else None
                replugged = False
                finish(index_library(library, directories=directories))
                model.see(disk.as_scanned(model.places()))
                found = shown(library, album)
                expected = {hashes[content] for content in model.shown()}
                unsure = {hashes[content] for content in model.unsure}
                assert found - unsure == expected - unsure, f"after step {step}, {done}"
                decide(library, model, album, rng, hashes)


def shown(library: WritableLibrary, album: int) -> set[bytes]:
    return {photo.content_hash for photo in library.catalog.photos(library.catalog.photo_ids(album_id=album)).values()}


def decide(library: WritableLibrary, model: Model, album: int, rng: random.Random, hashes: dict[int, bytes]) -> None:
    """The user puts a picture in, or takes it out, with all its copies."""
    present = sorted({row.content for row in model.rows if row.place is not None} - model.unsure)
    content = rng.choice(present)
    is_member = rng.random() < 0.7
    verdict: Verdict | None = "member" if is_member else None
    present_photos = library.catalog.photos(library.catalog.photo_ids()).values()
    library.albums.decide(album, [one.id for one in present_photos if one.content_hash == hashes[content]], verdict)
    for row in model.rows:
        if row.content == content:
            row.is_member = is_member and row.place is not None
