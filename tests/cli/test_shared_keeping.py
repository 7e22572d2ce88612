"""What who keeps a shared library says on the command line: heads, tags, and the way back."""

import json
from pathlib import Path
from typing import Any

import lance
import numpy as np
import pytest

from guie_desktop.__main__ import main
from guie_desktop.embedding.general_head import fit_general_head
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.kept_heads import CURRENT_HEAD
from tests.shared_library.made_table import DIMENSION, made_features, make_table


@pytest.fixture
def address(tmp_path: Path) -> Address:
    return make_table(tmp_path / "made.lance", 40)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["shared", *words, "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["shared", *words]) == 1
    return capsys.readouterr().err


def test_a_head_is_projected_and_a_tag_leads_back(
    address: Address, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "general.head"
    file.write_bytes(fit_general_head(made_features(300)).to_bytes())
    assert said(capsys, "tags", address.uri) == {"tags": {}}
    assert said(capsys, "tag", address.uri, "before")["tag"] == "before"
    projected = said(capsys, "project", address.uri, "--head", str(file))
    table = lance.dataset(address.uri)
    assert projected["column"] in table.schema.names
    assert (projected["dimension"], projected["rows"]) == (DIMENSION, 39)  # one of the 40 could not be read
    assert table.config()[CURRENT_HEAD] == projected["head_id"]
    vectors = table.to_table(columns=[projected["column"]])[projected["column"]]
    assert vectors.null_count == 1
    lengths = np.linalg.norm(np.array(vectors.drop_null().to_pylist(), np.float32), axis=1)
    assert np.abs(lengths - 1).max() < 1e-2
    assert list(said(capsys, "tags", address.uri)["tags"]) == ["before"]
    said(capsys, "back", address.uri, "before")
    assert projected["column"] not in lance.dataset(address.uri).schema.names


def test_what_does_not_fit_is_refused_in_a_sentence(
    address: Address, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "some.head"
    file.write_bytes(b"no head")
    assert "nothing that was learned" in refused(capsys, "project", address.uri, "--head", str(file))
    file.write_bytes(fit_general_head(np.ones((3, 7), np.float32)).to_bytes())
    assert "takes features of 7 numbers" in refused(capsys, "project", address.uri, "--head", str(file))
    assert "some.head2" in refused(capsys, "project", address.uri, "--head", f"{file}2")
    assert "before" in refused(capsys, "back", address.uri, "before")
    assert "is no shared library at" in refused(capsys, "tags", str(tmp_path))
    assert "cannot be the name" in refused(capsys, "tag", address.uri, "a/b c")
    assert "There is no folder" in refused(capsys, "build", str(tmp_path / "gone"), "--to", address.uri)
    assert "no model named" in refused(capsys, "build", str(tmp_path), "--to", address.uri, "--model", "gone")
