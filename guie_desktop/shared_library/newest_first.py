"""Pages of a table in the order of the dates: however many rows it has, few are looked at for each.

Lance sorts what a filter leaves over. So the filter leaves over the rows of a span of time that is just long enough;
an index of the dates tells how many these are without reading the table.
"""

import time
from collections.abc import Iterator
from typing import Any

from lance.dataset import ColumnOrdering

from guie_desktop.asking import SharedFilter
from guie_desktop.shared_library.photo_filter import number, predicate, quoted
from guie_desktop.shared_library.schema import PATH, TAKEN
from guie_desktop.shared_library.shared_photo import Place

_ORDER = [ColumnOrdering(TAKEN, ascending=False, nulls_first=False), ColumnOrdering(PATH)]
_DAY = 86_400.0
_LONGEST = 200 * 366 * _DAY
"""Beyond it all that is older is one span."""
_GROWTH = 8
_ENOUGH = 20
"""Times as many rows as are wanted may be sorted for a page."""
_HALVINGS = 30
_UNKNOWN = f"{TAKEN} IS NULL"


def page(table: Any, after: Place | None, most: int, which: SharedFilter, columns: list[str]) -> list[dict[str, Any]]:
    """Up to so many rows of these columns and `_rowid` that come after this place; fewer only where there are no more.

    `table` is Lance's; `columns` must have path and date. Where rows share their date, their paths decide.
    """
    rows: list[dict[str, Any]] = []
    for condition in _spans(table, after, most, predicate(which)):
        scan = table.scanner(
            columns=columns,
            filter=_both(predicate(which), condition),
            order_by=_ORDER,
            limit=most - len(rows),
            with_row_id=True,
        )
        rows += scan.to_table().to_pylist()
        if len(rows) == most:
            break
    return rows


def _spans(table: Any, after: Place | None, most: int, asked: str) -> Iterator[str]:
    """Conditions, one after the other, that have all rows after the place between them."""
    if after is None:
        now = time.time()
        yield f"{TAKEN} > {number(now)}"
        yield from _older(table, f"{TAKEN} <= {number(now)}", now, most, asked)
        yield _UNKNOWN
    elif after.taken is not None:
        yield f"{TAKEN} = {number(after.taken)} AND {PATH} > {quoted(after.path)}"
        yield from _older(table, f"{TAKEN} < {number(after.taken)}", after.taken, most, asked)
        yield _UNKNOWN
    else:
        yield f"{_UNKNOWN} AND {PATH} > {quoted(after.path)}"


def _older(table: Any, upper: str, begin: float, most: int, asked: str) -> Iterator[str]:
    """Those that the condition `upper` lets pass, back from `begin`: a span with enough for a page, or all of them."""

    def back(length: float) -> str:
        return f"{upper} AND {TAKEN} >= {number(begin - length)}"

    def count(length: float) -> int:
        rows: int = table.count_rows(_both(asked, back(length)))
        return rows

    too_short, length = 0.0, _DAY
    while length < _LONGEST and (found := count(length)) < most:
        too_short, length = length, length * _GROWTH
    if length >= _LONGEST:
        yield upper
        return
    for _ in range(_HALVINGS):
        if found <= _ENOUGH * most:
            break
        middle = (too_short + length) / 2
        if (rows := count(middle)) < most:
            too_short = middle
        else:
            length, found = middle, rows
    yield back(length)


def _both(one: str, other: str) -> str:
    return f"({one}) AND {other}" if one else other
