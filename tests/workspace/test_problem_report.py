"""The report names nothing of the user's own: not in what is counted, not in the log, and not in a crash."""

import logging
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guie_desktop import __version__
from guie_desktop.cli.arguments import parse
from guie_desktop.cli.commands import run_command
from guie_desktop.crashes import last_crash
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.log import log_to, without_private
from guie_desktop.paths import PROCESSES, LibraryPaths
from guie_desktop.workspace.problem_report import problem_report
from tests.albums import make_album
from tests.scanned import read_all, scan

ROOT = Path(__file__).parent.parent.parent
MODULE = ROOT / "guie_desktop" / "worker" / "loop.py"
CRASH = """
import faulthandler, sys
from pathlib import Path
from guie_desktop.crashes import record_crashes

def of_the_program():
    faulthandler._sigsegv()

record_crashes(Path(sys.argv[1]))
of_the_program()
"""
NAMES = st.text(
    st.characters(exclude_characters="/\\:", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=12
).map(lambda text: f"q{text}z7")
"""Of files, folders and people; with an end by which they are told from what the program says itself."""


@pytest.fixture
def crashed(tmp_path: Path) -> LibraryPaths:
    """A library of which each process has crashed twice."""
    paths = LibraryPaths(tmp_path / "library")
    for process in PROCESSES * 2:
        command = [sys.executable, "-c", CRASH, str(paths.crash_of(process))]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        assert done.returncode < 0 or sys.platform == "win32"
    return paths


def test_the_last_crash_of_each_process_is_told(crashed: LibraryPaths) -> None:
    told = problem_report(crashed, with_paths=False)
    for process in PROCESSES:
        assert crashed.crash_of(process).read_text().count("Fatal Python error") == 2
        assert f"Last crash of the {process}, " in told
    assert told.count("Segmentation fault") == len(PROCESSES)
    assert told.count("in of_the_program") == len(PROCESSES)
    assert str(crashed.root) not in told


def test_there_is_a_report_where_there_is_nothing(tmp_path: Path) -> None:
    paths = LibraryPaths(tmp_path / "nowhere")
    told = problem_report(paths, with_paths=False)
    assert told.startswith(f"Program\n  guie-desktop: {__version__}\n")
    assert "library: there is none" in told
    assert "crash" not in told
    assert last_crash(paths.crash_of("worker")) is None
    assert not paths.root.exists()


@pytest.mark.parametrize("content", [b"noise" * 4000, b""])
def test_a_damaged_catalog_has_a_report(tmp_path: Path, content: bytes) -> None:
    paths = LibraryPaths(tmp_path)
    paths.catalog.write_bytes(content)
    told = problem_report(paths, with_paths=True)
    assert "cannot be read" in told
    assert str(tmp_path) in told


def test_it_is_printed_by_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "photos of anna"
    folder.mkdir()
    paths = LibraryPaths(tmp_path / "library")
    paths.root.mkdir()
    catalog = CatalogWriter.open(paths.catalog)
    catalog.add_folder(folder)
    catalog.close()
    said = []
    for options in ([], ["--with-paths"]):
        assert run_command(parse(["--library", str(paths.root), "report", *options])) == 0
        said.append(capsys.readouterr().out)
    assert "folders: 1" in said[0]
    assert ["anna" in text for text in said] == [False, True]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.tuples(NAMES, NAMES, NAMES, NAMES), cut=st.integers(0, 400))
def test_no_name_is_in_it_unless_that_is_wished(
    monkeypatch: pytest.MonkeyPatch, names: tuple[str, str, str, str], cut: int
) -> None:
    user, folder, file, album = names
    with TemporaryDirectory() as top:
        home = Path(top) / user
        for variable in ("HOME", "USERPROFILE"):
            monkeypatch.setenv(variable, str(home))
        photo = home / folder / f"{file}.jpg"
        photo.parent.mkdir(parents=True)
        photo.write_text("a photo")
        paths = LibraryPaths(home / ".local" / "library")
        paths.root.mkdir(parents=True)
        fill(paths, photo, album)
        log = write_log(paths, photo, album)
        told = problem_report(paths, with_paths=False)
        for name in (*names, str(home), str(paths.root)):
            assert name not in told
        for said in ("The search engine of ", "a photo of ", "FileNotFoundError", "ValueError", "which led to"):
            assert said in told
        assert file in problem_report(paths, with_paths=True)
        # Wherever a part of the log begins and ends.
        for name in names:
            assert name not in without_private(log[cut:])
            assert name not in without_private(log[:cut])


def fill(paths: LibraryPaths, photo: Path, album: str) -> None:
    catalog = CatalogWriter.open(paths.catalog)
    scan(catalog, catalog.add_folder(photo.parent).id, photo.parent)
    read_all(catalog)
    make_album(catalog, album, list(catalog.photo_ids()))
    catalog.close()


def fail(photo: Path) -> None:
    try:
        photo.with_suffix("").read_bytes()
    except OSError as error:
        raise ValueError(f"not {photo.name}\nof {photo}") from error


def write_log(paths: LibraryPaths, photo: Path, album: str) -> str:
    """What a log may hold; each error names the photo."""
    program = logging.getLogger("guie_desktop")
    before = program.level
    log_to(paths.log)
    (handler,) = (one for one in program.handlers if getattr(one, "baseFilename", "") == str(paths.log))
    try:
        program.warning("The search engine of %s has %d", album, 7)
        program.info("a photo of %s", photo)
        try:
            fail(photo)
        except ValueError:
            program.exception("it failed")
    finally:
        program.removeHandler(handler)
        program.setLevel(before)
        handler.close()
    return paths.log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("module", "told"),
    [
        (str(MODULE), "guie_desktop/worker/loop.py"),
        ("/home/anna/.venv/lib/python3.11/site-packages/PIL/Image.py", "site-packages/PIL/Image.py"),
        ("/usr/lib/python3.11/threading.py", "lib/python3.11/threading.py"),
        ("guie_desktop/worker/loop.py", "guie_desktop/worker/loop.py"),
        ("<frozen runpy>", "<frozen runpy>"),
        ("/home/anna/secret.py", "…"),
    ],
)
@pytest.mark.skipif(os.sep != "/", reason="paths as Unix has them")
def test_modules_are_named_by_where_they_lie_in_their_package(module: str, told: str) -> None:
    assert without_private(f'  File "{module}", line 7 in run') == f'  File "{told}", line 7 in run'
