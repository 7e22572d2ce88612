"""From data sets in their published layouts to a head file and a table by domain, as a user would."""

import json
from pathlib import Path
from typing import Any

import pytest

from guie_desktop.__main__ import main
from guie_desktop.embedding.general_head import GeneralHead
from tests.study.datasets.layouts import make

SETS = (
    "products-10k",
    "google-landmarks-v2",
    "deepfashion-consumer-to-shop",
    "stanford-cars-refined",
    "folder:grocery",
)
DOMAINS = {"packaged goods", "landmarks", "apparel", "cars", "grocery"}


@pytest.mark.slow
def test_the_whole_way_from_data_sets_to_a_table_by_domain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def study(verb: str, *arguments: object) -> dict[str, Any]:
        command = ["--library", str(tmp_path / "library"), "study", verb, str(tmp_path / "study"), "--json"]
        assert main([*command, *map(str, arguments)]) == 0, capsys.readouterr().err
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    data: list[str] = []
    for name in SETS:
        root = tmp_path / "sets" / name.rpartition(":")[2]
        make(name, root, classes=8, per_class=4)
        data += ["--data", f"{name}={root}"]
    curated = study("curate", *data)
    assert {one["domain"] for one in curated["domains"]} - {"all"} == DOMAINS
    photos = next(one["photos"] for one in curated["domains"] if one["domain"] == "all")
    embedded = study("embed")
    assert (embedded["added"], embedded["failed"]) == (photos, 0)
    again = study("embed")
    assert again["added"] + again["changed"] == 0
    file = tmp_path / "mine.guiehead"
    study("train", "--preset", "study", "--name", "mine", "--out", file)
    head = GeneralHead.from_bytes(file.read_bytes())
    assert head.output_dimension == 64
    assert head.origin is not None
    assert set(head.origin.datasets) == {name.rpartition(":")[2] for name in SETS}
    for ranking in (["--run", "mine"], ["--raw"], ["--pca"]):
        study("evaluate", *ranking)
    study("table", "--out", tmp_path / "table")
    table = (tmp_path / "table" / "table.md").read_text(encoding="utf-8")
    for told in (*DOMAINS, "mine", "raw", "pca"):
        assert told in table
