"""What the window remembers is on the disk a moment after it changed."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from guie_desktop.errors import UserError
from guie_desktop.gui.desktop.kept_settings import KeptSettings
from guie_desktop.settings import Settings, load_settings


def test_a_change_is_written_while_the_program_runs(qtbot: QtBot, tmp_path: Path) -> None:
    path, holder = tmp_path / "settings.json", QObject()
    now = Settings()
    kept = KeptSettings(path, now, lambda: now, holder)
    kept.save()
    assert not path.exists()
    now = replace(now, theme="dark")
    qtbot.waitUntil(path.exists, timeout=30_000)
    assert load_settings(path) == now


def test_a_disk_that_takes_nothing_is_asked_once_for_each_change(tmp_path: Path) -> None:
    blocked, asked = tmp_path / "a file", QObject()
    blocked.write_text("")
    kept = KeptSettings(blocked / "settings.json", Settings(), lambda: Settings(theme="dark"), asked)
    told: list[UserError] = []
    kept.failed.connect(told.append)
    kept.save()
    assert str(blocked) in told[0].title
    blocked.unlink()
    kept.save()
    assert not blocked.exists()
    assert len(told) == 1


def test_what_cannot_be_written_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    holder, sizes = QObject(), iter(range(100, 103))
    kept = KeptSettings(
        tmp_path / "a file" / "settings.json", Settings(), lambda: Settings(tile_size=next(sizes)), holder
    )
    told: list[UserError] = []
    kept.failed.connect(told.append)
    for _ in range(3):
        kept.save()
    assert len(told) == 1
    assert told[0].remedy
