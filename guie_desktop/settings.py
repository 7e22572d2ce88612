"""What the window remembers between two starts: its size, the size of the tiles, how hits are sorted, and so on."""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, TypeVar

import platformdirs

SortOrder = Literal["likeness", "date"]
"""By similarity or by date; the names are those that settings files have had since the first version."""

ThemeChoice = Literal["system", "light", "dark"]

SMALLEST_TILE = 96
LARGEST_TILE = 640


@dataclass(frozen=True, slots=True)
class LastPlace:
    """What was browsed, as domain.Place has it; nought and empty for none."""

    folder_id: int = 0
    album_id: int = 0
    directory: str = ""
    deep: bool = True


@dataclass(frozen=True, slots=True)
class LastView:
    """What was on screen of a library."""

    library: str = ""
    place: LastPlace = LastPlace()
    top: int = 0
    """The id of the photo at the upper edge; 0 where they were seen from the first one on."""
    question: str = ""
    """What was looked for, or the filter of what was browsed, as library/kept_questions.py writes it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that is remembered; every field has a default, so an older file or none at all will do."""

    geometry: str = ""
    """Place and size of the window, as Qt saves it, in base64."""
    language: str = ""
    """The tag of the language that the user chose; empty for that of the system."""
    theme: ThemeChoice = "system"
    """Light, dark, or as the desktop is."""
    tile_size: int = 184
    """Height of thumbnails, in pixels."""
    sidebar_width: int = 232
    """In pixels."""
    sort: SortOrder = "likeness"
    """By what photos that were found are ordered: likeness, or date."""
    look_inside: bool = True
    """Whether searches look at parts of photos, where these are known."""
    menu_bar: bool = False
    """Whether the menus are seen all the time."""
    order: str = "taken"
    """By what browsed photos are ordered: a name of library/photo_orders.py."""
    descending: bool = True
    """Whether that order begins with the last, such as the newest."""
    names_shown: bool = False
    """Whether the names of browsed photos stand below them."""
    stacked: bool = False
    """Whether duplicates are seen as one tile each."""
    film_strip: bool = True
    """Whether the large view shows the photos around the one that is seen."""
    photo_info: bool = False
    """Whether it shows what is known of the photo."""
    slide_seconds: int = 5
    """For each photo of a slide show."""
    export_folder: str = ""
    """Where photos were copied to the last time."""
    export_size: int = 0
    """Longest side in pixels of the copies; 0 for the files as they are."""
    export_names: str = ""
    """The rule for their names; empty where they keep theirs."""
    moved_to: str = ""
    """The folders that photos were moved to, one a line, the last one first."""
    models_offered: bool = False
    """Whether the user was told once that there are better models than the embedded one."""
    welcomed: bool = False
    """Whether the user has begun with an empty library, and so is given hints."""
    hints_over: tuple[str, ...] = ()
    """Those that were followed or closed."""
    open_folders: tuple[str, ...] = ()
    """The folders on the left side whose insides are shown."""
    subfolders: bool = True
    """Whether the photos of a folder are those that lie deeper in it, too."""
    view: LastView = LastView()
    """What was on screen."""


Kept = TypeVar("Kept", bound="Settings | LastView | LastPlace")


def settings_path() -> Path:
    """The file in the user's own configuration folder."""
    return Path(platformdirs.user_config_dir("guie-desktop", appauthor=False)) / "settings.json"


def load_settings(path: Path) -> Settings:
    """What was remembered; a missing or damaged file, or a field of the wrong kind, gives the defaults."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    defaults = Settings()
    settings = _with(defaults, stored)
    return replace(
        settings,
        tile_size=min(max(settings.tile_size, SMALLEST_TILE), LARGEST_TILE),
        sidebar_width=min(max(settings.sidebar_width, 120), 800),
        theme=settings.theme if settings.theme in ("system", "light", "dark") else defaults.theme,
        sort=settings.sort if settings.sort in ("likeness", "date") else defaults.sort,
        slide_seconds=min(max(settings.slide_seconds, 1), 60),
    )


def _with(default: Kept, stored: dict[str, object]) -> Kept:
    """The default with what was stored, as far as that is of the right kind."""
    known: dict[str, Any] = {}
    for field in fields(default):
        usual, value = getattr(default, field.name), stored.get(field.name)
        if isinstance(usual, LastView | LastPlace) and isinstance(value, dict):
            known[field.name] = _with(usual, value)
        elif isinstance(usual, tuple) and isinstance(value, list):
            known[field.name] = tuple(one for one in value if isinstance(one, str))
        elif type(value) is type(usual):
            known[field.name] = value
    return replace(default, **known)


def save_settings(settings: Settings, path: Path) -> None:
    """Remember; written beside and renamed into place, so that a crash leaves the old file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
    beside.replace(path)
