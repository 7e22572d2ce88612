"""A model of what an album must show, whatever happens to the files; tests/living_disk.py lets things happen to them.

The model knows the rule alone: what was said goes with the content; new content under an old name is an edit, unless
the old content turned up elsewhere; what is known already is never an edit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from guie_desktop.domain import Verdict

Contents = dict[Path, int]
"""Where which content lies; contents are numbered."""
Words = set[tuple[int, Verdict]]
"""Of which content what was said."""


@dataclass
class Row:
    """A photo, as the rule sees it."""

    place: Path | None
    content: int
    verdict: Verdict | None = None


class Model:
    """What was said of which contents, and of which it depends on a choice between copies that the rule leaves open."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.unsure: set[int] = set()
        """Contents of which copies of which different things were said took different ways."""

    def see(self, disk: Contents) -> None:
        """A scan, and the reading of all that it found."""
        before = {row.place: row for row in self.rows if row.place is not None}
        known = {row.content for row in self.rows}
        displaced = [row for row in self.rows if row.place is None or disk.get(row.place) != row.content]
        fresh = [place for place in sorted(disk) if place not in before or before[place].content != disk[place]]
        assigned: dict[Path, Row] = {}
        self._note_places([row for row in displaced if row.verdict is not None], [disk[place] for place in fresh])
        for place in fresh:
            owners = [row for row in displaced if row.content == disk[place]]
            if owners:
                self._note_choice(owners)
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

    def say(self, content: int, verdict: Verdict | None) -> None:
        """The user says it of all copies that are there, upon which nothing else holds."""
        for row in self.rows:
            if row.content == content:
                row.verdict = verdict if row.place is not None else None
        self.unsure.discard(content)

    def _follow_copies(self) -> None:
        for gone in [row for row in self.rows if row.place is None and row.verdict is not None]:
            copies = [row for row in self.rows if row.place is not None and row.content == gone.content]
            self._note_choice(copies)
            if copies and copies[0].verdict is None:
                gone.verdict, copies[0].verdict = None, gone.verdict

    def _note_places(self, spoken_of: list[Row], turned_up: list[int]) -> None:
        """Where a content is in more places than there are photos of it, any may be the photo, and others copies."""
        contents = [row.content for row in spoken_of]
        self.unsure.update(one for one in contents if turned_up.count(one) > contents.count(one))

    def _note_choice(self, rows: Iterable[Row]) -> None:
        if len({row.verdict for row in rows}) > 1:
            self.unsure.update(row.content for row in rows)

    def places(self) -> Contents:
        """Where the photos are, as the library believes."""
        return {row.place: row.content for row in self.rows if row.place is not None}

    def said(self, *, of_present: bool) -> Words:
        """What was said for sure of the contents, of all or of those that are there."""
        rows = [row for row in self.rows if row.place is not None or not of_present]
        return {(row.content, row.verdict) for row in rows if row.verdict and row.content not in self.unsure}
