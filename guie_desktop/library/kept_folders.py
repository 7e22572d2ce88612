"""Folders that are named in what is kept as JSON, such as saved searches: followed where they lie elsewhere now."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, true, update

from guie_desktop.library.choices import NAMING_FOLDERS
from guie_desktop.library.plain_values import loaded
from guie_desktop.library.tables import choices, searches

_PATHS = "path", "folder", "best", "protected"
"""The keys of what is a path there, or a list of some: those of questions, filters and KeepChoices."""
_NAMED_IN_CHOICES = choices.c.name.in_(NAMING_FOLDERS)


def follow_folders(connection: Connection, moved: Mapping[Path, Path]) -> None:
    """Let all that names these folders, or what is in them, name where they lie now; removed searches, too."""
    naming = ((searches, searches.c.id, "question", true()), (choices, choices.c.name, "value", _NAMED_IN_CHOICES))
    for table, key, kept, which in naming:
        for row, before in connection.execute(select(key, table.c[kept]).where(which)).all():
            if (now := carried(before, moved)) != before:
                connection.execute(update(table).where(key == row).values({kept: now}))


def carried(text: str, moved: Mapping[Path, Path]) -> str:
    """The same JSON where folders, and all that is in them, lie elsewhere now."""

    def there(value: Any) -> Any:
        if isinstance(value, list):
            return [there(one) for one in value]
        if not isinstance(value, str):
            return follow(value)
        path = Path(value)
        old = next((old for old in (path, *path.parents) if old in moved), None)
        return value if old is None else str(moved[old] / path.relative_to(old))

    def follow(value: Any) -> Any:
        if isinstance(value, list):
            return [follow(one) for one in value]
        if not isinstance(value, dict):
            return value
        return {key: there(one) if key in _PATHS else follow(one) for key, one in value.items()}

    stored = loaded(text)
    return json.dumps(follow(stored)) if stored else text
