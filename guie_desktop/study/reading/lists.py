"""The entries of the JSON files in which data sets name their photos."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence
from guie_desktop.study.reading.layout import REMEDY
from guie_desktop.study.reading.rows import Row


def read_json(file: Path, kind: type, of_object: Callable[[dict[str, Any]], Any] | None = None) -> Any:
    """What the file holds, which is of that kind (list or dict), each object in it as `of_object` makes it."""
    try:
        found = json.loads(file.read_bytes(), object_hook=of_object)
    except (ValueError, RecursionError) as error:
        raise damaged(file) from error
    if not isinstance(found, kind):
        raise damaged(file)
    return found


def entries(file: Path, found: object) -> Iterator[Row]:
    """The objects of a list that was read from the file, by their columns; UserError for what is no list of those."""
    if not isinstance(found, list):
        raise damaged(file)
    for number, entry in enumerate(found, start=1):
        if not isinstance(entry, dict):
            raise damaged(file)
        yield Row(file, number, entry, in_list=True)


def damaged(file: Path) -> UserError:
    """What to say of a file that is no JSON, or holds something else."""
    return UserError(Sentence("{file} is not the JSON file that the data set has by that name.", file=file), REMEDY)
