"""An album holds pictures: whatever is done to names, it shows what a model of the rule says."""

import itertools
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.library.test_decisions import bring_up_to_date, files_in, id_at

NAMES = ("a", "b", "c", "d", "e")
Photos = dict[str, str]
"""Name to content."""


@dataclass
class Rule:
    """Which names are in the album, by the rule alone: decisions go with the content, new content is an edit."""

    before: Photos
    members: set[str]
    gone: set[str] = field(default_factory=set)
    """Contents of the album that are nowhere now."""

    def see(self, after: Photos) -> None:
        """A scan of what lies on the disk now; no content lies in two places."""
        where = {content: name for name, content in after.items()}
        known = {*self.before.values(), *self.gone}
        members: set[str] = set()
        for name in self.members:
            content = self.before[name]
            if content in where:
                members.add(where[content])
            else:
                is_edit = name in after and after[name] not in known
                members |= {name} if is_edit else set()
                self.gone |= set() if is_edit else {content}
        came_back = {content for content in self.gone if content in where}
        self.gone -= came_back
        self.members = members | {where[content] for content in came_back}
        self.before = dict(after)


OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("swap"), st.permutations(NAMES)),
        st.tuples(st.just("rotate"), st.permutations(NAMES)),
        st.tuples(st.just("move"), st.permutations(NAMES)),
        st.tuples(st.just("edit"), st.permutations(NAMES)),
        st.tuples(st.just("delete"), st.permutations(NAMES)),
        st.tuples(st.just("add"), st.permutations(NAMES)),
    ),
    max_size=5,
)


class Disk:
    """Two folders of photos whose contents are all of one size, and of one time where the user keeps it."""

    def __init__(self, base: Path, keeps_times: bool) -> None:
        self.base, self.keeps_times = base, keeps_times
        self.photos: Photos = {}
        self.number = 0
        for folder in ("one", "two"):
            (base / folder).mkdir()
            self.write(base / folder / "stays.jpg", f"stays {folder}")

    def path(self, name: str) -> Path:
        return self.base / ("one" if name in "abc" else "two") / f"{name}.jpg"

    def write(self, path: Path, content: str) -> None:
        path.write_bytes(content.encode().ljust(16, b"."))
        self.number += 1
        moment = 10**18 if self.keeps_times else 10**18 + self.number * 10**9
        os.utime(path, ns=(moment, moment))

    def do(self, operation: str, names: list[str]) -> None:
        here = [name for name in names if name in self.photos]
        free = [name for name in names if name not in self.photos]
        if operation == "add" and free:
            self.put(free[0])
        elif operation == "edit" and here:
            self.put(here[0])
        elif operation == "delete" and here:
            self.path(here[0]).unlink()
            del self.photos[here[0]]
        elif operation == "move" and here and free:
            self.rename(here[0], free[0])
        elif operation in ("swap", "rotate"):
            self.rotate(here[: 2 if operation == "swap" else 4])

    def put(self, name: str) -> None:
        self.photos[name] = f"content {self.number}"
        self.write(self.path(name), self.photos[name])

    def rename(self, name: str, to: str) -> None:
        self.path(name).rename(self.path(to))
        self.photos[to] = self.photos.pop(name)

    def rotate(self, names: list[str]) -> None:
        if len(names) < 2:
            return
        last = self.base / "aside"
        self.path(names[-1]).rename(last)
        content = self.photos[names[-1]]
        for name, to in reversed(list(itertools.pairwise(names))):
            self.path(name).rename(self.path(to))
            self.photos[to] = self.photos[name]
        last.rename(self.path(names[0]))
        self.photos[names[0]] = content


@pytest.mark.slow
@settings(max_examples=100, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # each is a library on the disk
@given(st.booleans(), st.sets(st.sampled_from(NAMES)), st.lists(OPERATIONS, min_size=1, max_size=4))
def test_an_album_holds_the_pictures_that_the_rule_says(
    keeps_times: bool, members: set[str], scans: list[list[tuple[str, list[str]]]]
) -> None:
    base = Path(tempfile.mkdtemp(prefix="identity"))
    try:
        disk = Disk(base, keeps_times)
        for name in NAMES[:4]:
            disk.put(name)
        with WritableLibrary(LibraryPaths(base / "library")) as library:
            for folder in ("one", "two"):
                library.catalog.add_folder(base / folder)
            bring_up_to_date(library)
            expected = Rule(dict(disk.photos), members & set(disk.photos))
            album = library.albums.create("Album", [id_at(library, disk.path(name)) for name in expected.members])
            for operations in scans:
                for operation, names in operations:
                    disk.do(operation, names)
                bring_up_to_date(library)
                expected.see(disk.photos)
                assert files_in(library, album) == {f"{name}.jpg" for name in expected.members}
                shown = library.catalog.photos(library.catalog.photo_ids()).values()
                assert {photo.path.stem for photo in shown} == {*disk.photos, "stays"}
                contents = {photo.path: photo.content_hash for photo in shown}
                assert all(contents[path] == path.read_bytes() for path in contents)
    finally:
        shutil.rmtree(base)
