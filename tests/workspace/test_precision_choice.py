"""Faster numbers are taken only where they rank photos the same."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from guie_desktop.embedding.assets import DEFAULT_MODEL, ModelCard, load_card
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace import precision_choice
from guie_desktop.workspace.open_library import WritableLibrary
from guie_desktop.workspace.precision_choice import fastest_precision, ranking_overlap
from tests.drawing import save_photos
from tests.running import index_folder

pytestmark = pytest.mark.slow

CHANCE = np.random.default_rng(0)


def test_overlap_is_one_for_the_same_ranking_and_small_for_chance() -> None:
    features = CHANCE.standard_normal((60, 16)).astype(np.float32)
    lengths = CHANCE.uniform(1, 9, (60, 1)).astype(np.float32)
    assert ranking_overlap(features, features * lengths, 10) == 1
    assert ranking_overlap(features, CHANCE.standard_normal((60, 16)).astype(np.float32), 10) < 0.4


@pytest.mark.parametrize(
    "case",
    [(0.0, 0.2, "bf16"), (0.0, 0.9, "f32"), (0.5, 0.2, "f32")],
    ids=["fast and faithful", "hardly faster", "unfaithful"],
)
def test_a_processor_with_bf16_is_tried(
    paths: LibraryPaths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[float, float, str],
) -> None:
    noise, seconds, expected = case
    # What such a processor would answer: this machine may not be one.
    exact = CHANCE.standard_normal((24, 16)).astype(np.float32)

    def answer(
        library: WritableLibrary, card: ModelCard, pictures: Sequence[Image.Image], precision: str
    ) -> tuple[NDArray[np.float32], float]:
        assert len(pictures) == 24
        if precision == "f32":
            return exact, 1.0
        return exact + noise * CHANCE.standard_normal(exact.shape).astype(np.float32), seconds

    save_photos(tmp_path / "photos", 24)
    index_folder(paths, tmp_path / "photos")
    monkeypatch.setattr(precision_choice, "cpu_capabilities", lambda: ("FP32", "BF16"))
    monkeypatch.setattr(precision_choice, "device_of", lambda _card, _wanted: "cpu")
    with WritableLibrary(paths) as library:
        assert fastest_precision(library, load_card("siglip-b-16-224"), answer) == expected
        assert fastest_precision(library, load_card(DEFAULT_MODEL), answer) == "f32"
