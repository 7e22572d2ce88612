"""The rows of the tables in which data sets name their photos, each with its place, so that a wrong one can be told."""

import csv
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence
from guie_desktop.study.reading.layout import other_columns


@dataclass(frozen=True, slots=True)
class Row:
    """Values by their columns, from a line of a table or, `in_list`, from an entry of a list; both count from one."""

    file: Path
    number: int
    values: Mapping[str, object]
    in_list: bool = False

    def text(self, column: str) -> str:
        """What stands there; UserError where nothing does."""
        value = self.values.get(column)
        text = str(value) if isinstance(value, str | int) else ""
        if not text.strip() or "\0" in text or (self.in_list and not is_utf8(text)):
            raise self.wrong(Sentence("there is no {column}", column=column))
        return text

    def whole_number(self, column: str) -> str:
        """The digits that stand there, as they are written; UserError where it is something else."""
        text = self.text(column).strip()
        if not (text.isascii() and text.isdigit()):
            raise self.wrong(Sentence("the {column} “{value}” is no whole number", column=column, value=text))
        return text

    def path(self, column: str, folder: str, ending: str = "") -> str:
        """The absolute path of the file that is named there, below the absolute path of a folder."""
        return self.below(folder, self.text(column) + ending)

    def below(self, folder: str, name: str) -> str:
        """The absolute path of the file of that name in the folder; UserError where it would lie outside."""
        parts = name.replace("\\", "/").split("/") if ".." in name else name.split("/")
        if ".." in parts or not parts[0] or os.path.splitdrive(name)[0]:
            raise self.wrong(Sentence("“{name}” leads out of the folder", name=name))
        if "" in parts or "." in parts:
            name = "/".join(part for part in parts if part not in {"", "."})
        return f"{folder}/{name}"

    def wrong(self, problem: str) -> UserError:
        """What to say of a row that makes no sense, which is a clause."""
        if self.in_list:
            title = Sentence("{file}, entry {number}: {problem}.", file=self.file, number=self.number, problem=problem)
        else:
            title = Sentence("{file}, line {number}: {problem}.", file=self.file, number=self.number, problem=problem)
        return UserError(
            title,
            "Correct it there, or get that file again from where the data set is published.",
        )


def csv_rows(file: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a CSV file with a header in which these columns are; UserError for a row that is no row."""
    reader = csv.reader(_lines(file), strict=True)
    try:
        header = next(reader, [])
        if not set(columns) <= set(header):
            raise other_columns(file, columns, header)
        for fields in reader:
            if len(fields) == len(header):
                yield Row(file, reader.line_num, dict(zip(header, fields, strict=True)))
            elif fields:
                raise _other_length(file, reader.line_num, len(header), len(fields))
    except csv.Error as error:
        raise Row(file, reader.line_num, {}).wrong(Sentence("it is no CSV ({reason})", reason=error)) from error


def csv_header(file: Path) -> list[str]:
    """The columns that a CSV file says it has; none where it is empty."""
    try:
        return next(csv.reader(_lines(file), strict=True), [])
    except csv.Error as error:
        raise Row(file, 1, {}).wrong(Sentence("it is no CSV ({reason})", reason=error)) from error


def plain_rows(
    file: Path, columns: Sequence[str], *, skip: int = 0, has_header: bool = True, separator: str | None = None
) -> Iterator[Row]:
    """The rows of a table without quotes: values apart by white space, or by a separator; the last may hold it as well.

    The header is the first line after those that are skipped, and has these columns.
    """
    for number, line in enumerate(_lines(file), start=1):
        fields = line.rstrip("\r\n" if separator else None).split(separator, len(columns) - 1)
        if number <= skip or not line.strip():
            continue
        if has_header:
            if [field.strip() for field in fields] != list(columns):
                raise other_columns(file, columns, fields)
            has_header = False
        elif len(fields) != len(columns):
            raise _other_length(file, number, len(columns), len(fields))
        else:
            yield Row(file, number, dict(zip(columns, fields, strict=True)))
    if has_header:
        raise other_columns(file, columns, ())


def _lines(file: Path) -> Iterator[str]:
    """Lines with their ends, without the mark that some programs begin UTF-8 with."""
    with file.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                yield line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise Row(file, number, {}).wrong(Sentence("it is not written in UTF-8")) from error


def is_utf8(text: str) -> bool:
    """Whether a table can hold it: names of files may be any bytes, and JSON can write what is no character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _other_length(file: Path, number: int, expected: int, found: int) -> UserError:
    problem = Sentence("it has {found} values and not {expected}", found=found, expected=expected)
    return Row(file, number, {}).wrong(problem)
