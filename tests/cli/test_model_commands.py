"""`guie-desktop model`, the whole way with a real SigLIP checkpoint that is made here."""

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import huggingface_hub
import open_clip
import pytest
import safetensors.torch
import torch

from guie_desktop.embedding.assets import DEFAULT_MODEL, list_cards
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.cli.test_cli import Program
from tests.drawing import KINDS, save_photos
from tests.hub import Hub, point_at

SIGLIP = "siglip-b-16-224"
SMALL, ARCHITECTURE = "pe-core-t-16-384", "PE-Core-T-16-384"


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


def test_a_download_mends_damaged_weights(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    with Hub(b"weights" * 1000) as hub:
        Thread(target=hub.serve_forever, args=(0.01,), daemon=True).start()
        point_at(monkeypatch, hub.port)
        first = program.json("model", "download", "dinov2-b-14")
        program.run("model", "download", "dinov2-b-14")
        assert len(hub.starts) == 1
        (weights,) = program.paths.weights.rglob("weights.safetensors")
        weights.write_bytes(b"damaged")
        assert program.json("model", "download", "dinov2-b-14") == first
        huggingface_hub.close_session()
        hub.shutdown()
    assert weights.read_bytes() == hub.content


def test_a_model_that_is_gone_is_told_of_on_stderr(program: Program) -> None:
    program.run("model", "list")
    with WritableLibrary(program.paths) as library:
        library.choices.choose_model(SMALL)
    asking = [sys.executable, "-m", "guie_desktop", "--library", str(program.paths.root), "status", "--json"]
    said = subprocess.run(asking, capture_output=True, text=True, check=True)
    assert json.loads(said.stdout)["model"] == DEFAULT_MODEL
    assert len(said.stderr.splitlines()) == 1
    assert f"model use {SMALL}" in said.stderr


def partial(program: Program) -> int:
    """Bytes of what is being fetched."""
    return sum(file.stat().st_size for file in program.paths.weights.rglob("*.partial"))


@pytest.mark.slow
def test_killed_in_the_middle_of_a_download_it_goes_on(program: Program, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "photos", 6)
    program.run("index", tmp_path / "photos")
    content = safetensors.torch.save(open_clip.create_model(ARCHITECTURE, pretrained=None).visual.state_dict())
    with Hub(content) as hub:
        Thread(target=hub.serve_forever, args=(0.01,), daemon=True).start()
        hub.cut_at = len(content) // 2
        hub.may_hang_up.clear()
        using = [sys.executable, "-m", "guie_desktop", "--library", str(program.paths.root)]
        using += ["model", "use", SMALL, "--json"]
        environment = os.environ | {"HF_ENDPOINT": f"http://127.0.0.1:{hub.port}"}
        with subprocess.Popen(using, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as first:
            while not hub.halfway.wait(0.1):
                assert first.poll() is None, first.communicate()
            while not partial(program):
                assert first.poll() is None
            first.kill()
        hub.may_hang_up.set()
        kept, hub.cut_at = partial(program), None
        assert 0 < kept < len(content)
        assert program.json("search", photos[0])["model"] == DEFAULT_MODEL
        again = subprocess.run(using, env=environment, capture_output=True, check=True)
        hub.shutdown()
    assert hub.starts == [0, kept]
    assert json.loads(again.stdout)["embedded"] == len(photos)
    assert program.json("search", photos[0])["model"] == SMALL


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
