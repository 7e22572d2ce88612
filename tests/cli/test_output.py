"""What reaches a terminal, a pipe and a device that takes nothing."""

import errno
import os
import pty
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from guie_desktop.__main__ import main
from guie_desktop.cli.output import shown
from guie_desktop.errors import NoRoom, for_user, not_written
from guie_desktop.language import date_text
from guie_desktop.library.backups import make_copy
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.damage import problems_in
from guie_desktop.library.migrations import SCHEMA_VERSION
from guie_desktop.paths import LibraryPaths
from guie_desktop.sentences import Sentence
from tests.old_catalogs import as_written_in

ROOT = Path(__file__).parent.parent.parent
PROGRAM = [sys.executable, "-m", "guie_desktop"]
NAME = b"two\nlines \x1b]0;owned\x07 \xe2\x80\xaelive \xff"
PRINT = "from guie_desktop.cli.output import print_lines; import os, sys; print_lines([os.fsdecode({name!r})])"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fotos äß 日本 👩‍👩‍👧", "Fotos äß 日本 👩‍👩‍👧"),
        ("a\tb", "a\tb"),
        ("a\x1b[2Jb\n", "a\\x1b[2Jb\\x0a"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("\x9b31m", "\\x9b31m"),
        (os.fsdecode(b"caf\xe9"), "caf\\xe9"),
    ],
)
def test_nothing_that_a_terminal_would_obey_is_shown(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_a_pipe_gets_names_as_the_disk_has_them() -> None:
    command = [sys.executable, "-c", PRINT.format(name=NAME)]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout == NAME + b"\n"


@pytest.mark.skipif(sys.platform == "win32", reason="pty is of Unix")
def test_a_terminal_gets_them_escaped() -> None:
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", PRINT.format(name=NAME)], cwd=ROOT, stdout=theirs, check=True)
    os.close(theirs)
    said = os.read(ours, 4096)
    os.close(ours)
    assert said.strip() == b"two\\x0alines \\x1b]0;owned\\x07 \\u202elive \\xff"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has such a device")
@pytest.mark.parametrize("command", [["--help"], ["--version"], ["doctor", "--copies"]])
def test_a_full_device_is_told_in_a_sentence(command: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "--library", str(tmp_path), *command], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"guie-desktop: The answer could not be written (")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_reader_that_has_read_enough_ends_it_without_a_word(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    command = [*PROGRAM, "--library", str(tmp_path), "doctor", "--copies"]
    done = subprocess.run(command, cwd=ROOT, stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize(
    ("number", "remedy"),
    [(errno.ENOSPC, "Free some"), (errno.EROFS, "permissions"), (errno.ENAMETOOLONG, "shorter"), (errno.EIO, "drive")],
)
def test_an_error_of_the_system_has_a_remedy_that_is_true(number: int, remedy: str) -> None:
    error = OSError(number, os.strerror(number), "/somewhere")
    assert remedy in for_user(error).remedy
    assert "/somewhere" in for_user(error).title
    assert isinstance(not_written(Sentence("The index"), error), NoRoom) == (number == errno.ENOSPC)


def test_there_is_nothing_to_index_without_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(tmp_path), "index"]) == 2
    assert "Name one that holds photos" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_copy_is_put_back_by_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = LibraryPaths(tmp_path / "library")
    paths.create()
    CatalogWriter.open(paths.catalog).close()
    copy = make_copy(paths)
    paths.catalog.write_bytes(b"noise" * 4000)
    assert main(["--library", str(paths.root), "status"]) == 1
    told = capsys.readouterr().err
    assert f"Put back the copy of {date_text(copy.day)}" in told
    assert "doctor --restore" in told
    assert main(["--library", str(paths.root), "doctor"]) == 1
    assert "is damaged" in capsys.readouterr().out
    assert main(["--library", str(paths.root), "doctor", "--restore", "2001-01-01"]) == 1
    assert main(["--library", str(paths.root), "doctor", "--restore"]) == 0
    assert problems_in(paths.catalog) == ()
    capsys.readouterr()
    assert main(["--library", str(paths.root), "doctor", "--copies"]) == 0
    assert capsys.readouterr().out.startswith(copy.day.isoformat())


def test_the_copy_of_before_an_update_is_named_and_put_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = LibraryPaths(tmp_path / "library")
    paths.create()
    CatalogWriter.open(tmp_path / "now.sqlite").close()
    as_written_in(SCHEMA_VERSION - 1, tmp_path / "now.sqlite", paths.catalog)
    CatalogWriter.open(paths.catalog).close()
    name = f"before-{SCHEMA_VERSION}"
    main(["--library", str(paths.root), "doctor", "--copies"])
    assert name in capsys.readouterr().out
    assert main(["--library", str(paths.root), "doctor", "--restore", name]) == 0
    assert "was put back" in capsys.readouterr().out
    assert main(["--library", str(paths.root), "doctor", "--restore", "before-1"]) == 1
    assert "no copy of before format 1" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["--library", str(paths.root), "doctor", "--restore", "before"])


def test_a_library_of_a_newer_version_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = LibraryPaths(tmp_path / "library")
    paths.create()
    CatalogWriter.open(paths.catalog).close()
    with closing(sqlite3.connect(paths.catalog)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    before = paths.catalog.read_bytes()
    for command in (["status"], ["index", str(tmp_path)], ["doctor"], ["doctor", "--restore"]):
        assert main(["--library", str(paths.root), *command]) == 1
        assert "was written by a newer version of guie-desktop" in capsys.readouterr().err
    assert paths.catalog.read_bytes() == before
    assert main(["--library", str(paths.root), "report"]) == 0
    assert f"format: {SCHEMA_VERSION + 1}; this version knows {SCHEMA_VERSION}" in capsys.readouterr().out
