"""The table of what measures the program: each benchmark, its command, and where its figures stand."""

import ast
import posixpath
import re

from docs.making.repository import PAGES, ROOT, headings_with

_PAGE = "figures/index.md"
_WITH_FIGURES = ("guie_desktop/learning/README.md", "model_assets/README.md", "model_assets/ABLATIONS.md")
_COMMANDS = (
    ("evaluate", "`evaluate", "How well a search finds what is in the same folder (mMP@5)."),
    ("ablate", "guie-desktop ablate", "Backbones and losses against each other."),
    ("train", "command line `train`", "What learning gains, on photos that were held out, and how long it takes."),
    ("model list --measure", "list of models says", "How fast each model is on this computer."),
)
"""Each with the words by which its figures are known in the pages that have them, and what it measures."""
_HEAD = "| what is measured | command | figures |\n| --- | --- | --- |"


def benchmark_table() -> str:
    """Every benchmark of the repository in Markdown, by name."""
    modules = sorted((ROOT / "tests" / "benchmarks").glob("*.py"))
    told = ((path.stem, ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "") for path in modules)
    return "\n".join([_HEAD, *(_line(name, text) for name, text in told if f"tests.benchmarks.{name}" in text)])


def command_table() -> str:
    """The program's own commands that measure, in Markdown."""
    lines = (f"| {what} | `guie-desktop {one}` | {_links(said)} |" for one, said, what in _COMMANDS)
    return "\n".join([_HEAD, *lines])


def _line(name: str, text: str) -> str:
    command = re.search(rf"python -m tests\.benchmarks\.{name}[^`\n]*", text)
    first = text.split("\n", 1)[0]
    return f"| {first} | `{command[0].strip() if command else ''}` | {_links(f'benchmarks.{name}')} |"


def _links(words: str) -> str:
    return ", ".join(
        f"[{heading}]({posixpath.relpath(PAGES[source], posixpath.dirname(_PAGE))}#{anchor_of(heading)})"
        for source in _WITH_FIGURES
        for heading in headings_with(source, words)
    )


def anchor_of(heading: str) -> str:
    """As Python-Markdown names headings."""
    plain = re.sub(r"[^\w\s-]", "", heading).strip().lower()
    return re.sub(r"[-\s]+", "-", plain)
