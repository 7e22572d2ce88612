"""Two folders of photos to which things happen at random, as they do to a user's."""

import itertools
import os
import random
import shutil
from pathlib import Path

from tests.life import Contents

STAYS, LOOKED = "stays.bmp", "-- looked"
BELLS = tuple(f"bell {number}" for number in range(8))
DEEP = ("deep", "Deep", "deeper")
"""What the folder in each of the two may be called."""

_OFTEN = ("create", "move", "move", "swap", "rotate", "edit", "edit keeping time", "copy", "delete", "trash")
_SELDOM = ("change case", "rename folder", "unplug or plug", "forbid or allow", "forbid or allow")
_FORBIDDEN_FOLDER = (0o000, 0o300, 0o600)  # not even listed; not listed; listed, and nothing is known of what is there
_ALLOWED_FOLDER, _ALLOWED_FILE = 0o755, 0o644


class Disk:
    """One folder that stays, one on a drive that may be unplugged; `pool` has a file for each content."""

    def __init__(self, base: Path, rng: random.Random, pool: Path) -> None:
        self.roots = [base / "fixed", base / "drive"]
        self.rng, self.pool = rng, pool
        self.contents: Contents = {}
        self.forbidden: dict[Path, int] = {}
        """Files and folders that may not be opened, with their permissions."""
        self.deeds: list[str] = []
        """What happened, for whoever has to find out why a life ended otherwise."""
        self.moved: set[Path] = set()
        """Files that came to lie where they are since the library looked last."""
        self.needs_look = False
        """Whether no watch tells of all that happened, so that the user looks: something is allowed, or forbidden."""
        self._turns = itertools.cycle(BELLS)
        self.unused = sorted(int(path.stem) for path in pool.iterdir())
        rng.shuffle(self.unused)
        self.aside = base / "aside"
        self.trash = self.roots[0] / ".Trash-0"
        self.away = base / "drive that is away"
        self.trash.mkdir(parents=True)
        self.deep = {root: root / DEEP[0] for root in self.roots}
        """The folder in each of them, by its present name."""
        for root in self.roots:
            self.deep[root].mkdir(parents=True)
            for bell in BELLS:
                (root / bell).mkdir()
            self._write(root / STAYS, self.unused.pop())  # an emptied folder counts as an unplugged drive

    def step(self) -> str:
        """Do one thing, where it can be done; its name."""
        what = self.rng.choice([*_OFTEN, *_SELDOM])
        here = [place for place in sorted(self.contents) if place.name != STAYS and self._is_in_reach(place)]
        free = [place for place in self._places() if place not in self.contents and self._is_in_reach(place)]
        self.rng.shuffle(here)
        if what == "unplug or plug":
            self._unplug_or_plug()
        elif what == "forbid or allow":
            self._forbid_or_allow(here)
        elif what == "rename folder":
            self._rename_folder()
        elif what == "create" and free and self.unused:
            self._write(self.rng.choice(free), self.unused.pop())
        elif here:
            self._happen_to(what, here, free)
        return what

    def as_scanned(self, known: Contents) -> Contents:
        """What a scan takes to be there: where it may not look, what it knew before."""
        closed = {place for place in {*known, *self.contents} if not self._may_be_read(place)}
        return {
            **{place: content for place, content in self.contents.items() if place not in closed},
            **{place: content for place, content in known.items() if place in closed and self._stays_known(place)},
        }

    def looked(self) -> None:
        """The library has seen all that happened."""
        self.moved = {place for place in self.moved if not self._may_be_read(place)}
        self.needs_look = False
        self._tell(LOOKED)

    def allow_all(self) -> None:
        """Let everything be opened again, and be plugged in."""
        for path in sorted(self.forbidden):
            self._allow(path)
        if self.away.exists():
            self._unplug_or_plug()

    def bells(self) -> list[Path]:
        """Folders, one on each drive that is there, in which the test can make itself heard; no photo lies there.

        Not the same as the last times, of which something may still be heard.
        """
        bell = next(self._turns)
        return [root / bell for root in self.roots if root.exists() and root not in self.forbidden]

    def _happen_to(self, what: str, here: list[Path], free: list[Path]) -> None:
        place = here[0]
        if what in ("move", "copy") and free:
            self._carry(what, place, self.rng.choice(free))
        elif what == "change case":
            self._carry("move", place, place.with_name(place.name.swapcase()))
        elif what in ("swap", "rotate") and len(here) > 3:
            self._rotate(here[: 2 if what == "swap" else 4])
        elif what.startswith("edit") and self.unused:
            before = place.stat()
            self._write(place, self.unused.pop())
            if what == "edit keeping time":
                os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
        elif what == "delete" or (what == "trash" and self.roots[0] in self.forbidden):
            place.unlink()
            self._tell("delete", place, self.contents[place])
            del self.contents[place]
        elif what == "trash":
            place.rename(self.trash / f"{self.rng.random()}.bmp")
            self._tell("trash", place, self.contents[place])
            del self.contents[place]

    def _places(self) -> list[Path]:
        taken = {(place.parent, place.name.casefold()) for place in self.contents}
        named = [folder / f"{n:02d}.bmp" for folder in [*self.roots, *self.deep.values()] for n in range(8)]
        return [place for place in named if (place.parent, place.name) not in taken]

    def _is_in_reach(self, place: Path) -> bool:
        """Whether the user may do something with a file there."""
        return self._may_be_read(place)

    def _may_be_read(self, place: Path) -> bool:
        return not self._is_on_drive_that_is_away(place) and self.forbidden.keys().isdisjoint((place, *place.parents))

    def _stays_known(self, place: Path) -> bool:
        """Where a folder may be listed at least, a scan sees what is gone from there."""
        if place in self.contents:
            return True
        folder = place.parent
        is_listed = self.forbidden.get(folder, 0o400) & 0o400 and not self._is_on_drive_that_is_away(folder)
        return not (is_listed and self.forbidden.keys().isdisjoint(folder.parents))

    def _write(self, place: Path, content: int) -> None:
        place.write_bytes((self.pool / f"{content}.bmp").read_bytes())
        self._tell("write", place, content, "over", self.contents.get(place))
        self.contents[place] = content

    def _carry(self, what: str, source: Path, to: Path) -> None:
        self._tell(what, source, self.contents[source], to)
        if what == "copy":
            self.rng.choice((shutil.copy, shutil.copy2))(source, to)
            self.contents[to] = self.contents[source]
        else:
            source.rename(to)
            self.moved.add(to)
            self.contents[to] = self.contents.pop(source)

    def _rotate(self, places: list[Path]) -> None:
        contents = [self.contents[place] for place in places]
        self._tell("rotate", *(part for place in places for part in (place, self.contents[place])))
        places[-1].rename(self.aside)
        for place, to in reversed(list(itertools.pairwise(places))):
            place.rename(to)
        self.aside.rename(places[0])
        self.moved.update(places)
        self.contents.update(zip(places, [contents[-1], *contents[:-1]], strict=True))

    def _rename_folder(self) -> None:
        """Of a folder that holds something that may not be read, a scan could not know what it holds there."""
        renamed = [
            folder
            for folder in self.deep.values()
            if self._is_in_reach(folder) and not any(folder in path.parents for path in self.forbidden)
        ]
        if renamed:
            folder = self.rng.choice(renamed)
            to = folder.with_name(self.rng.choice([name for name in DEEP if name != folder.name]))
            folder.rename(to)
            self._tell("rename", folder, to)
            self.deep[folder.parent] = to
            for place in [place for place in self.contents if folder in place.parents]:
                now = to / place.relative_to(folder)
                self.contents[now] = self.contents.pop(place)
                self.moved.add(now)

    def _unplug_or_plug(self) -> None:
        drive = self.roots[1]
        self._tell("plug" if self.away.exists() else "unplug")
        if self.away.exists():
            self.away.rename(drive)
        else:
            drive.rename(self.away)

    def _forbid_or_allow(self, here: list[Path]) -> None:
        there = [path for path in sorted(self.forbidden) if self._can_be_changed(path)]
        if there and self.rng.random() < 0.6:
            self._allow(self.rng.choice(there))
            return
        folders = [folder for folder in (*self.roots, *self.deep.values()) if self._is_in_reach(folder)]
        unmoved = [place for place in here if place not in self.moved]  # what a scan follows it need not open
        if unmoved and self.rng.random() < 0.5:
            self._forbid(unmoved[0], 0)
        elif folders:
            self._forbid(self.rng.choice(folders), self.rng.choice(_FORBIDDEN_FOLDER))

    def _forbid(self, path: Path, bits: int) -> None:
        path.chmod(bits)
        self.needs_look |= path in self.roots  # where no bell can be rung, what is heard by when is open
        self._tell("forbid", path, f"{bits:o}")
        self.forbidden[path] = bits

    def _can_be_changed(self, path: Path) -> bool:
        return self.forbidden.keys().isdisjoint(path.parents) and not self._is_on_drive_that_is_away(path)

    def _allow(self, path: Path) -> None:
        on_its_drive = self.away / path.relative_to(self.roots[1]) if self._is_on_drive_that_is_away(path) else path
        on_its_drive.chmod(_ALLOWED_FILE if path in self.contents else _ALLOWED_FOLDER)
        self._tell("allow", path)
        del self.forbidden[path]
        self.needs_look = True

    def _is_on_drive_that_is_away(self, path: Path) -> bool:
        return self.away.exists() and path.is_relative_to(self.roots[1])

    def _tell(self, what: str, *things: object) -> None:
        base = self.aside.parent
        named = (str(thing.relative_to(base)) if isinstance(thing, Path) else str(thing) for thing in things)
        self.deeds.append(" ".join((what, *named)))
