"""`shared status`: how a shared library stands."""

import argparse
from itertools import islice
from typing import TYPE_CHECKING

from guie_desktop.cli.output import CommandResult
from guie_desktop.paths import LibraryPaths

if TYPE_CHECKING:
    from guie_desktop.shared_library.table_facts import ColumnFacts, TableFacts

_MOST_REASONS = 5

HELP = "tell how a shared library stands: photos, features, indexes, states that are kept, who writes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Of which library, and when."""
    parser.add_argument("known", metavar="LIBRARY", help="its name, as `shared list` says it, or any address")
    parser.add_argument("--at", metavar="NAME", help="as it was when it was given this name (shared tag)")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Ask the table."""
    from dataclasses import asdict

    from guie_desktop.cli.shared.naming import table_of
    from guie_desktop.shared_library.table_facts import table_facts

    facts = table_facts(table_of(paths, arguments.known, arguments.at))
    return asdict(facts), _lines(facts), 0


def _lines(facts: "TableFacts") -> list[str]:
    lines = [f"version {facts.version}, written {facts.written:%Y-%m-%d %H:%M:%S}"]
    lines += [f"{facts.photos:,} photos, {facts.unreadable:,} of which could not be read"]
    lines += [f"  {count:,}: {reason}" for reason, count in islice(facts.reasons.items(), _MOST_REASONS)]
    lines += [f"features {_column(facts, column)}" for column in facts.columns]
    for head in facts.heads:
        chosen = ", searched with by those who have taught nothing" if head.of == facts.chosen_head else ""
        lines.append(f"head {_column(facts, head)}{chosen}")
    lines += [f"quick to filter by: {', '.join(facts.scalar_indexes) or 'nothing'}"]
    lines += [f"kept as {name}: version {version}" for name, version in sorted(facts.tags.items())]
    if facts.lease is not None:
        lines.append(
            f"process {facts.lease.process} on {facts.lease.host} writes until {facts.lease.until:%H:%M:%S} at least"
        )
    return lines


def _column(facts: "TableFacts", column: "ColumnFacts") -> str:
    how = f"found by {column.index}" if column.index else "compared one by one"
    waiting = f", {column.not_indexed:,} of them not yet" if column.index and column.not_indexed else ""
    has = f"{facts.photos - column.lacking:,} photos {how}{waiting}"
    return f"{column.of} ({column.dimension}): {has}; {column.lacking:,} have none and are not found"
