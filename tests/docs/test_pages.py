"""The pages that are written by hand: what they quote of the program, it says, and what they call, it takes."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from docs.making.repository import ROOT
from guie_desktop.cli.arguments import parse

PAGES = sorted((ROOT / "docs").rglob("*.md"))
GUIDE = [page for page in PAGES if page.parent.name == "guide"]
NO_SENTENCES = {"The window does not open", "It is slow, or the computer gets warm"}
"""Of the headings in troubleshooting.md: what the user sees, and no sentence of the program."""


@pytest.fixture(scope="module")
def sentences() -> frozenset[str]:
    """All that the window says."""
    with (ROOT / "guie_desktop" / "language" / "de.po").open("rb") as file:
        messages = [message.id for message in read_po(file) if message.id]
    all_forms = (form for said in messages for form in ([said] if isinstance(said, str) else said))
    return frozenset(map(plain, all_forms))


def plain(words: str) -> str:
    """Without what stands for a name, the key behind it, and the dots of what opens a dialog."""
    return re.sub(r"\{\w+\}| \([^)]*\)$", "…", words).rstrip(" …").casefold()


def commands_in(page: Path) -> Iterator[str]:
    """Lines of blocks of code that call the program."""
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"^ *```\w*\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE):
        yield from (line.strip() for line in block.splitlines() if line.strip().startswith("guie-desktop "))


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_is_shown_is_taken(page: Path) -> None:
    for line in commands_in(page):
        words = shlex.split(re.split(r"  +", line)[0])
        assert parse(words[1:]).command, line


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.name)
def test_what_is_named_of_the_window_is_called_so(page: Path, sentences: frozenset[str]) -> None:
    text = page.read_text(encoding="utf-8").replace("\n", " ")
    for words in re.findall(r"\*\*(.+?)\*\*", text):
        assert plain(words) in sentences, words


def test_each_failure_that_is_explained_is_one_of_the_program(sentences: frozenset[str]) -> None:
    text = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    for heading in re.findall(r"^#### (.+)$", text, re.MULTILINE):
        assert heading in NO_SENTENCES or plain(heading) in sentences, heading


@pytest.mark.slow
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    """Also all links within it are whole: mkdocs.yml makes each that is not a warning."""
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--site-dir",
        str(tmp_path / "site"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    built = list((tmp_path / "site").rglob("*.html"))
    assert len(built) > len(PAGES)
    for page in built:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=\"?https?://", text), page
        assert "<!-- made" not in text
        assert "<!-- section" not in text
        assert "<!-- picture" not in text
