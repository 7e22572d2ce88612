"""The jobs that are killed: what each finds, does, and must leave behind."""

import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from guie_desktop.jobs.backing_up import back_up
from guie_desktop.jobs.doctor import examine
from guie_desktop.jobs.importing_albums import import_albums
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.learning import learn
from guie_desktop.jobs.switching import switch_model
from guie_desktop.jobs.verifying import verify_library
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.library.backups import is_copy_due, make_copy
from guie_desktop.library.copies import copies_of, copy_of
from guie_desktop.library.damage import problems_in
from guie_desktop.library.restoring import restore
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from tests.benchmarks.kills.place import Job, Place, decided, decisions_are_there, has_all, library_is_complete
from tests.old_catalogs import SCHEMAS, as_written_in, columns_of, rows_of
from tests.running import finish

_FILLING = 60_000_000
"""Bytes of a head that make copying a catalog take its time."""
_PAGE = 4096


# --- bringing a library up to date ---------------------------------------------------------------------------------


def index(place: Place) -> None:
    """The first reading of a folder."""
    with WritableLibrary(place.paths) as library:
        library.catalog.add_folder(place.photos)
        finish(index_library(library))


def _without_catalog(place: Place, _rng: random.Random) -> None:
    for part in place.paths.root.glob("catalogue.sqlite*"):
        part.unlink()
    place.before = Counter()


def _index_again(place: Place) -> None:
    with WritableLibrary(place.paths) as library:
        finish(index_library(library))


def _change_files(place: Place, rng: random.Random) -> None:
    """Swap and rename some, as a user does."""
    a, b, c = rng.sample(sorted(place.photos.rglob("*.jpg")), 3)
    aside = a.with_name("aside")
    a.rename(aside)
    b.rename(a)
    aside.rename(b)
    c.rename(c.with_name(f"renamed {rng.random()}.jpg"))


def _learn(place: Place) -> None:
    with WritableLibrary(place.paths) as library:
        finish(learn(library, Recipe()))


def _switch(place: Place) -> None:
    with WritableLibrary(place.paths) as library:
        finish(switch_model(library, "efficientnet-lite0"))


def _import_folders(place: Place) -> None:
    with WritableLibrary(place.paths) as library:
        finish(import_albums(library, place.photos))


def _make_thumbnails(place: Place) -> None:
    with WritableLibrary(place.paths) as library:
        finish(examine(library, repair=True))


def _without_thumbnails(place: Place, _rng: random.Random) -> None:
    for part in place.paths.root.glob("thumbnails.sqlite*"):
        part.unlink()


def _check(place: Place) -> None:
    with WritableLibrary(place.paths) as library:
        finish(verify_library(library))


# --- the daily copy, and putting it back ----------------------------------------------------------------------------


def _fill(catalog: Path, album: str) -> None:
    """Make the catalog large, and unlike all that were before."""
    with closing(sqlite3.connect(catalog)) as connection:
        connection.execute("UPDATE albums SET made_at = made_at + 1 WHERE name = ?", (album,))
        if connection.execute("SELECT 1 FROM heads WHERE backbone = 'other'").fetchone() is None:
            head = "INSERT INTO heads (backbone, kind, fitted_on, made_at, data) VALUES ('other', 'general', 1, 0, ?)"
            connection.execute(head, (random.Random(0).randbytes(_FILLING),))
        connection.commit()


def _with_older_copies(place: Place, _rng: random.Random) -> None:
    """Copies of the last two days, with all that was decided."""
    place.acknowledged.unlink(missing_ok=True)
    for days in (2, 1):
        _fill(place.paths.catalog, "red")
        make_copy(place.paths).path.rename(copy_of(place.paths, date.today() - timedelta(days=days)).path)
    _fill(place.paths.catalog, "red")


def _back_up_while_sorting(place: Place) -> None:
    with WritableLibrary(place.paths) as library, place.acknowledged.open("a") as told:
        album, photos = library.albums.create(f"Meanwhile {random.random()}"), library.catalog.photo_ids()
        for number, _ in enumerate(back_up(place.paths)):
            photo = int(photos[number % len(photos)])
            library.albums.decide(album, [photo], "member")
            print(album, photo, file=told, flush=True)


