"""What was said of a photo that goes is said of the one that stays in its place: albums, stars and flags."""

from collections.abc import Mapping

from sqlalchemy import select

from guie_desktop.domain import MarkKind, Verdict
from guie_desktop.former import Former
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.conditions import chunks
from guie_desktop.library.database import reading
from guie_desktop.library.marks import MarkWriter
from guie_desktop.library.tables import album_photos, albums

FormerMarks = Mapping[MarkKind, Mapping[int, tuple[int, ...]]]
"""Per kind, what was said before, to the photos of which it was."""


def hand_on(
    writer: AlbumWriter, marks: MarkWriter, catalog: Catalog, heirs: Mapping[int, int]
) -> tuple[Former, FormerMarks]:
    """Give it to the heirs; returns what was said of these until then.

    What the user has said of an heir himself stays: it is given the albums of which nothing was said, the higher of two
    ratings, and a flag where either had one. `heirs` are ids of photos that stay, by those of photos that go.
    """
    former = writer.former(sorted(set(heirs.values())))
    said = _verdicts(catalog, [*heirs, *heirs.values()])
    given: dict[tuple[int, Verdict], set[int]] = {}
    for gone, heir in heirs.items():
        for album_id, verdict in said.get(gone, {}).items():
            if album_id not in said.get(heir, {}):
                given.setdefault((album_id, verdict), set()).add(heir)
    members = {(album_id, heir) for (album_id, verdict), ids in given.items() if verdict == "member" for heir in ids}
    for (album_id, verdict), ids in given.items():
        # Where two that go say different things, it belongs there.
        decided = [heir for heir in ids if verdict == "member" or (album_id, heir) not in members]
        if decided:
            writer.decide(album_id, sorted(decided), verdict)
    return former, {kind: _hand_on_marks(marks, catalog, heirs, kind) for kind in ("rating", "flag")}


def take_back(writer: AlbumWriter, marks: MarkWriter, former: Former, said: FormerMarks) -> None:
    """Let that be said of the heirs which was said before."""
    writer.put_back(former)
    for kind, before in said.items():
        for value, ids in before.items():
            marks.mark(ids, kind, value)


def _verdicts(catalog: Catalog, ids: list[int]) -> dict[int, dict[int, Verdict]]:
    """Photo id to what was decided of it, by album."""
    found: dict[int, dict[int, Verdict]] = {}
    there = select(albums.c.id).where(albums.c.removed_at.is_(None))
    for part in chunks(sorted(set(ids))):
        query = select(album_photos.c.photo_id, album_photos.c.album_id, album_photos.c.verdict).where(
            album_photos.c.photo_id.in_(part), album_photos.c.album_id.in_(there)
        )
        with reading(catalog.database) as connection:
            for photo_id, album_id, verdict in connection.execute(query):
                found.setdefault(photo_id, {})[album_id] = verdict
    return found


def _hand_on_marks(
    marks: MarkWriter, catalog: Catalog, heirs: Mapping[int, int], kind: MarkKind
) -> Mapping[int, tuple[int, ...]]:
    photos = catalog.photos([*heirs, *heirs.values()])
    values = {number: photo.rating if kind == "rating" else int(photo.flagged) for number, photo in photos.items()}
    wanted: dict[int, set[int]] = {}
    for heir in set(heirs.values()):
        best = max(values.get(gone, 0) for gone, whose in heirs.items() if whose == heir)
        if best > values.get(heir, 0):
            wanted.setdefault(best, set()).add(heir)
    before: dict[int, tuple[int, ...]] = {}
    for value, ids in wanted.items():
        for former, whose in marks.mark(sorted(ids), kind, value).items():
            before[former] = before.get(former, ()) + whose
    return before
