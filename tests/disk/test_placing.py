"""Files get their names whole, and never that of another file."""

import os
from pathlib import Path

import pytest

from guie_desktop.disk import placing
from guie_desktop.disk.placing import move_without_replacing, new_file, remove_left_overs, settle_names


def test_a_file_gets_another_name(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    move_without_replacing(tmp_path / "a", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_name_that_is_taken_stays_so(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for target in ("b", "link"):
        with pytest.raises(FileExistsError):
            move_without_replacing(tmp_path / "a", tmp_path / target)
    assert (tmp_path / "a").read_text() + (tmp_path / "b").read_text() == "ab"


def test_two_names_of_one_file_stay_two(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    os.link(tmp_path / "a", tmp_path / "A")
    with pytest.raises(FileExistsError):
        move_without_replacing(tmp_path / "a", tmp_path / "A")
    assert {path.name for path in tmp_path.iterdir()} == {"a", "A"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has a call for it")
def test_where_the_system_knows_no_such_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda *_args, **_more: object())
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    with pytest.raises(FileExistsError):
        move_without_replacing(tmp_path / "a", tmp_path / "b")
    move_without_replacing(tmp_path / "a", tmp_path / "c")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"b": "b", "c": "a"}

    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(1, "not here")

    monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(FileExistsError):
        move_without_replacing(tmp_path / "c", tmp_path / "b")
    move_without_replacing(tmp_path / "c", tmp_path / "d")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"b": "b", "d": "a"}


def test_what_is_not_finished_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with new_file(tmp_path) as (_, file):
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(tmp_path.iterdir()) == []
    settle_names(tmp_path)


def test_what_was_killed_is_cleared_away_later(tmp_path: Path) -> None:
    left, other = tmp_path / f".0123456789abcdef{placing.PART}", tmp_path / f"mine{placing.PART}"
    left.write_text("half")
    other.write_text("mine")
    remove_left_overs(tmp_path)
    assert left.exists()
    later = left.stat().st_mtime + 7200
    remove_left_overs(tmp_path, lambda: later)
    assert not left.exists()
    assert other.exists()
