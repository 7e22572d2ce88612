"""The networks that come with the program are those of the published weights, and are checked when they are opened."""

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from PIL import Image

from guie_desktop.arrays import Floats
from guie_desktop.embedding.assets import ModelCard, list_cards, load_card
from guie_desktop.embedding.backbone import backbone_key
from guie_desktop.embedding.classifier import open_classifier
from guie_desktop.embedding.embedder import Embedder, device_of, open_embedder
from guie_desktop.embedding.torch_runtime import TorchRuntime
from guie_desktop.embedding.weights import SHIPPED_FILES, comes_with_the_program, installed_file, weights_hash
from guie_desktop.errors import UserError
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.precision_choice import ranking_overlap
from tests.embedding.make_quantised import MADE_OF
from tests.embedding.make_shipped import PUBLISHED, make_shipped, reference_network

pytestmark = pytest.mark.slow

SHIPPED = [card for card in list_cards() if comes_with_the_program(card)]
NOWHERE = Path("/nowhere")
PHOTOS = ("chelsea", "coffee", "rocket")


def cuts() -> list[Image.Image]:
    """Pictures that differ, and are alike in part: nine of each of these photos, upright."""
    found = []
    for name in PHOTOS:
        photo = Image.fromarray(getattr(skimage.data, name)()[..., :3])
        wide, high = photo.width // 2, photo.height // 2
        places = [(x * wide // 2, y * high // 2) for x in range(3) for y in range(3)]
        found += [photo.crop((left, top, left + wide, top + high)) for left, top in places]
    return found


def test_all_that_is_shipped_can_be_made_again_of_what_was_published() -> None:
    assert {card.name for card in SHIPPED if not card.quantised} == set(PUBLISHED)
    assert {card.name for card in SHIPPED if card.quantised} == set(MADE_OF)


@pytest.mark.parametrize("card", [load_card(name) for name in PUBLISHED], ids=lambda card: card.name)
def test_a_shipped_network_ranks_as_torch_does_with_the_published_weights(card: ModelCard, tmp_path: Path) -> None:
    embedder = open_embedder(card, "key", LibraryPaths(tmp_path), 2)
    prepared = [embedder.prepare(picture) for picture in cuts()]
    ours = embedder.embed(prepared)
    reference = Embedder(card, "key", TorchRuntime(reference_network(card))).embed(prepared)
    cosines = (ours * reference).sum(axis=1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(reference, axis=1)
    assert cosines.min() > 0.99999
    assert ranking_overlap(reference, ours, 10) > 0.99


@pytest.mark.parametrize("card", [load_card(name) for name in MADE_OF], ids=lambda card: card.name)
def test_a_quantised_network_ranks_nearly_as_the_one_that_it_is_made_of(card: ModelCard, tmp_path: Path) -> None:
    exact = dataclasses.replace(load_card(MADE_OF[card.name]), views=card.views)
    ours, reference = (_features(one, tmp_path) for one in (card, exact))
    cosines = (ours * reference).sum(axis=1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(reference, axis=1)
    assert cosines.min() > 0.9
    assert ranking_overlap(reference, ours, 10) > 0.8


def test_features_of_a_quantised_network_are_others() -> None:
    """Its bytes are in the key, since the published weights do not say what it computes."""
    card = load_card("efficientnet-lite2-int8")
    assert weights_hash(card, NOWHERE) == card.shipped_sha256
    assert card.weights_sha256 == load_card("efficientnet-lite2").weights_sha256


def _features(card: ModelCard, folder: Path) -> Floats:
    embedder = open_embedder(card, "key", LibraryPaths(folder), 2)
    return embedder.embed([embedder.prepare(picture) for picture in cuts()])


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("efficientnet-lite0", "efficientnet-lite0-6008fe8f0c70"),
        ("efficientnet-lite2", "efficientnet-lite2-09b698f24e30"),
    ],
)
def test_features_of_libraries_of_earlier_versions_stay_valid(name: str, key: str) -> None:
    """These keys were written by version 0.1, which converted the published weights itself."""
    card = load_card(name)
    assert backbone_key(card, weights_hash(card, NOWHERE), "f32", decode_rule=1) == key


def test_the_same_is_made_again(tmp_path: Path) -> None:
    card = load_card("efficientnet-lite0")
    for name in ("first", "second"):
        make_shipped(card, tmp_path / name)
    for name in SHIPPED_FILES:
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("harmed", SHIPPED_FILES)
@pytest.mark.parametrize("harm", [cut, flip, Path.unlink])
def test_what_is_damaged_is_told_and_not_computed_with(
    harmed: str, harm: Callable[[Path], None], tmp_path: Path
) -> None:
    card = load_card("efficientnet-lite0")
    whole = installed_file(card, NOWHERE)
    assert whole is not None
    shutil.copytree(whole.parent, tmp_path / "shipped")
    card = dataclasses.replace(card, weights=f"shipped:{tmp_path / 'shipped'}")
    open_classifier(card)
    harm(tmp_path / "shipped" / harmed)
    with pytest.raises(UserError, match="Install the program again"):
        open_classifier(card)
    with pytest.raises(UserError, match="Install the program again"):
        open_embedder(card, "key", LibraryPaths(tmp_path), 1)


def test_what_earlier_versions_converted_is_removed(tmp_path: Path) -> None:
    paths, card = LibraryPaths(tmp_path), load_card("efficientnet-lite0")
    open_embedder(card, "key", paths, 1)
    (kept,) = paths.networks.iterdir()
    for name in ("network.onnx", "network.onnx.sha256", "classifier.npy", "classifier.npy.sha256"):
        (kept / name).write_bytes(b"old")
    open_embedder(card, "key", paths, 1)
    assert {entry.name for entry in kept.iterdir()} == {"compiled"}


def test_it_runs_on_the_processor_wherever_others_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guie_desktop.embedding.embedder.choose_device", lambda wanted: wanted)
    assert device_of(load_card("efficientnet-lite2"), "cuda") == "cpu"
    assert device_of(load_card("siglip-b-16-224"), "cuda") == "cuda"


def test_a_folder_whose_name_is_no_text_will_do(tmp_path: Path) -> None:
    card = load_card("efficientnet-lite0")
    whole = installed_file(card, NOWHERE)
    assert whole is not None
    odd = tmp_path / "odd \udcff"
    shutil.copytree(whole.parent, odd)
    card = dataclasses.replace(card, weights=f"shipped:{odd}")
    embedder = open_embedder(card, "key", LibraryPaths(tmp_path), 1)
    assert np.isfinite(embedder.embed([embedder.prepare(Image.new("RGB", (64, 48)))])).all()