def _copies_are_whole(place: Place) -> None:
    """Whatever counts as a copy is good, and no older one is gone; what was said to be decided is in the catalog."""
    decisions_are_there(place)
    days = {copy.day for copy in copies_of(place.paths)}
    assert {date.today() - timedelta(days=1), date.today() - timedelta(days=2)} <= days, days
    for copy in copies_of(place.paths):
        assert problems_in(copy.path, also_indexes=True) == ()
        has_all(copy.path, place.before)
    if place.acknowledged.exists():
        said = {tuple(map(int, line.split())) for line in place.acknowledged.read_text().splitlines()}
        with closing(sqlite3.connect(place.paths.catalog)) as connection:
            kept = set(connection.execute("SELECT album_id, photo_id FROM album_photos"))
        assert said <= kept, f"{len(said - kept)} decisions were acknowledged and lost"


def _there_is_a_copy_of_today(place: Place) -> None:
    _copies_are_whole(place)
    assert not is_copy_due(place.paths)
    assert not list(place.paths.backups.glob("*.part*"))
    library_is_complete(place)


def _damage(place: Place, _rng: random.Random) -> None:
    """A copy of yesterday, something decided since then, and noise where photos stand."""
    _fill(place.paths.catalog, "red")
    make_copy(place.paths).path.rename(copy_of(place.paths, date.today() - timedelta(days=1)).path)
    with WritableLibrary(place.paths) as library:
        since = library.albums.create("Since the copy")
        library.albums.decide(since, [int(photo) for photo in library.catalog.photo_ids()[5:9]], "member")
    place.before = decided(place.paths.catalog)
    data = place.paths.catalog.read_bytes()
    page = data.index(sorted(place.photos.rglob("*.jpg"))[0].name.encode()) // _PAGE
    with place.paths.catalog.open("r+b") as file:
        file.seek(page * _PAGE)
        file.write(random.Random(0).randbytes(_PAGE))
    assert problems_in(place.paths.catalog)


def _put_back(place: Place) -> None:
    restore(place.paths)


def _the_copy_is_whole(place: Place) -> None:
    (copy,) = copies_of(place.paths)
    assert problems_in(copy.path, also_indexes=True) == ()


def _put_back_and_complete(place: Place) -> None:
    """What was decided after the copy is there as well; what is computed comes with the next indexing."""
    decisions_are_there(place)
    _index_again(place)
    library_is_complete(place)


# --- libraries of earlier versions ---------------------------------------------------------------------------------


def _as_of_schema(schema: int, place: Place, _rng: random.Random) -> None:
    now = place.root / "now.sqlite"
    _fill(place.paths.catalog, "red")
    shutil.move(place.paths.catalog, now)
    _without_catalog(place, _rng)
    as_written_in(schema, now, place.paths.catalog)
    now.unlink()
    place.before = decided(place.paths.catalog)
    shutil.copyfile(place.paths.catalog, place.root / "old.sqlite")


def _open(place: Place) -> None:
    with OpenLibrary(place.paths):
        pass


def _has_all_of_the_old(place: Place) -> None:
    """The catalog and each copy of it hold all that the old one held."""
    old = place.root / "old.sqlite"
    columns = columns_of(old)
    for catalog in (place.paths.catalog, *place.paths.root.glob("catalogue-before-schema-*.sqlite")):
        assert problems_in(catalog, also_indexes=True) == (), catalog
        assert rows_of(catalog, columns) == rows_of(old, columns), catalog
    decisions_are_there(place)


def _is_up_to_date(place: Place) -> None:
    _has_all_of_the_old(place)
    assert list(place.paths.root.glob("catalogue-before-schema-*.sqlite"))
    assert not list(place.paths.root.glob("*.part*"))
    _index_again(place)
    library_is_complete(place)
    features = {"features": columns_of(place.paths.catalog)["features"]}
    old = place.root / "old.sqlite"
    assert rows_of(place.paths.catalog, features) == rows_of(old, features), "photos were embedded again"


JOBS: dict[str, Job] = {
    "index": Job(index, _without_catalog),
    "changes": Job(_index_again, _change_files),
    "learn": Job(_learn),
    "switch": Job(_switch),
    "import": Job(_import_folders),
    "thumbnails": Job(_make_thumbnails, _without_thumbnails),
    "check": Job(_check),
    "backup": Job(_back_up_while_sorting, _with_older_copies, _copies_are_whole, _there_is_a_copy_of_today),
    "restore": Job(_put_back, _damage, _the_copy_is_whole, _put_back_and_complete),
} | {
    f"migrate {schema}": Job(_open, partial(_as_of_schema, schema), _has_all_of_the_old, _is_up_to_date)
    for schema in sorted(SCHEMAS)
}
