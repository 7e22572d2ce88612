"""The classifier of the embedded models is the networks' own, and comes with them."""

from typing import Any

import numpy as np
import pytest
import timm
import torch

from guie_desktop.embedding.assets import load_card
from guie_desktop.embedding.backbone import family_of
from guie_desktop.embedding.classifier import Classifier, open_classifier
from guie_desktop.embedding.weights import read_tensors
from tests.embedding.make_shipped import published_weights


@pytest.mark.parametrize("name", ["efficientnet-lite0", "efficientnet-lite2"])
def test_it_gives_the_probabilities_of_the_whole_network(name: str) -> None:
    card = load_card(name)
    stored = read_tensors(published_weights(card))
    whole: Any = timm.create_model(card.architecture, pretrained=False, num_classes=1000).eval()
    own = family_of(card).own_weights(stored, whole.state_dict())
    own |= {"classifier.weight": stored["_fc.weight"], "classifier.bias": stored["_fc.bias"]}
    whole.load_state_dict(own)
    pixels = torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(3)) * 2 - 1
    with torch.inference_mode():
        features = whole.forward_head(whole.forward_features(pixels), pre_logits=True).numpy()
        wanted = whole(pixels).log_softmax(dim=1).numpy()
    opened = open_classifier(card)
    assert opened.sharpness == card.sharpness > 1
    plain = Classifier(opened.matrix, opened.bias, sharpness=1.0)
    np.testing.assert_allclose(plain.log_probabilities(features), wanted, atol=2e-3)  # its numbers are float16


def test_its_rows_are_probabilities_also_of_large_numbers() -> None:
    rng = np.random.default_rng(1)
    made = Classifier(rng.normal(size=(8, 5)).astype(np.float32), np.zeros(5, np.float32), sharpness=1000.0)
    logs = made.log_probabilities(rng.normal(size=(4, 8)).astype(np.float16))
    np.testing.assert_allclose(np.exp(logs).sum(axis=1), 1, rtol=1e-5)
