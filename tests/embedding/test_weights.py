"""Weight files are used only when they are sound, belong to the model, and hold nothing but weights."""

import pickle
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from guie_desktop.embedding.adding import recognised
from guie_desktop.embedding.assets import load_card
from guie_desktop.embedding.backbone import family_of
from guie_desktop.embedding.embedder import Embedder, open_embedder
from guie_desktop.embedding.frozen_network import load_network, with_weights
from guie_desktop.embedding.torch_runtime import TorchRuntime
from guie_desktop.embedding.weights import checked_file, installed_file, keep_weights, weight_file_in, weights_hash
from guie_desktop.errors import UserError
from guie_desktop.paths import LibraryPaths

pytestmark = pytest.mark.slow

CARD = load_card("pe-core-t-16-384")
Tensors = dict[str, torch.Tensor]


@pytest.fixture(scope="module")
def tensors() -> Tensors:
    """Random weights, named as a file of both towers names them."""
    torch.manual_seed(1)
    network = family_of(CARD).build(CARD)
    return {f"visual.{name}": tensor for name, tensor in network.state_dict().items()} | {"logit_scale": torch.ones(1)}


def saved(tensors: Any, file: Path) -> Path:
    if file.suffix == ".safetensors":
        save_file(tensors, file)
    else:
        torch.save(tensors, file)
    return file


@pytest.mark.parametrize(
    ("name", "wrap"),
    [
        ("a.safetensors", lambda tensors: tensors),
        ("a.pt", lambda tensors: tensors),
        ("a.bin", lambda tensors: {"state_dict": tensors, "epoch": 3}),
        ("a.pth", lambda tensors: {"state_dict": {f"module.{name}": value for name, value in tensors.items()}}),
        ("a.pt", lambda tensors: {name.removeprefix("visual."): value for name, value in tensors.items()}),
    ],
)
def test_every_usual_form_of_a_file_is_recognised_and_read(
    tensors: Tensors, tmp_path: Path, name: str, wrap: Callable[[Tensors], Any]
) -> None:
    file = saved(wrap(tensors), tmp_path / name)
    assert recognised(file) == CARD
    keep_weights(CARD, file, tmp_path / "weights")
    network = load_network(CARD, tmp_path / "weights")
    for part, tensor in network.backbone.state_dict().items():
        torch.testing.assert_close(tensor, tensors[f"visual.{part}"])
    assert not any(module.training for module in network.modules())


class Code:
    """What must not run when a file is read."""

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("it-was-run"),)


