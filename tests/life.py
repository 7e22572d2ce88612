"""A library's life by the hundred: what happens to files at random, and a model of what its album must show.

The model knows the rule alone: decisions go with the content; new content under an old name is an edit, unless the old
content turned up elsewhere; what is known already is never an edit.
"""

import itertools
import os
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

Contents = dict[Path, int]
"""Where which content lies; contents are numbered."""


@dataclass
class Row:
    """A photo, as the rule sees it."""

    place: Path | None
    content: int
    is_member: bool = False


class Model:
    """Which contents an album shows, and which it may show where the rule leaves a choice between copies."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.unsure: set[int] = set()
        """Contents of which copies with and without the album took different ways."""

    def see(self, disk: Contents) -> None:
        """A scan, and the reading of all that it found."""
        before = {row.place: row for row in self.rows if row.place is not None}
        known = {row.content for row in self.rows}
        displaced = [row for row in self.rows if row.place is None or disk.get(row.place) != row.content]
        fresh = [place for place in sorted(disk) if place not in before or before[place].content != disk[place]]
        assigned: dict[Path, Row] = {}
        for place in fresh:
            owners = [row for row in displaced if row.content == disk[place]]
            if owners:
                if len({row.is_member for row in owners}) > 1:
                    self.unsure.add(disk[place])
                displaced.remove(owners[0])
                assigned[place] = owners[0]
        for place in fresh:
            if place in assigned:
                continue
            old = before.get(place)
            turned_up = old is not None and any(disk[other] == old.content for other in fresh)
            if old in displaced and old is not None and disk[place] not in known and not turned_up:
                displaced.remove(old)
                if old.content in self.unsure:
                    self.unsure.add(disk[place])
                old.content = disk[place]
            else:
                old = Row(None, disk[place])
                self.rows.append(old)
            assigned[place] = old
        for row in displaced:
            row.place = None
        for place, row in assigned.items():
            row.place = place
        self._follow_copies()

    def _follow_copies(self) -> None:
        for gone in [row for row in self.rows if row.place is None and row.is_member]:
            if copies := [row for row in self.rows if row.place is not None and row.content == gone.content]:
                gone.is_member, copies[0].is_member = False, True

    def places(self) -> Contents:
        """Where the photos are, as the library believes."""
        return {row.place: row.content for row in self.rows if row.place is not None}

    def shown(self) -> set[int]:
        """Contents that the album shows for sure."""
        return {row.content for row in self.rows if row.is_member and row.place is not None} - self.unsure


class Disk:
    """Two folders of photos, one of them on a drive that may be unplugged; `write` makes the photo of a content."""

    def __init__(self, base: Path, rng: random.Random, pool: Path) -> None:
        self.roots = [base / "fixed", base / "drive"]
        self.rng, self.pool = rng, pool
        self.contents: Contents = {}
        self.unused = sorted(int(path.stem) for path in pool.iterdir())
        rng.shuffle(self.unused)
        self.trash = base / "fixed" / ".Trash-0"
        for root in self.roots:
            (root / "deep").mkdir(parents=True)
        self.trash.mkdir()
        for root in self.roots:
            self._write(root / "stays.bmp", self.unused.pop())  # an emptied folder counts as an unplugged drive

    def step(self) -> str:
        """Do one thing; its name."""
        names = ["create", "move", "move", "swap", "rotate", "edit", "edit keeping time", "copy", "delete", "trash"]
        what = self.rng.choice([*names, "unplug or plug"])
        here = [place for place in sorted(self.contents) if place.exists() and place.name != "stays.bmp"]
        free = [place for place in self._places() if place not in self.contents and place.parent.exists()]
        self.rng.shuffle(here)
        if what == "unplug or plug":
            self._unplug_or_plug()
        elif what == "create" and free and self.unused:
            self._write(self.rng.choice(free), self.unused.pop())
        elif what in ("move", "copy") and here and free:
            self._carry(what, here[0], self.rng.choice(free))
        elif what in ("swap", "rotate") and len(here) > 3:
            self._rotate(here[: 2 if what == "swap" else 4])
        elif what.startswith("edit") and here and self.unused:
            before = here[0].stat()
            self._write(here[0], self.unused.pop())
            if what == "edit keeping time":
                os.utime(here[0], ns=(before.st_atime_ns, before.st_mtime_ns))
        elif what == "delete" and here:
            here[0].unlink()
            del self.contents[here[0]]
        elif what == "trash" and here:
            here[0].rename(self.trash / f"{self.rng.random()}.bmp")
            del self.contents[here[0]]
        return what

    def as_scanned(self, known: Contents) -> Contents:
        """What a scan takes to be there: of a drive that is away, what it knew before."""
        is_away = not self.roots[1].exists()
        on_drive = known if is_away else self.contents
        return {
            **{place: content for place, content in self.contents.items() if self.roots[1] not in place.parents},
            **{place: content for place, content in on_drive.items() if self.roots[1] in place.parents},
        }

    def folders(self) -> set[Path]:
        """All that hold photos."""
        return {folder for root in self.roots for folder in (root, root / "deep")}

    def _places(self) -> list[Path]:
        return [folder / f"{number:02d}.bmp" for folder in sorted(self.folders()) for number in range(8)]

    def _write(self, place: Path, content: int) -> None:
        place.write_bytes((self.pool / f"{content}.bmp").read_bytes())
        self.contents[place] = content

    def _carry(self, what: str, source: Path, to: Path) -> None:
        if what == "copy":
            self.rng.choice((shutil.copy, shutil.copy2))(source, to)
            self.contents[to] = self.contents[source]
        else:
            source.rename(to)
            self.contents[to] = self.contents.pop(source)

    def _rotate(self, places: list[Path]) -> None:
        aside = self.trash / "aside"
        contents = [self.contents[place] for place in places]
        places[-1].rename(aside)
        for place, to in reversed(list(itertools.pairwise(places))):
            place.rename(to)
        aside.rename(places[0])
        self.contents.update(zip(places, [contents[-1], *contents[:-1]], strict=True))

    def _unplug_or_plug(self) -> None:
        drive = self.roots[1]
        away = drive.with_name("drive that is away")
        if away.exists():
            away.rename(drive)
        else:
            drive.rename(away)
