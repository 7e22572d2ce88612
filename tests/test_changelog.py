"""The changelog has the form of Keep a Changelog, and tells of the version that this is."""

import re
from datetime import date
from pathlib import Path

from guie_desktop import __version__

LINES = (Path(__file__).parent.parent / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
RELEASE = re.compile(r"## \[(\d+)\.(\d+)\.(\d+)\] - (\d{4}-\d\d-\d\d)")
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_newest_release_is_this_version_and_the_others_follow() -> None:
    headings = [line for line in LINES if line.startswith("## ")]
    assert headings[0] == "## [Unreleased]"
    releases = [RELEASE.fullmatch(line) for line in headings[1:]]
    assert all(releases), headings
    versions = [tuple(map(int, found.groups()[:3])) for found in releases if found]
    newest = ".".join(map(str, versions[0]))
    days = [date.fromisoformat(found[4]) for found in releases if found]
    assert newest == __version__
    assert versions == sorted(versions, reverse=True)
    assert days == sorted(days, reverse=True)


def test_changes_are_told_by_their_kinds() -> None:
    assert {line.removeprefix("### ") for line in LINES if line.startswith("### ")} <= KINDS
