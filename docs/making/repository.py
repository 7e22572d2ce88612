"""Pages of the repository that the site shows as they are, with links that hold there."""

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES: Mapping[str, str] = {
    "guie_desktop/ARCHITECTURE.md": "developers/architecture.md",
    "CONTRIBUTING.md": "developers/contributing.md",
    "CHANGELOG.md": "developers/changes.md",
    "RELEASING.md": "developers/releasing.md",
    "packaging/README.md": "developers/packaging.md",
    "guie_desktop/learning/README.md": "figures/learning.md",
    "model_assets/README.md": "figures/models.md",
    "model_assets/ABLATIONS.md": "figures/study.md",
}
"""Where each file of the repository stands on the site."""
PICTURES: Mapping[str, str] = {
    "model_assets/ablation-grocery.png": "figures/ablation-grocery.png",
    "resources/guie-desktop.svg": "guie-desktop.svg",
}
_LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!\w+:|#)([^)#\s]+)(#[^)\s]*)?\)")
_HEADING = re.compile(r"^(#+) (.+)$")


def repository_page(source: str) -> str:
    """The text of a file of the repository in Markdown, for the place that PAGES gives it."""
    return relinked((ROOT / source).read_text(encoding="utf-8"), source, PAGES[source])


def relinked(text: str, source: str, page: str) -> str:
    """The text of a source, with links that hold on a page; what is not on the site is named and not linked."""
    places = {**PAGES, **PICTURES}

    def link(found: re.Match[str]) -> str:
        mark, words, target, anchor = found.groups()
        place = places.get(posixpath.normpath(posixpath.join(posixpath.dirname(source), target)))
        if place is None:
            return words
        return f"{mark}[{words}]({posixpath.relpath(place, posixpath.dirname(page))}{anchor or ''})"

    return _LINK.sub(link, text)


def section(source: str, heading: str) -> str:
    """What stands in a file of the repository below a heading, up to the next one of its rank; KeyError without it."""
    lines = (ROOT / source).read_text(encoding="utf-8").splitlines()
    start = next((row for row, line in enumerate(lines) if line.lstrip("# ") == heading and line.startswith("#")), None)
    if start is None:
        raise KeyError(f"{source} has no heading {heading}")
    rank = len(lines[start]) - len(lines[start].lstrip("#"))
    ends = (
        row for row, line in enumerate(lines) if row > start and (of := _HEADING.match(line)) and len(of[1]) <= rank
    )
    return "\n".join(lines[start + 1 : next(ends, len(lines))]).strip()


def headings_with(source: str, words: str) -> list[str]:
    """The headings of a file below which these words stand, such as a command."""
    found, heading = [], ""
    for line in (ROOT / source).read_text(encoding="utf-8").splitlines():
        if of := _HEADING.match(line):
            heading = of[2]
        if words in line and heading not in found:
            found.append(heading)
    return found
