"""A table says the same to people, to Markdown and to other programs."""

import csv
from io import StringIO

from guie_desktop.cli.text_table import TextTable

TABLE = TextTable(["domain", "raw", "kind"], [["cars", "0.5*", "a|b"], ["packaged goods", "-", "c"]])


def test_numbers_are_aligned_to_the_right() -> None:
    assert TABLE.lines() == [
        "domain           raw  kind",
        "cars            0.5*  a|b",
        "packaged goods     -  c",
    ]


def test_markdown_has_a_rule_and_no_bar_within_a_text() -> None:
    assert TABLE.markdown().splitlines() == [
        "| domain | raw | kind |",
        "| --- | ---: | --- |",
        "| cars | 0.5* | a/b |",
        "| packaged goods | - | c |",
    ]


def test_csv_is_read_back() -> None:
    assert list(csv.reader(StringIO(TABLE.csv(), newline=""))) == [list(TABLE.header), *map(list, TABLE.rows)]
