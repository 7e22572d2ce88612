"""`guie-desktop processor` and `guie-desktop battery`, as a script uses them."""

import pytest

from guie_desktop.computing import PROCESSOR_SHARES, ComputingChoices, threads_of
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary
from tests.cli.test_cli import Program


@pytest.fixture
def program(paths: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> Program:
    CatalogWriter.open(paths.catalog).close()
    return Program(paths, capsys)


def test_what_is_chosen_is_kept_beside_what_was_chosen_before(program: Program, paths: LibraryPaths) -> None:
    assert program.json("battery") == {"battery": "go-on"}
    assert program.json("battery", "pause") == {"battery": "pause"}
    assert program.json("processor", "half") == {"processor": "half"}
    assert "processor cores" in program.run("processor")
    assert "plugged in again" in program.run("battery")
    with OpenLibrary(paths) as library:
        assert library.choices.computing == ComputingChoices("half", saves_battery=True)


def test_a_share_is_one_thread_at_least() -> None:
    assert [threads_of(share, 8) for share in PROCESSOR_SHARES] == [8, 4, 2]
    assert [threads_of(share, 1) for share in PROCESSOR_SHARES] == [1, 1, 1]
