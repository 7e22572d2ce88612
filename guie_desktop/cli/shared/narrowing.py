"""Which photos of a shared library are meant, as options of the verbs that read one."""

import argparse
from datetime import date, datetime, time, timedelta

from guie_desktop.asking import SharedFilter
from guie_desktop.cli.argument_types import any_day


def add_filter(parser: argparse.ArgumentParser) -> None:
    """By date, folder and path."""
    parser.add_argument("--from", type=any_day, dest="since", metavar="DATE", help="taken on this day or later")
    parser.add_argument("--to", type=any_day, dest="until", metavar="DATE", help="taken on this day or earlier")
    parser.add_argument("--folder", default="", metavar="PATH", help="in this folder of the server, or deeper")
    parser.add_argument("--text", default="", metavar="TEXT", help="with this in the path")


def filter_of(arguments: argparse.Namespace) -> SharedFilter:
    """What was asked for; days are those of where the computer is."""
    since, until = arguments.since, arguments.until
    return SharedFilter(
        since=None if since is None else _begin(since),
        until=None if until is None else _begin(until + timedelta(days=1)),
        folder=arguments.folder,
        text=arguments.text,
    )


def _begin(day: date) -> float:
    return datetime.combine(day, time()).timestamp()
