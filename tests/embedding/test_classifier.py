"""The classifier of the embedded models is the networks' own, and is taken out of their weights once."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import timm
import torch

from guie_desktop.embedding import classifier
from guie_desktop.embedding.assets import load_card
from guie_desktop.embedding.backbone import family_of
from guie_desktop.embedding.classifier import Classifier, open_classifier
from guie_desktop.embedding.weights import installed_file, read_tensors
from guie_desktop.errors import UserError

NOWHERE = Path("/nowhere")


@pytest.mark.parametrize("name", ["efficientnet-lite0", "efficientnet-lite2"])
def test_it_gives_the_probabilities_of_the_whole_network(name: str, tmp_path: Path) -> None:
    card = load_card(name)
    file = installed_file(card, NOWHERE)
    assert file is not None
    stored = read_tensors(file)
    whole: Any = timm.create_model(card.architecture, pretrained=False, num_classes=1000).eval()
    own = family_of(card).own_weights(stored, whole.state_dict())
    own |= {"classifier.weight": stored["_fc.weight"], "classifier.bias": stored["_fc.bias"]}
    whole.load_state_dict(own)
    pixels = torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(3)) * 2 - 1
    with torch.inference_mode():
        features = whole.forward_head(whole.forward_features(pixels), pre_logits=True).numpy()
        wanted = whole(pixels).log_softmax(dim=1).numpy()
    opened = open_classifier(card, tmp_path, NOWHERE)
    assert opened.sharpness == card.sharpness > 1
    plain = Classifier(opened.matrix, opened.bias, sharpness=1.0)
    np.testing.assert_allclose(plain.log_probabilities(features), wanted, atol=1e-4)


def test_weights_are_read_once_and_again_where_what_was_kept_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = load_card("efficientnet-lite2")
    first = open_classifier(card, tmp_path, NOWHERE)
    with monkeypatch.context() as without:
        without.setattr(classifier, "read_tensors", lambda _: pytest.fail("read again"))
        np.testing.assert_array_equal(open_classifier(card, tmp_path, NOWHERE).matrix, first.matrix)
    (kept,) = tmp_path.rglob("classifier.npy")
    kept.write_bytes(kept.read_bytes()[:1000])
    np.testing.assert_array_equal(open_classifier(card, tmp_path, NOWHERE).matrix, first.matrix)


def test_weights_without_a_classifier_and_a_full_disk_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = load_card("efficientnet-lite2")
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UserError, match="could not be written"):
        open_classifier(card, tmp_path / "file", NOWHERE)
    monkeypatch.setattr(classifier, "read_tensors", lambda _: {"stem": torch.zeros(1)})
    with pytest.raises(UserError, match="no classifier"):
        open_classifier(card, tmp_path, NOWHERE)


def test_its_rows_are_probabilities_also_of_large_numbers() -> None:
    rng = np.random.default_rng(1)
    made = Classifier(rng.normal(size=(8, 5)).astype(np.float32), np.zeros(5, np.float32), sharpness=1000.0)
    logs = made.log_probabilities(rng.normal(size=(4, 8)).astype(np.float16))
    np.testing.assert_allclose(np.exp(logs).sum(axis=1), 1, rtol=1e-5)
