"""What differs from one round to the next is told of once."""

import contextlib
import os
import threading
from pathlib import Path

import pytest

from guie_desktop.disk.polling import EVERY, Poll
from guie_desktop.disk.scan import Listing, list_directory
from guie_desktop.disk.skipping import SkipRules


class World:
    """A folder that is polled."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.told: list[Path] = []
        self.gone: list[Path] = []
        self.trees = [(root, SkipRules(root))]
        self.poll = Poll(lambda: self.trees, self.told.append, self.gone.append)

    def round(self) -> set[Path]:
        """What one round tells of; it is over when the poll rests for long."""
        self.told.clear()
        while self.poll.look() < EVERY / 2:
            pass
        return set(self.told)


@pytest.fixture
def world(tmp_path: Path) -> World:
    for name in ("a", "b", "b/deep", ".hidden"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "p.jpg").write_bytes(b"x")
    return World(tmp_path)


def test_all_is_told_of_at_first_sight_and_nothing_where_nothing_happens(world: World) -> None:
    assert world.round() == {world.root, world.root / "a", world.root / "b", world.root / "b" / "deep"}
    assert world.round() == set()


def test_each_change_is_told_of_once(world: World) -> None:
    world.round()
    deep = world.root / "b" / "deep"
    (world.root / "a" / "new.jpg").write_bytes(b"x")
    (deep / "p.jpg").write_bytes(b"longer")
    (world.root / ".hidden" / "new.jpg").write_bytes(b"x")
    assert world.round() == {world.root / "a", deep}
    os.utime(world.root / "a" / "p.jpg", ns=(5, 5))
    (deep / "p.jpg").unlink()
    assert world.round() == {world.root / "a", deep}
    (world.root / "a").rename(world.root / "moved")
    assert world.round() == {world.root, world.root / "moved"}
    assert world.round() == set()


def test_a_drive_that_does_not_answer_does_not_hold_up_the_others(tmp_path: Path) -> None:
    may_end = threading.Event()
    silent, other = tmp_path / "silent", tmp_path / "other"
    told: list[Path] = []

    def lister(directory: Path, rules: SkipRules) -> Listing:
        if directory == silent:
            assert may_end.wait(60)
        return list_directory(directory, rules)

    def look_until_told(directory: Path) -> None:
        told.clear()
        while directory not in told:
            poll.look()

    for folder in (silent, other):
        folder.mkdir()
    trees = [(folder, SkipRules(folder)) for folder in (silent, other)]
    with contextlib.closing(Poll(lambda: trees, told.append, told.append, lister=lister, patience=0.1)) as poll:
        look_until_told(other)
        (other / "new.jpg").write_bytes(b"x")
        look_until_told(other)
        may_end.set()
        look_until_told(silent)


def test_a_tree_that_is_gone_is_said_to_be(world: World) -> None:
    world.trees = [(world.root / "b" / "deep", SkipRules(world.root))]
    world.round()
    world.round()
    (world.root / "b" / "deep").rename(world.root / "b" / "elsewhere")
    assert world.round() == {world.root / "b" / "deep"}
    assert world.gone == [world.root / "b" / "deep"]
