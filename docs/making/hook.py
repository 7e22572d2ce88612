"""What MkDocs calls when it builds the site: adds the pages that are made, and fills the places left in others.

In a page, `<!-- made: NAME -->` is where one of PLACES goes, `<!-- section: FILE # HEADING -->` a part of the
repository, and `<!-- picture: NAME, WORDS -->` a screenshot, light and dark.
"""

import logging
import posixpath
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from docs.making.command_line import command_page
from docs.making.figures import benchmark_table, command_table
from docs.making.keys import key_page
from docs.making.learning_picture import learning_picture
from docs.making.models import model_table
from docs.making.repository import PAGES, PICTURES, ROOT, relinked, repository_page, section
from docs.making.settings_list import settings_page
from docs.making.window import ask_the_window
from guie_desktop.cli.arguments import make_parser

PLACES: Mapping[str, Callable[[], str]] = {
    "models": model_table,
    "benchmarks": benchmark_table,
    "measuring commands": command_table,
    "learning picture": learning_picture,
}
_logger = logging.getLogger("mkdocs.hooks.guie_desktop")
_MADE = re.compile(r"<!-- made: ([\w ]+) -->")
_SECTION = re.compile(r"<!-- section: (\S+) # (.+?) -->")
_PICTURE = re.compile(r"<!-- picture: ([\w-]+), (.+?) -->")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is made, before MkDocs reads any page."""
    told = ask_the_window()
    made = {
        "reference/command-line.md": command_page(make_parser()),
        "reference/keys.md": key_page(told),
        "reference/settings.md": settings_page(told),
        **{page: repository_page(source) for source, page in PAGES.items()},
    }
    for place, content in made.items():
        files.append(File.generated(config, place, content=content))
    for source, place in PICTURES.items():
        files.append(File.generated(config, place, abs_src_path=str(ROOT / source)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill the places of one page."""
    here = page.file.src_uri

    def placed(found: re.Match[str]) -> str:
        return PLACES[found[1]]()

    def cut(found: re.Match[str]) -> str:
        return relinked(section(found[1], found[2]), found[1], here)

    def pictured(found: re.Match[str]) -> str:
        shown = picture(found[1], found[2], Path(config.docs_dir), posixpath.dirname(here))
        if not shown:
            _logger.warning("%s shows the picture %s, which is not in docs/pictures.", here, found[1])
        return shown

    return _PICTURE.sub(pictured, _SECTION.sub(cut, _MADE.sub(placed, markdown)))


def picture(name: str, words: str, pages: Path, folder: str) -> str:
    """A screenshot in Markdown for a page in a folder: the one of the page's own colours; empty where there is none."""
    there = {path.stem: path for path in (pages / "pictures").iterdir() if path.suffix in (".webp", ".png", ".jpg")}
    known: dict[str, Any] = {
        "#only-light": there.get(f"{name}-light"),
        "#only-dark": there.get(f"{name}-dark"),
    }
    if not all(known.values()):
        known = {"": there.get(name) or known["#only-light"]}
    start = posixpath.relpath("pictures", folder or ".")
    return "\n".join(f"![{words}]({start}/{path.name}{which})" for which, path in known.items() if path is not None)
