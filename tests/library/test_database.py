"""SQLite as the program wants it, and its failures as sentences."""

import os
import sqlite3
from pathlib import Path

import pytest

from guie_desktop.errors import DamagedLibrary, UserError
from guie_desktop.library.database import open_database, translate_db_errors, writing


@pytest.mark.parametrize(
    "name", ["catalogue.sqlite", "odd ? #name% %20.sqlite", "Fotos äß.sqlite", os.fsdecode(b"caf\xe9.sqlite")]
)
def test_what_is_written_is_seen_by_a_reader_that_cannot_write(tmp_path: Path, name: str) -> None:
    if os.name == "nt" and ("?" in name or not name.isprintable()):
        pytest.skip("Windows has no such names")
    path = tmp_path / name
    database = open_database(path)
    with writing(database) as connection:
        connection.exec_driver_sql("CREATE TABLE things (name TEXT)")
        connection.exec_driver_sql("INSERT INTO things VALUES ('a')")
    reader = open_database(path, read_only=True)
    with reader.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM things").scalar_one() == "a"
    with pytest.raises(UserError, match="Make the library folder writable"), writing(reader) as connection:
        connection.exec_driver_sql("DELETE FROM things")
    reader.dispose()
    database.dispose()  # the last one to close it tidies up
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_what_fails_in_a_transaction_is_undone_as_a_whole(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a.sqlite")
    with writing(database) as connection:
        connection.exec_driver_sql("CREATE TABLE things (name TEXT)")

    def fail() -> None:
        with writing(database) as connection:
            connection.exec_driver_sql("INSERT INTO things VALUES ('a')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM things").scalar_one() == 0
    database.dispose()


def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_text("dear diary" * 1000)
    database = open_database(path)
    with pytest.raises(DamagedLibrary, match=r"a\.sqlite is damaged .*no copy"), translate_db_errors(path):
        database.connect()
    database.dispose()


def test_a_file_that_another_program_holds_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    database = open_database(path)
    with database.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=1")
    holder = sqlite3.connect(path)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError, match="Another program holds the file"), writing(database):
        pass
    holder.close()
    database.dispose()
