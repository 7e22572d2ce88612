import os
from dataclasses import replace
from pathlib import Path

import pytest

from guie_desktop.settings import (
    LARGEST_TILE,
    LastPlace,
    LastView,
    Settings,
    load_settings,
    save_settings,
    settings_path,
)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    settings = Settings(geometry="AAEC", tile_size=240, sidebar_width=300, sort="date", order="name", names_shown=True)
    settings = replace(settings, open_folders=("/photos", os.fsdecode(b"/caf\xe9")), subfolders=False)
    place = LastPlace(2, directory="/photos/2024", deep=False)
    view = LastView("/library", place, 7, '{"text": "a cup"}')
    settings = replace(settings, view=view)
    save_settings(settings, tmp_path / "new" / "settings.json")
    assert load_settings(tmp_path / "new" / "settings.json") == settings


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"tile_size": "large", "sort": 7}', "\0\0"])
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    assert load_settings(path) == Settings()


def test_of_what_was_on_screen_only_what_is_of_the_right_kind_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"view": {"place": {"album_id": "x", "deep": false}, "top": 4, "question": 7}}')
    assert load_settings(path).view == LastView(place=LastPlace(deep=False), top=4)
    path.write_text('{"view": [1]}')
    assert load_settings(path).view == LastView()


def test_values_out_of_bounds_are_mended(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"tile_size": 100000, "sort": "colour", "from a later version": 1, "sidebar_width": 300}')
    assert load_settings(path) == replace(Settings(), tile_size=LARGEST_TILE, sidebar_width=300)


def test_they_lie_in_a_folder_of_the_programs_own() -> None:
    assert settings_path().parts[-2:] == ("guie-desktop", "settings.json")
