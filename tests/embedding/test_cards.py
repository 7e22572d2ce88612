"""Every card agrees with what open_clip and timm themselves declare of its network and its weights."""

from pathlib import Path
from typing import Any

import open_clip
import pytest
import timm
import torch
from PIL import Image

from guie_desktop.embedding.assets import ModelCard, list_cards, load_card
from guie_desktop.embedding.backbone import family_of
from guie_desktop.embedding.embedder import Embedder
from guie_desktop.embedding.frozen_network import load_network
from guie_desktop.embedding.torch_runtime import TorchRuntime
from guie_desktop.embedding.weights import comes_with_the_program, hub_file, keep_weights

pytestmark = pytest.mark.slow

FETCHED = [card for card in list_cards() if not comes_with_the_program(card)]
EMBEDDED = [card for card in list_cards() if comes_with_the_program(card)]


def declared(card: ModelCard) -> dict[str, Any]:
    """What the family's library says of the card's weights, in the card's words."""
    if card.family == "open_clip":
        assert (card.architecture, card.tag) in open_clip.list_pretrained()
        said = open_clip.get_pretrained_cfg(card.architecture, card.tag)
        size = open_clip.get_model_config(card.architecture)["vision_cfg"]["image_size"]
        keys = ("mean", "std", "interpolation", "resize_mode")
        return {key: said[key] for key in keys} | {"repository": said["hf_hub"].strip("/"), "input_size": size}
    cfg = timm.get_pretrained_cfg(f"{card.architecture}.{card.tag}")
    assert cfg is not None
    assert (cfg.crop_mode, cfg.crop_pct) == ("center", 1.0)
    return {
        "mean": cfg.mean,
        "std": cfg.std,
        "interpolation": cfg.interpolation,
        "resize_mode": "shortest",
        "repository": cfg.hf_hub_id,
        "input_size": cfg.input_size[-1],
    }


@pytest.mark.parametrize("card", FETCHED, ids=lambda card: card.name)
def test_the_card_says_what_the_library_declares(card: ModelCard) -> None:
    said = {
        "mean": card.mean,
        "std": card.std,
        "interpolation": card.interpolation,
        "resize_mode": card.resize_mode,
        "repository": hub_file(card)[0],
        "input_size": card.input_size,
    }
    assert said == declared(card)
    # CLIPA's tokenizer is not in the repository of its weights.
    assert card.words == (card.family == "open_clip" and not card.name.startswith("clipa"))


@pytest.mark.parametrize("card", [*FETCHED, *EMBEDDED], ids=lambda card: card.name)
def test_the_network_has_the_parameters_and_the_dimension_of_the_card(card: ModelCard) -> None:
    with torch.device("meta"), torch.no_grad():
        network = family_of(card).build(card).eval()
        features = network(torch.zeros(1, 3, card.input_size, card.input_size))
    assert sum(parameter.numel() for parameter in network.parameters()) == pytest.approx(card.parameters, rel=0.01)
    assert features.shape == (1, card.feature_dimension)


@pytest.mark.parametrize("name", ["pe-core-t-16-384", "siglip-b-16-224", "mobileclip2-s0"])
def test_with_random_weights_the_small_ones_give_features(name: str) -> None:
    card = load_card(name)
    torch.manual_seed(0)
    network = family_of(card).build(card).eval()
    with torch.inference_mode():
        features = network(torch.rand(2, 3, card.input_size, card.input_size))
    assert features.shape == (2, card.feature_dimension)
    assert torch.isfinite(features).all()
    assert not torch.equal(features[0], features[1])


def test_the_models_that_the_study_and_its_successors_compare_are_there() -> None:
    names = " ".join(card.name for card in list_cards())
    for part in ("siglip-so400m", "siglip-b", "siglip-l", "siglip2-b-32", "siglip2-b-16", "siglip2-so400m"):
        assert part in names
    for part in ("pe-core-t", "pe-core-s", "pe-core-b", "pe-core-l", "clip-l", "clip-h", "clipa", "eva02", "metaclip"):
        assert part in names
    for part in ("dinov2", "sam", "mobileclip2", "efficientnet-lite2"):
        assert part in names


def test_open_clips_own_tower_gives_the_same_feature_before_its_projection() -> None:
    card = load_card("siglip-b-16-224")
    torch.manual_seed(5)
    whole = open_clip.create_model(card.architecture, pretrained=None).eval()
    network = family_of(card).build(card).eval()
    network.load_state_dict(family_of(card).own_weights(whole.state_dict(), network.state_dict()))
    pixels = torch.rand(1, 3, 224, 224)
    with torch.inference_mode():  # SigLIP does not project
        torch.testing.assert_close(network(pixels), whole.encode_image(pixels, normalize=False))


def test_a_local_checkpoint_of_siglip_sees_squashed_pixels_normalised_by_a_half(tmp_path: Path) -> None:
    # open_clip itself would fall back to OpenAI's mean, std and centre crop here.
    card = load_card("siglip-b-16-224")
    torch.save(family_of(card).build(card).state_dict(), tmp_path / "mine.pt")
    keep_weights(card, tmp_path / "mine.pt", tmp_path)
    network = load_network(card, tmp_path)
    seen: list[torch.Tensor] = []
    network.backbone.register_forward_pre_hook(lambda _module, arguments: seen.append(arguments[0]))
    embedder = Embedder(card, "key", TorchRuntime(network))
    wide = Image.new("RGB", (896, 224), (255, 0, 102))
    wide.paste((0, 0, 0), (448, 0, 896, 224))
    embedder.embed([embedder.prepare(wide)])
    (pixels,) = seen
    assert pixels.shape == (1, 3, 224, 224)
    torch.testing.assert_close(pixels[0, :, 100, 50], torch.tensor([1.0, -1.0, -0.2]))
    torch.testing.assert_close(pixels[0, :, 100, 170], torch.tensor([-1.0, -1.0, -1.0]))
