"""`shared index`: make the indexes that a shared library is searched by, or bring them up to date; drop old states."""

import argparse

from guie_desktop.cli.output import CommandResult
from guie_desktop.paths import LibraryPaths

HELP = "make the indexes that a shared library is searched by, or bring them up to date, and let go of old states"
_TOO_FEW = "so few are compared one by one, without an index"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Of which library, and whether to begin again."""
    parser.add_argument("known", metavar="LIBRARY", help="its name, as `shared list` says it, or any address")
    parser.add_argument("--anew", action="store_true", help="make all of them again, as for photos of another kind")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Make them; this may take hours where there are millions of photos, in which nobody else writes to the table."""
    from dataclasses import asdict

    from guie_desktop.cli.shared.naming import address_of
    from guie_desktop.cluster.kept_states import KEPT_FOR, drop_old_states
    from guie_desktop.cluster.lease import Lease
    from guie_desktop.shared_library.indexing import make_indexes

    address = address_of(paths, arguments.known)
    with Lease(address):
        made = make_indexes(address, anew=arguments.anew)
        freed = drop_old_states(address)
    lines = [f"{one.column}: {_TOO_FEW if one.done == 'too few' else one.done} ({one.rows:,} photos)" for one in made]
    if freed.size:
        days, megabytes = KEPT_FOR.days, freed.size / 1e6
        lines.append(f"{megabytes:,.0f} MB freed, of {freed.states:,} states older than {days} days without a name")
    return {"indexes": [asdict(one) for one in made], "freed": asdict(freed)}, lines, 0
