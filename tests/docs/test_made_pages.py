"""What is made for the site says all of the program: each command, option, remembered setting, model and benchmark."""

import re
from dataclasses import fields

import pytest

from docs.making.command_line import command_page, commands_of
from docs.making.figures import benchmark_table, command_table
from docs.making.learning_picture import learning_picture
from docs.making.models import model_table
from docs.making.repository import PAGES, ROOT, headings_with, relinked, repository_page, section
from docs.making.settings_list import settings_page
from guie_desktop.cli.arguments import make_parser
from guie_desktop.embedding.assets import list_cards
from guie_desktop.settings import Settings


def parts_of(page: str) -> dict[str, str]:
    """What stands below each heading of a page."""
    parts = re.split(r"^#+ (.+)\n", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_each_command_is_told_with_all_of_its_options() -> None:
    parts = parts_of(command_page(make_parser()))
    for words, command, told in commands_of(make_parser()):
        part = parts[" ".join(words)]
        assert told, f"{words} has no sentence"
        for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", command.format_usage())) - {"--help"}:
            assert re.search(rf"^\| `{option}[ `].* \| \S.* \|$", part, re.MULTILINE), f"{words} {option}"
    assert "`--library DIR`" in parts["For every command"]


def test_no_argument_is_without_a_sentence() -> None:
    assert not re.findall(r"^\| `.*\|\s+\|$", command_page(make_parser()), re.MULTILINE)


def test_all_that_the_window_remembers_is_told_with_a_meaning() -> None:
    page = settings_page({"settings": {}})
    for field in fields(Settings):
        assert re.search(rf"^\| `{field.name}` \| .* \| \S.* \|$", page, re.MULTILINE), field.name


def test_each_model_and_each_benchmark_is_told() -> None:
    for card in list_cards():
        assert f"`{card.name}` | {card.good_for}" in model_table()
    table = benchmark_table()
    for module in (ROOT / "tests" / "benchmarks").glob("*.py"):
        runs = re.search(r"^\S*.*python -m tests\.benchmarks", module.read_text(encoding="utf-8"), re.MULTILINE)
        assert not runs or f"tests.benchmarks.{module.stem}" in table
    assert "(study.md#the-two-ablations)" in command_table()
    assert "|  |" not in command_table()


def test_the_picture_shows_what_learning_gains() -> None:
    said = re.findall(r'aria-label="(.+?): (\d) of', learning_picture())
    assert [name for name, _ in said] == ["As it looks to anyone", "As you sorted it"]
    before, after = (int(number) for _, number in said)
    assert (before, after) == (2, 5)


def test_links_of_the_repository_hold_on_the_site_or_are_text() -> None:
    text = "[one](../model_assets/README.md#words) [two](cli/commands.py) [three](https://example.org) [four](#here)"
    assert relinked(text, "guie_desktop/ARCHITECTURE.md", PAGES["guie_desktop/ARCHITECTURE.md"]) == (
        "[one](../figures/models.md#words) two [three](https://example.org) [four](#here)"
    )
    for source in PAGES:
        assert repository_page(source).startswith("# ")


def test_a_section_ends_with_the_next_heading_of_its_rank() -> None:
    text = section("model_assets/ABLATIONS.md", "The two ablations")
    assert "### Losses" in text
    assert "## Table 1" not in text
    assert headings_with("model_assets/ABLATIONS.md", "guie-desktop ablate") == ["The two ablations"]
    with pytest.raises(KeyError):
        section("model_assets/ABLATIONS.md", "Not there")
