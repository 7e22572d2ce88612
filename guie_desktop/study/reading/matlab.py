"""Records from MATLAB's files, read in a process of its own, since a damaged file crashes the one that SciPy is in."""

from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from guie_desktop.errors import UserError
from guie_desktop.own_process import OwnProcess
from guie_desktop.sentences import Sentence
from guie_desktop.study.reading.layout import REMEDY


def read_records(file: Path, name: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """These columns of the structure array of that name; numbers and texts are Python's own.

    UserError where the file is damaged, or has no such array.
    """
    content = file.read_bytes()
    process = OwnProcess(_read, "reader")
    try:
        process.connection.send((content, name, columns))
        records: list[dict[str, Any]] | None = process.connection.recv()
    except (EOFError, OSError):  # it crashed
        records = None
    finally:
        process.end()
    if records is None:
        raise UserError(
            Sentence("{file} is damaged, or not the file that the data set has by that name.", file=file), REMEDY
        )
    return records


def _read(connection: Connection) -> None:
    from scipy.io import loadmat

    content, name, columns = connection.recv()
    try:
        array = loadmat(BytesIO(content), squeeze_me=True)[name].reshape(-1)
        records = [{column: record[column] for column in columns} for record in array]
    except Exception:  # noqa: BLE001 - of a damaged file it says TypeError, IndexError, UnboundLocalError and others
        records = None
    connection.send(records)
