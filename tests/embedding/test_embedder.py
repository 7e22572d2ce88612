"""Pictures become features: the right pixels reach the network, and both runtimes agree on what comes out."""

import dataclasses
import socket
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import skimage.data
import torch
from numpy.typing import NDArray
from PIL import Image

from guie_desktop.embedding.assets import ModelCard, load_card
from guie_desktop.embedding.embedder import Embedder, open_embedder
from guie_desktop.embedding.frozen_network import FrozenNetwork
from guie_desktop.embedding.torch_runtime import TorchRuntime
from guie_desktop.errors import UserError
from guie_desktop.paths import LibraryPaths
from tests.embedding.make_shipped import reference_network

pytestmark = pytest.mark.slow


class Answers:
    """A runtime that answers what it was told to."""

    photos_at_once = 1

    def __init__(self, features: object) -> None:
        self._features = np.array(features, dtype=np.float32)

    def run(self, photos: NDArray[np.uint8]) -> NDArray[np.float32]:
        return self._features[np.newaxis]


def card_with(*views: str, **changes: Any) -> ModelCard:
    return dataclasses.replace(load_card("efficientnet-lite2"), views=views, **changes)


def opened(models_folder: Path, threads: int = 1, **chosen: Any) -> Embedder:
    return open_embedder(load_card("efficientnet-lite2"), "key", LibraryPaths(models_folder.parent), threads, **chosen)


def embedder_of(card: ModelCard, features: object = ()) -> Embedder:
    return Embedder(card, "key", Answers(features))


@pytest.fixture(scope="module")
def embedder(models_folder: Path) -> Embedder:
    return opened(models_folder, 2)


def test_openvino_agrees_with_torch(embedder: Embedder) -> None:
    photos = [Image.fromarray(getattr(skimage.data, name)()) for name in ("chelsea", "coffee", "rocket")]
    prepared = [embedder.prepare(photo) for photo in photos]
    fast = embedder.embed(prepared)
    reference = Embedder(embedder.card, embedder.key, TorchRuntime(reference_network(embedder.card))).embed(prepared)
    assert fast.shape == (3, embedder.dimension)
    assert fast.dtype == np.float32
    lengths = np.linalg.norm(fast, axis=1) * np.linalg.norm(reference, axis=1)
    assert ((fast * reference).sum(axis=1) / lengths > 0.9999).all()


def test_a_feature_does_not_depend_on_its_neighbours(embedder: Embedder) -> None:
    prepared = [embedder.prepare(Image.fromarray(getattr(skimage.data, name)())) for name in ("chelsea", "coffee")]
    together = embedder.embed(prepared)
    np.testing.assert_array_equal(together[1], embedder.embed(prepared[1:])[0])
    assert embedder.embed([]).shape == (0, embedder.dimension)


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (2, 3), (260, 260), (4000, 3000)])
def test_pictures_of_any_size_give_finite_features(embedder: Embedder, size: tuple[int, int]) -> None:
    prepared = embedder.prepare(Image.new("RGB", size, (200, 30, 90)))
    assert prepared.shape == (len(embedder.card.views), 260, 260, 3)
    assert np.abs(prepared.astype(int) - (200, 30, 90)).max() <= 1
    assert np.isfinite(embedder.embed([prepared])).all()


class Pixels(torch.nn.Flatten):
    """A backbone whose feature is what it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.register_parameter("unused", torch.nn.Parameter(torch.zeros(1)))


def test_the_network_sees_values_between_minus_one_and_one() -> None:
    card = card_with("whole", input_size=2)
    picture = Image.new("RGB", (2, 2), (0, 255, 51))
    runtime = TorchRuntime(FrozenNetwork(card, Pixels()))
    seen = runtime.run(embedder_of(card).prepare(picture)[np.newaxis])
    np.testing.assert_allclose(seen[0], [[-1] * 4 + [1] * 4 + [-0.6] * 4], atol=1e-6)


def test_each_view_has_one_vote() -> None:
    embedder = embedder_of(card_with("whole", "centre-76", feature_dimension=2), [[300, 0], [0, 0.01]])
    np.testing.assert_allclose(embedder.embed([np.empty(0, np.uint8)]), [[0.5, 0.5]])


def test_a_zero_feature_stays_zero() -> None:
    embedder = embedder_of(card_with("whole", "centre-76", feature_dimension=2), [[0, 0], [0, 0]])
    np.testing.assert_array_equal(embedder.embed([np.empty(0, np.uint8)]), [[0, 0]])


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_features_that_are_not_finite_are_a_bug(bad: float) -> None:
    embedder = embedder_of(card_with("whole", feature_dimension=2), [[bad, 1]])
    with pytest.raises(RuntimeError, match="finite"):
        embedder.embed([np.empty(0, np.uint8)])


def test_nothing_leaves_the_computer(models_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    monkeypatch.setattr(socket.socket, "sendto", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    embedder = opened(models_folder)
    embedder.embed([embedder.prepare(Image.new("RGB", (64, 48)))])


def test_a_precision_that_does_not_exist_is_refused(models_folder: Path) -> None:
    with pytest.raises(UserError, match="f7"):
        opened(models_folder, precision="f7")


def test_what_does_not_fit_the_memory_is_halved_until_it_does() -> None:
    class Small(Pixels):
        def forward(self, pixels: torch.Tensor) -> torch.Tensor:
            if len(pixels) > 6:
                raise torch.OutOfMemoryError
            return super().forward(pixels)

    card = card_with("whole", "centre-50", input_size=2)
    runtime = TorchRuntime(FrozenNetwork(card, Small()))
    photos = np.random.default_rng(0).integers(0, 255, (11, 2, 2, 2, 3), np.uint8)
    expected = TorchRuntime(FrozenNetwork(card, Pixels())).run(photos)
    np.testing.assert_array_equal(runtime.run(photos), expected)
    assert runtime.find_batch_size(2, 2) <= 3


@pytest.mark.parametrize("at", ["the weights", "a single photo"])
def test_what_the_memory_of_a_gpu_does_not_hold_runs_on_the_processor(
    embedder: Embedder, models_folder: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    class TooLarge(Pixels):
        def forward(self, pixels: torch.Tensor) -> torch.Tensor:
            raise torch.OutOfMemoryError

    def load(card: ModelCard, _weights: Path, device: str, precision: str) -> TorchRuntime:
        assert (device, precision) == ("cuda", "f16")
        if at == "the weights":
            raise torch.OutOfMemoryError
        return TorchRuntime(FrozenNetwork(card, TooLarge()))

    monkeypatch.setattr(TorchRuntime, "load", load)
    monkeypatch.setattr("guie_desktop.embedding.runtime.cpu_capabilities", lambda: ("FP32",))
    prepared = [embedder.prepare(Image.fromarray(skimage.data.chelsea()))]
    features = opened(models_folder, 2, device="cuda", precision="f16").embed(prepared)
    np.testing.assert_allclose(features, embedder.embed(prepared), rtol=1e-5, atol=1e-6)
