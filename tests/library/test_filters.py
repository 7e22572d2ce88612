"""A filter lets pass what it says, whatever is combined."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from guie_desktop.asking import COLOURS, FORMATS, PHOTO_KINDS, SHAPES, Colour, Filter, together
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.colours import record_colours
from guie_desktop.library.database import writing
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.listings import photos_by_month
from guie_desktop.library.ordered_photos import NEWEST_FIRST
from guie_desktop.library.tables import folders, marks, photos
from tests.albums import make_album
from tests.stored_photos import store_photos

_SUFFIXES = ("jpg", "JPEG", "png", "NEF", "mp4", "heic")
_SIZES = ((4000, 3000), (3000, 4000), (1000, 1000), (1040, 1000), (6000, 2000), (100, 3000), (0, 0))
LEAST: dict[Colour, int] = dict.fromkeys(COLOURS, 20) | {"brown": 30, "red": 15, "yellow": 15}
LEAST |= dict.fromkeys(("green", "teal", "blue", "purple", "pink"), 10)
_KINDS = (None, "raw", "video", "motion", "live")


@dataclass(frozen=True)
class Made:
    """What is known of a photo that the filter is asked of."""

    id: int
    name: str
    size: tuple[int, int]
    kind: str | None
    taken: float
    rating: int
    flagged: bool
    online: bool
    deep: bool
    albums: frozenset[int]
    """Of it and its copies."""
    own_albums: frozenset[int]
    searchable: bool
    colours: dict[Colour, int]


class Library:
    """Some sixty photos of all sorts in two folders and two albums."""

    def __init__(self, catalog: CatalogWriter, root: Path) -> None:
        self.catalog, self.here, self.away = catalog, root / "here", root / "away"
        random = np.random.default_rng(5)
        store = FeatureStore(catalog, "backbone")
        rows = random.normal(size=(60, 4)).astype(np.float32)
        ids = store_photos(store, rows[:40], self.here) + store_photos(store, rows[40:], self.away)
        self.albums = tuple(
            make_album(catalog, name, [int(one) for one in random.choice(ids, 15, replace=False)]) for name in "AB"
        )
        members = {album: {p for p, v in catalog.verdicts(album).items() if v == "member"} for album in self.albums}
        self.made: list[Made] = []
        with writing(catalog.database) as connection:
            connection.execute(update(folders).where(folders.c.path == self.away).values(online=False))
            for number, photo in enumerate(ids):
                own = frozenset(album for album in self.albums if photo in members[album])
                made = Made(
                    photo,
                    f"{number}.{random.choice(_SUFFIXES)}",
                    _SIZES[random.integers(len(_SIZES))],
                    _KINDS[random.integers(len(_KINDS))],
                    float(random.integers(0, 100)),
                    int(random.integers(0, 6)),
                    bool(random.integers(2)),
                    number < 40,
                    number % 3 == 0 and number < 40,
                    own,
                    own,
                    number % 7 != 0,
                    {
                        COLOURS[one]: int(random.integers(5, 40))
                        for one in random.choice(len(COLOURS), number % 4, replace=False)
                    },
                )
                self.made.append(made)
                directory = (self.here / "deep" if made.deep else self.here) if made.online else self.away
                values = {
                    "name": Path(made.name),
                    "directory": directory,
                    "width": made.size[0],
                    "height": made.size[1],
                    "kind": made.kind,
                    "taken": made.taken,
                }
                if not made.searchable:
                    values["content_hash"] = f"unread {number}".encode()
                connection.execute(update(photos).where(photos.c.id == photo).values(values))
                of_it = select(photos.c.content_hash).where(photos.c.id == photo)
                record_colours(connection, {connection.execute(of_it).scalar_one(): made.colours})
                for kind, value in (("rating", made.rating), ("flag", int(made.flagged))):
                    said = {"photo_id": photo, "kind": kind, "value": value, "said_at": 0.0}
                    connection.execute(insert(marks).values(said))

    def passes(self, photo: Made, which: Filter) -> bool:
        """What the filter says, in Python."""
        width, height = photo.size
        longer, shorter = max(width, height), min(width, height)
        suffix = photo.name.rsplit(".", 1)[1].lower()
        shapes = {
            "landscape": width > 1.05 * height,
            "portrait": height > 1.05 * width,
            "square": longer <= 1.05 * shorter,
            "panorama": longer >= 2 * shorter,
        }
        kinds = {
            "photo": photo.kind in (None, "motion", "live"),
            "raw": photo.kind == "raw",
            "video": photo.kind == "video",
            "motion": photo.kind in ("motion", "live"),
        }
        return all(
            (
                which.folder is None
                or (which.folder == self.here and photo.online)
                or (which.folder == self.here / "deep" and photo.deep),
                photo.own_albums.issuperset(which.albums),
                photo.albums.isdisjoint(which.not_albums),
                not (which.unsorted and photo.albums),
                not which.taken
                or any((a is None or photo.taken >= a) and (b is None or photo.taken < b) for a, b in which.taken),
                not which.kinds or any(kinds[k] if k in kinds else suffix in FORMATS.get(k, (k,)) for k in which.kinds),
                not which.shapes or (longer > 0 and any(shapes[shape] for shape in which.shapes)),
                not which.colours or any(photo.colours.get(one, 0) >= LEAST[one] for one in which.colours),
                width * height >= which.least_pixels,
                not which.most_pixels or width * height <= which.most_pixels,
                photo.rating >= which.rating,
                not which.flagged or photo.flagged,
                which.online is None or photo.online == which.online,
                not which.unsearchable or not photo.searchable,
            )
        )


@pytest.fixture
def made(catalog: CatalogWriter, tmp_path: Path) -> Library:
    return Library(catalog, tmp_path)


_ends = st.none() | st.integers(0, 100).map(float)


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    """Few things at once, so that something passes; albums are 1 and 2, folders are told by number."""
    said: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "albums": st.sampled_from([(1,), (2,), (1, 2)]),
                "not_albums": st.sampled_from([(1,), (2,), (1, 2)]),
                "unsorted": st.booleans(),
                "taken": st.lists(st.tuples(_ends, _ends), min_size=1, max_size=2).map(tuple),
                "kinds": st.lists(st.sampled_from([*PHOTO_KINDS, "jpeg", "heif", "nef"]), max_size=3).map(tuple),
                "shapes": st.lists(st.sampled_from(SHAPES), max_size=2).map(tuple),
                "colours": st.lists(st.sampled_from(COLOURS), max_size=3).map(tuple),
                "least_pixels": st.sampled_from([0, 1_000_000]),
                "most_pixels": st.sampled_from([0, 12_000_000]),
                "rating": st.integers(0, 5),
                "flagged": st.booleans(),
                "online": st.sampled_from([None, True, False]),
                "unsearchable": st.booleans(),
            },
        )
    )
    return Filter(**said)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(which=filters(), below=st.sampled_from([None, "", "deep"]))
def test_what_passes_is_what_the_filter_says(made: Library, which: Filter, below: str | None) -> None:
    if below is not None:
        which = together(which, Filter(folder=made.here / below))
    expected = {photo.id for photo in made.made if made.passes(photo, which)}
    assert set(made.catalog.ordered(NEWEST_FIRST, which=which).ids) == expected
    assert made.catalog.has_photos(which) == bool(expected)
    assert made.catalog.has_photos(which, more_than=len(expected)) is False
    store = FeatureStore(made.catalog, "backbone")
    found = made.catalog.photos_showing([int(key) for key in store.live_ids()], which)
    searchable = {photo.id for photo in made.made if photo.searchable}
    assert {one.id for showing in found.values() for one in showing.photos} == expected & searchable
    assert len(store.live_ids(which=which)) == len(expected & searchable)


def test_a_copy_of_what_is_in_an_album_is_not_outside_of_it(made: Library) -> None:
    inside = next(photo for photo in made.made if photo.albums)
    other = next(photo for photo in made.made if not photo.albums)
    with writing(made.catalog.database) as connection:
        connection.execute(update(photos).where(photos.c.id.in_([inside.id, other.id])).values(content_hash=b"same"))
    outside = set(made.catalog.ordered(NEWEST_FIRST, which=Filter(unsorted=True)).ids)
    assert other.id not in outside
    assert outside == {photo.id for photo in made.made if not photo.albums} - {other.id}


def test_filters_that_say_different_things_hold_together() -> None:
    assert together(Filter(albums=(1,), rating=2), Filter(albums=(2, 1), flagged=True)) == Filter(
        albums=(1, 2), rating=2, flagged=True
    )
    assert together(Filter(rating=2), Filter(rating=4)) == Filter(rating=4)
    assert not together()


def test_months_are_counted(made: Library) -> None:
    assert photos_by_month(made.catalog) == {(1970, 1): len(made.made)}
