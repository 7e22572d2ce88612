"""A library's life at random, with real files, scans and readings, ends in what a model of the rule predicts.

More of them: GUIE_LIVES=50 GUIE_LIFE_STEPS=200 python -m pytest tests/jobs/test_life.py
"""

import contextlib
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import delete, func, select

from guie_desktop.disk.content import content_hash
from guie_desktop.domain import Verdict
from guie_desktop.library.conditions import SHOWN
from guie_desktop.library.damage import problems_in
from guie_desktop.library.database import reading, writing
from guie_desktop.library.tables import album_photos, folders, photos
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.killed import index_and_die
from tests.life import Model, Words
from tests.living_disk import LOOKED, Disk
from tests.living_library import Keeper, kept
from tests.permissions import bound_by_permissions
from tests.running import index_folder
from tests.small_disk import SmallDisk, small_disk

LIVES = int(os.environ.get("GUIE_LIVES", "2"))
STEPS = int(os.environ.get("GUIE_LIFE_STEPS", "60"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def unborn(models_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library without photos that has computed the feature of each content in "pool" beside it, once for all lives.

    All are of one size, so that only their content tells them apart.
    """
    paths = LibraryPaths(tmp_path_factory.mktemp("unborn") / "library")
    pool = paths.root.with_name("pool")
    pool.mkdir()
    rng = np.random.default_rng(0)
    for number in range(max(STEPS, 60)):
        small = Image.fromarray(rng.integers(0, 255, (4, 5, 3), dtype=np.uint8))
        small.resize((64, 48)).save(pool / f"{number}.bmp")
    paths.root.mkdir()
    paths.networks.symlink_to(models_folder, target_is_directory=True)
    index_folder(paths, pool)
    with WritableLibrary(paths) as library, writing(library.catalog.database) as connection:
        connection.execute(delete(photos))
        connection.execute(delete(folders))
    return paths.root


@pytest.fixture
def own_disk(tmp_path: Path) -> Iterator[SmallDisk | None]:
    (tmp_path / "own").mkdir()
    with small_disk(tmp_path / "own") as disk:
        yield disk


@pytest.mark.parametrize("is_watched", [False, True], ids=["scanned", "watched"])
@pytest.mark.parametrize("seed", range(LIVES))
def test_a_life_ends_in_what_the_model_predicts(
    seed: int, is_watched: bool, unborn: Path, own_disk: SmallDisk | None, tmp_path: Path
) -> None:
    paths = LibraryPaths(shutil.copytree(unborn, tmp_path / "own" / "library", symlinks=True))
    with bound_by_permissions():
        disk = Disk(tmp_path / "photos", random.Random(seed), pool=unborn.with_name("pool"))
        Life(random.Random(seed), paths, disk, own_disk).live(is_watched=is_watched)
    assert problems_in(paths.catalog, also_indexes=True) == ()


class Life:
    """What happens, in its order, and what is seen of it."""

    def __init__(self, rng: random.Random, paths: LibraryPaths, disk: Disk, own_disk: SmallDisk | None) -> None:
        self.rng, self.paths, self.disk, self.own_disk = rng, paths, disk, own_disk
        self.model = Model()
        self.hashes = {int(path.stem): content_hash(path.read_bytes()) for path in disk.pool.iterdir()}
        self.steps = 0
        self.seen = self._drives()
        with WritableLibrary(paths) as library:
            for root in disk.roots:
                library.catalog.add_folder(root)
            self.album = library.albums.create("Album")

    def live(self, *, is_watched: bool) -> None:
        """From one kill to the next, until all has happened."""
        while self.steps < STEPS:
            with self._opened(is_watched=is_watched) as (library, keeper):
                self._until_killed(library, keeper)
            if self.steps < STEPS:
                for _ in range(self.rng.randint(1, 2)):
                    index_and_die(self.paths, self.rng.randint(1, 250))
        with self._opened(is_watched=is_watched) as (library, keeper):
            self.disk.allow_all()
            assert keeper.look() is None
            self._compare(library)
            self._has_all_that_is_computed(library)

    @contextlib.contextmanager
    def _opened(self, *, is_watched: bool) -> Iterator[tuple[WritableLibrary, Keeper]]:
        with WritableLibrary(self.paths) as library, kept(library, is_watched=is_watched) as keeper:
            self._compare(library)
            yield library, keeper

    def _until_killed(self, library: WritableLibrary, keeper: Keeper) -> None:
        while self.steps < STEPS:
            self.steps += 1
            what = self.rng.choices(["", "kill", "fill the disk"], [30, 1, 2])[0] or self.disk.step()
            self.disk.deeds.append(f"({what})")
            if what == "kill":
                return
            if what == "fill the disk":
                self._fill_the_disk(keeper)
                self._compare(library)
            elif self.rng.random() < 0.3:
                if self.disk.needs_look:
                    assert keeper.look() is None
                else:
                    keeper.notice(self.disk.bells(), comes_or_goes=self._drives() != self.seen)
                self._compare(library)
                self._decide(library)

    def _fill_the_disk(self, keeper: Keeper) -> None:
        """What cannot be written now is written when there is room again."""
        if self.own_disk is not None:
            self.own_disk.leave(self.rng.choice([0, 4, 16, 64, 128, 256]) * 1024)
            said = keeper.look()
            assert said is None or "Free some disk space" in said
            self.own_disk.make_room()
        assert keeper.look() is None

    def _compare(self, library: WritableLibrary) -> None:
        """The library was brought up to date: what the album shows, and what was decided, is what the model says."""
        self.seen = self._drives()
        self.model.see(self.disk.as_scanned(self.model.places()))
        shown = library.catalog.photos(library.catalog.photo_ids()).values()
        there = {(one.path, one.content_hash) for one in shown}
        believed = {(place, self.hashes[content]) for place, content in self.model.places().items()}
        differing = sorted(path for path, _ in there ^ believed)
        assert not differing, f"{differing}\n{self._story(set())}"
        for of_present in (True, False):
            expected = self.model.said(of_present=of_present)
            found = {word for word in self._said(library, of_present=of_present) if word[0] not in self.model.unsure}
            assert found == expected, f"{found - expected} for {expected - found}\n{self._story(found ^ expected)}"
        self.disk.looked()

    def _story(self, differing: Words) -> str:
        """What happened to the contents of which something else is said, and since the last look to all."""
        contents = {str(content) for content, _ in differing}
        looks = [number for number, deed in enumerate(self.disk.deeds) if deed == LOOKED][-2:]
        last = looks[-1] if looks else 0
        told = [
            deed
            for number, deed in enumerate(self.disk.deeds)
            if number >= last or number in looks or contents.intersection(deed.split())
        ]
        return "\n".join(told)

    def _said(self, library: WritableLibrary, *, of_present: bool) -> Words:
        numbers = {content: number for number, content in self.hashes.items()}
        query = select(func.coalesce(photos.c.former_hash, photos.c.content_hash), album_photos.c.verdict).join(photos)
        with reading(library.catalog.database) as connection:
            rows = connection.execute(query.where(SHOWN) if of_present else query).all()
        return {(numbers[row[0]], row[1]) for row in rows}

    def _decide(self, library: WritableLibrary) -> None:
        """The user says something of a picture, and so of all its copies."""
        verdict: Verdict | None = self.rng.choice(["member", "member", "not", None])
        content = self.rng.choice(sorted(set(self.model.places().values())))
        shown = library.catalog.photos(library.catalog.photo_ids()).values()
        copies = [one.id for one in shown if one.content_hash == self.hashes[content]]
        library.albums.decide(self.album, copies, verdict)
        self.model.say(content, verdict)
        self.disk.deeds.append(f"say {content} {verdict}")

    def _has_all_that_is_computed(self, library: WritableLibrary) -> None:
        contents = library.catalog.content_hashes()
        assert contents.keys() == {self.hashes[content] for content in self.disk.contents.values()}
        assert library.catalog.failures() == ()
        assert library.catalog.pending_count(library.backbone.key) == 0
        assert library.thumbnails.lacking(list(contents)) == set()
        assert len(library.backbone.space.index) == len(contents)

    def _drives(self) -> list[bool]:
        return [root.exists() for root in self.disk.roots]
