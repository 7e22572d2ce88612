"""Whether a folder is laid out as a data set is published, and what to say where it is not."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence, tr_noop

REMEDY = tr_noop(
    "Name the folder that the data set was unpacked to, with the names that its files were published with."
)


def first_there(root: Path, *names: str) -> Path | None:
    """The first of these files and folders below root that exists."""
    return next((root / name for name in names if (root / name).exists()), None)


def part(root: Path, dataset: str, expected: str, *names: str) -> Path:
    """As `first_there`; UserError where none exists, which tells what the data set is `expected` to have."""
    found = first_there(root, *names)
    if found is None:
        raise other_layout(root, dataset, expected)
    return found


def other_layout(root: Path, dataset: str, expected: str) -> UserError:
    """What to say of a folder without what is expected: names as "train.csv [name, class], train/"."""
    return UserError(
        Sentence(
            "{dataset} is expected to have {expected} in {folder}; there is {found}.",
            dataset=dataset,
            expected=expected,
            folder=root,
            found=_content(root),
        ),
        REMEDY,
    )


def other_columns(file: Path, expected: Iterable[str], found: Iterable[str], remedy: str = REMEDY) -> UserError:
    """What to say of a table that has other columns."""
    return UserError(
        Sentence(
            "{file} is expected to have the columns {expected}; it begins with {found}.",
            file=file,
            expected=", ".join(expected),
            found=", ".join(found)[:200] or Sentence("nothing"),
        ),
        remedy,
    )


def _content(root: Path) -> str:
    if not root.is_dir():
        return Sentence("a file")
    names = [f"{entry.name}/" if entry.is_dir() else entry.name for entry in islice(root.iterdir(), 9)]
    if not names:
        return Sentence("nothing")
    return ", ".join(sorted(names)[:8]) + (", …" if len(names) > 8 else "")
