"""Folders that are no shared library, or a damaged one."""

import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from guie_desktop.asking import SharedFilter
from guie_desktop.embedding.general_head import identity_head
from guie_desktop.errors import UserError
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.reaching import reading
from guie_desktop.shared_library.shared_table import SharedTable
from tests.permissions import mode
from tests.shared_library.made_table import BACKBONE, DIMENSION, make_table


def test_a_table_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="later version") as caught:
        SharedTable.open(make_table(tmp_path / "a.lance", schema_version=b"2"))
    assert "Update" in str(caught.value)


def test_a_table_of_another_program_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is no shared library"):
        SharedTable.open(make_table(tmp_path / "a.lance", schema_version=b"one"))


def test_an_empty_folder_and_a_file_are_no_library(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    (tmp_path / "folder").mkdir()
    for name in ("file", "folder", "not there"):
        with pytest.raises(UserError, match="There is no shared library at") as caught:
            SharedTable.open(Address.parse(str(tmp_path / name)))
        assert "shared build" in str(caught.value)


def test_a_drive_that_is_away_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not there") as caught:
        SharedTable.open(Address.parse(str(tmp_path / "nas" / "main.lance")))
    assert "Connect the drive" in str(caught.value)


@pytest.mark.parametrize("how", ["gone", "cut"])
@pytest.mark.parametrize("part", ["data", "_versions"])
def test_damage_is_told_as_damage(tmp_path: Path, part: str, how: str) -> None:
    address = make_table(tmp_path / "a.lance")
    for file in (Path(address.uri) / part).iterdir():
        if how == "gone":
            file.unlink()
        else:
            os.truncate(file, file.stat().st_size // 2)
    with pytest.raises(UserError, match=r"is damaged|There is no shared library"):
        SharedTable.open(address).page(None, 100)


def test_a_wrong_question_is_no_damage(tmp_path: Path) -> None:
    table = SharedTable.open(make_table(tmp_path / "a.lance"))
    with pytest.raises(ValueError, match="not finite"):
        table.search(np.full(DIMENSION, np.nan, np.float32), identity_head(DIMENSION), BACKBONE, 3)
    with pytest.raises(ValueError, match="finite"):
        table.count(SharedFilter(since=math.inf))


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    address = make_table(tmp_path / "a.lance")
    with mode(Path(address.uri), 0), pytest.raises(UserError, match="cannot be read"):
        SharedTable.open(address)


def test_without_the_right_to_write_nothing_is_called_damaged(tmp_path: Path) -> None:
    address = make_table(tmp_path / "a.lance")
    command = [sys.executable, "-m", "guie_desktop", "shared", "index", address.uri]
    with mode(Path(address.uri, "_transactions"), 0o500), mode(Path(address.uri, "_versions"), 0o500):
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "You have no right" in ended.stderr
    assert "damaged" not in ended.stderr


@pytest.mark.parametrize(
    ("said", "told"),
    [("No space left on device (os error 28)", "no room left"), ("Permission denied (os error 13)", "no right")],
)
def test_what_the_disk_refuses_is_told(tmp_path: Path, said: str, told: str) -> None:
    address = make_table(tmp_path / "a.lance")
    with pytest.raises(UserError, match=told), reading(address):
        raise OSError(f"LanceError(IO): Generic LocalFileSystem error: {said}")
