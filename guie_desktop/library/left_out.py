"""How many files that look like pictures and are not read a folder holds, by kind, as its last full scan counted."""

import json
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, String, cast, literal, select

from guie_desktop.library.replacing import in_place
from guie_desktop.library.tables import choices, folders

_OF_FOLDER = "left out of folder "


def keep_left_out(connection: Connection, folder_id: int, counts: Mapping[str, int]) -> None:
    """Remember suffix to number of files for a folder."""
    connection.execute(in_place(choices), {"name": f"{_OF_FOLDER}{folder_id}", "value": json.dumps(counts)})


def read_left_out(connection: Connection) -> dict[str, int]:
    """Suffix to number of files in all folders that the library has now, the most first."""
    of_folder = choices.c.name == literal(_OF_FOLDER).concat(cast(folders.c.id, String))
    total: Counter[str] = Counter()
    for value in connection.execute(select(choices.c.value).join(folders, of_folder)).scalars():
        total.update(json.loads(value))
    return dict(total.most_common())