def harmed(tensors: Tensors, folder: Path, harm: str) -> Path:
    match harm:
        case "cut safetensors":
            file = saved(tensors, folder / "a.safetensors")
            file.write_bytes(file.read_bytes()[:-1000])
        case "no header":
            file = saved(tensors, folder / "a.safetensors")
            file.write_bytes(b"\xff" * 64 + file.read_bytes()[64:])
        case "cut archive":
            file = saved(tensors, folder / "a.pt")
            file.write_bytes(file.read_bytes()[:-100_000])
        case "flipped byte":
            file = saved(tensors, folder / "a.pt")
            content = bytearray(file.read_bytes())
            content[len(content) // 2] ^= 0xFF
            file.write_bytes(content)
        case "bare pickle":
            file = folder / "a.pt"
            file.write_bytes(pickle.dumps(Code()))
        case "text":
            file = folder / "a.safetensors"
            file.write_text("<html>not found</html>")
        case "empty":
            file = folder / "a.pt"
            file.write_bytes(b"")
        case "another suffix":
            file = saved(tensors, folder / "a.pt").rename(folder / "a.zip")
        case "missing":
            file = folder / "nowhere.pt"
        case _:
            file = saved(something_else(tensors, harm), folder / "a.pt")
    return file


def something_else(tensors: Tensors, what: str) -> Any:
    name = next(name for name, value in tensors.items() if value.is_floating_point())
    return {
        "pickled code": tensors | {"surprise": Code()},
        "whole module": torch.nn.Linear(2, 2),
        "no tensors": {"epoch": 3},
        "not a number": tensors | {name: torch.full_like(tensors[name], torch.nan)},
        "another model": {"visual.conv1.weight": torch.zeros(768, 3, 16, 16)},
    }[what]


HARMS = [
    "cut safetensors",
    "no header",
    "cut archive",
    "flipped byte",
    "pickled code",
    "bare pickle",
    "whole module",
    "no tensors",
    "not a number",
    "text",
    "empty",
    "another suffix",
    "another model",
    "missing",
]


@pytest.mark.parametrize("named", [True, False], ids=["model named", "model to be recognised"])
@pytest.mark.parametrize("harm", HARMS)
def test_a_file_that_is_not_sound_is_refused_in_a_sentence(
    tensors: Tensors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str, *, named: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    file = harmed(tensors, tmp_path, harm)
    with pytest.raises(UserError) as told:
        recognised(file, CARD if named else None)
    assert told.value.title.endswith(".")
    assert told.value.remedy
    assert not Path("it-was-run").exists()


def test_weights_of_another_model_are_refused_by_name(tensors: Tensors, tmp_path: Path) -> None:
    file = saved(tensors, tmp_path / "a.safetensors")
    with pytest.raises(UserError, match="does not hold the weights of"):
        recognised(file, load_card("pe-core-s-16-384"))
    with pytest.raises(UserError, match="another model"):
        with_weights(load_card("pe-core-s-16-384"), file)


def test_damage_after_the_weights_were_kept_is_noticed(tensors: Tensors, tmp_path: Path) -> None:
    place = keep_weights(CARD, saved(tensors, tmp_path / "a.safetensors"), tmp_path / "weights")
    assert installed_file(CARD, tmp_path / "weights") == place
    assert len(weights_hash(CARD, tmp_path / "weights")) == 64
    content = bytearray(place.read_bytes())
    content[-5] ^= 1
    place.write_bytes(content)
    with pytest.raises(UserError, match="damaged"):
        checked_file(CARD, tmp_path / "weights")


def test_weights_in_another_format_give_way(tensors: Tensors, tmp_path: Path) -> None:
    first = keep_weights(CARD, saved(tensors, tmp_path / "a.safetensors"), tmp_path / "weights")
    second = keep_weights(CARD, saved(tensors, tmp_path / "a.pt"), tmp_path / "weights")
    assert installed_file(CARD, tmp_path / "weights") == second
    assert not first.exists()


def test_without_weights_the_way_to_them_is_told(tmp_path: Path) -> None:
    assert installed_file(CARD, tmp_path) is None
    with pytest.raises(UserError) as told:
        weights_hash(CARD, tmp_path)
    assert told.value.command == f"model download {CARD.name}"
    assert "guie-desktop" not in told.value.remedy


def test_once_the_weights_are_there_no_socket_is_opened(
    tensors: Tensors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    paths = LibraryPaths(tmp_path)
    keep_weights(CARD, saved(tensors, tmp_path / "a.safetensors"), paths.weights)
    embedder = open_embedder(CARD, "key", paths, 1)
    features = embedder.embed([embedder.prepare(Image.new("RGB", (64, 48), (200, 10, 10)))])
    reference = Embedder(CARD, "key", TorchRuntime.load(CARD, paths.weights))
    expected = reference.embed([reference.prepare(Image.new("RGB", (64, 48), (200, 10, 10)))])
    torch.testing.assert_close(torch.from_numpy(features), torch.from_numpy(expected), rtol=1e-2, atol=1e-3)


def test_a_folder_with_one_weight_file_will_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no file"):
        weight_file_in(tmp_path / "nowhere")
    with pytest.raises(UserError, match="no weight file"):
        weight_file_in(tmp_path)
    (tmp_path / "a.pt").touch()
    assert weight_file_in(tmp_path) == weight_file_in(tmp_path / "a.pt") == tmp_path / "a.pt"
    (tmp_path / "b.safetensors").touch()
    assert weight_file_in(tmp_path) == tmp_path / "b.safetensors"  # the safer kind
    (tmp_path / "c.safetensors").touch()
    with pytest.raises(UserError, match="several"):
        weight_file_in(tmp_path)
