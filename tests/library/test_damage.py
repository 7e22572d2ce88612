"""What is called damage: noise in the file, cells that no program writes, and errors that come of them."""

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guie_desktop.errors import DamagedLibrary, UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.damage import blaming_damage, damaged, problems_in
from guie_desktop.library.database import translate_db_errors
from tests.albums import make_album
from tests.scanned import read_all, scan


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog with sixty photos and an album."""
    folder = tmp_path_factory.mktemp("catalog")
    for number in range(60):
        (folder / f"{number}.jpg").write_text(str(number))
    path = folder / "catalogue.sqlite"
    catalog = CatalogWriter.open(path)
    scan(catalog, catalog.add_folder(folder).id, folder)
    read_all(catalog)
    make_album(catalog, "Cats", [1, 2, 3])
    catalog.close()
    return path


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    return shutil.copyfile(whole, tmp_path / "catalogue.sqlite")


def change(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement, values)
        connection.commit()


def read_everything(path: Path) -> None:
    """As the window does when it opens."""
    with blaming_damage(path):
        catalog = Catalog.open_read_only(path)
        try:
            ids = catalog.photo_ids()
            catalog.photos(ids)
            catalog.albums_of(ids)
            catalog.folders(), catalog.albums(), catalog.counts(), catalog.failures()
        finally:
            catalog.close()


def test_a_whole_catalog_has_no_problems(path: Path) -> None:
    assert problems_in(path) == problems_in(path, also_indexes=True) == ()
    read_everything(path)


def test_a_file_that_cannot_be_looked_at_is_not_called_damaged(tmp_path: Path) -> None:
    assert problems_in(tmp_path / "nothing.sqlite") == ()


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("UPDATE photos SET name = ? WHERE id = 7", "text"),
        ("UPDATE photos SET name = ? WHERE id = 7", b"a\0b"),
        ("UPDATE photos SET taken = ? WHERE id = 7", 1e300),
        ("UPDATE photos SET width = ? WHERE id = 7", b"\xff"),
        ("UPDATE photos SET state = CAST(? AS TEXT) WHERE id = 7", b"re\xff\xffdy"),
        ("UPDATE albums SET name = CAST(? AS TEXT)", b"\xc3\x28"),
        ("UPDATE folders SET path = ?", 5),
    ],
)
def test_a_cell_that_no_program_writes_is_damage(path: Path, statement: str, value: object) -> None:
    change(path, statement, value)
    assert len(problems_in(path)) == 1


def test_what_fails_for_a_damaged_cell_is_told_as_damage(path: Path) -> None:
    change(path, "UPDATE folders SET path = ?", 5)
    with pytest.raises(DamagedLibrary, match="wrong values of path in folders"):
        read_everything(path)


def test_what_fails_for_a_damaged_index_alone_is_told_as_damage(path: Path) -> None:
    """The grid is read from an index; in this one, contents stand in the place of widths."""
    with closing(sqlite3.connect(path)) as connection:
        (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'photos_shown'").fetchone()
        other = made.replace("width", "other").replace("content_hash", "width").replace("other", "content_hash")
        connection.execute("DROP INDEX photos_shown")
        connection.execute(other)
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'photos_shown'", (made,))
        connection.commit()
    assert not problems_in(path)
    with pytest.raises(DamagedLibrary, match="photos_shown"):
        read_everything(path)


def test_what_sqlite_says_past_sqlalchemy_is_told_as_well(path: Path) -> None:
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorname = "SQLITE_CORRUPT"
    with pytest.raises(DamagedLibrary, match="malformed"), translate_db_errors(path):
        raise error


def test_a_drive_that_is_away_is_not_called_damage(path: Path, tmp_path: Path) -> None:
    """Else a copy would be offered, to be put back on it."""
    assert isinstance(damaged(path, "malformed"), DamagedLibrary)
    away = damaged(tmp_path / "away" / path.name, "malformed")
    assert not isinstance(away, DamagedLibrary)
    assert str(away).startswith(f"The library {tmp_path / 'away'} cannot be read (No such file or directory).")


def test_what_fails_for_another_reason_is_a_bug(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), blaming_damage(path):
        raise ZeroDivisionError
    with pytest.raises(UserError, match="Something else"), blaming_damage(path):
        raise UserError("Something else.")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.floats(0, 1), noise=st.binary(min_size=1, max_size=600))
def test_noise_anywhere_ends_in_an_answer_or_in_a_sentence(whole: Path, path: Path, start: float, noise: bytes) -> None:
    content = whole.read_bytes()
    place = int(start * (len(content) - len(noise)))
    path.write_bytes(content[:place] + noise + content[place + len(noise) :])
    with suppress(UserError):
        read_everything(path)
