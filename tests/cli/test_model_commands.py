"""`guie-desktop model`, the whole way with a real SigLIP checkpoint that is made here."""

from pathlib import Path

import open_clip
import pytest
import torch

from guie_desktop.embedding.assets import DEFAULT_MODEL, list_cards
from guie_desktop.paths import LibraryPaths
from tests.cli.test_cli import Program
from tests.drawing import KINDS, save_photos

SIGLIP = "siglip-b-16-224"


@pytest.fixture
def program(paths: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(paths, capsys)


def test_the_list_has_every_card(program: Program) -> None:
    program.run("status", status=1)
    models = program.json("model", "list")["models"]
    assert {model["name"] for model in models} == {card.name for card in list_cards()}
    assert [model["name"] for model in models if model["in_use"]] == [DEFAULT_MODEL]
    assert DEFAULT_MODEL in program.run("model", "list")


def test_what_cannot_be_done_is_told_in_a_sentence(program: Program, tmp_path: Path) -> None:
    (tmp_path / "no.pt").write_text("no weights")
    program.refuse("model", "add", tmp_path / "no.pt")
    program.refuse("model", "add", tmp_path / "nowhere.pt")
    program.refuse("model", "use", "no-such-model")
    program.refuse("model", "download", "no-such-model")


@pytest.mark.slow
def test_siglip_from_a_local_checkpoint_goes_the_whole_way(program: Program, tmp_path: Path) -> None:
    torch.manual_seed(4)
    photos = [photo for kind in KINDS for photo in save_photos(tmp_path / "photos" / kind, 50, kinds=(kind,))]
    program.run("index", tmp_path / "photos")
    before = program.json("evaluate", tmp_path / "photos")
    network = open_clip.create_model("ViT-B-16-SigLIP", pretrained=None)
    torch.save(network.state_dict(), tmp_path / "siglip.pt")
    assert program.json("model", "add", tmp_path / "siglip.pt")["name"] == SIGLIP
    used = program.json("model", "use", SIGLIP)
    assert (used["model"], used["embedded"]) == (SIGLIP, len(photos))
    found = program.json("search", photos[0], "--top", 1)
    assert (found["model"], found["hits"][0]["path"]) == (SIGLIP, str(photos[0]))
    judged = program.json("evaluate", tmp_path / "photos")
    assert (judged["model"], judged["index"]) == (SIGLIP, len(photos))
    back = program.json("model", "use", DEFAULT_MODEL)
    assert back["embedded"] == 0
    assert program.json("evaluate", tmp_path / "photos") == before
    stored = {file.name.split("-")[0] for file in program.paths.vectors.glob("*.usearch")}
    assert stored == {"efficientnet", "siglip"}
