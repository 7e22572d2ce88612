"""A table of texts: aligned for people, as CSV, and as Markdown."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO

_BEGINS_NUMBERS = frozenset(["", *"0123456789+-*"])
"""A dash stands where there is none; Markdown marks with stars."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """Rows as long as the header; columns whose texts all begin as numbers do are aligned to the right."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    def lines(self) -> list[str]:
        """Columns as wide as their longest text."""
        every = [self.header, *self.rows]
        widths = [max(len(row[column]) for row in every) for column in range(len(self.header))]
        aligned = [str.rjust if is_number else str.ljust for is_number in self._are_numbers()]
        return ["  ".join(map(_padded, aligned, row, widths)).rstrip() for row in every]

    def markdown(self) -> str:
        """As GitHub and MkDocs read it."""
        rule = [" ---: " if is_number else " --- " for is_number in self._are_numbers()]
        head, *rest = (f"| {' | '.join(text.replace('|', '/') for text in row)} |" for row in [self.header, *self.rows])
        return "\n".join([head, f"|{'|'.join(rule)}|", *rest])

    def csv(self) -> str:
        """With a line of names."""
        text = StringIO(newline="")
        csv.writer(text).writerows([self.header, *self.rows])
        return text.getvalue()

    def _are_numbers(self) -> list[bool]:
        return [
            column > 0 and all(row[column][:1] in _BEGINS_NUMBERS for row in self.rows)
            for column in range(len(self.header))
        ]


def _padded(pad: Callable[[str, int], str], text: str, width: int) -> str:
    return pad(text, width)
