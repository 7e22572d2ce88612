"""The models to choose from: what is told of each, in which order, and which one suits a machine."""

from pathlib import Path

import numpy as np
import pytest

from guie_desktop.embedding.assets import DEFAULT_MODEL, list_cards, load_card
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace import model_catalog
from guie_desktop.workspace.model_catalog import list_models, recommended
from guie_desktop.workspace.open_library import WritableLibrary
from guie_desktop.workspace.speed_benchmark import Power, photos_per_second
from tests.stored_photos import store_photos

CARDS = list_cards()


def test_all_models_are_told_the_one_in_use_first_then_the_pending_one(paths: LibraryPaths, tmp_path: Path) -> None:
    with WritableLibrary(paths) as library:
        store_photos(library.backbone.features, np.eye(3, 704, dtype=np.float32), tmp_path)
        library.plan_switch("siglip-b-16-224")
        states = list_models(library, measure=False)
    assert {state.name for state in states} == {card.name for card in CARDS}
    first, second, *rest = states
    assert (first.name, first.in_use, first.installed, first.embedded) == (DEFAULT_MODEL, True, True, 3)
    assert (second.name, second.pending, second.installed, second.embedded) == ("siglip-b-16-224", True, False, 0)
    assert not any(state.in_use or state.pending or state.embedded for state in rest)
    assert not any(state.recommended or state.photos_per_second for state in states)


def test_the_best_that_is_fast_enough_is_recommended_or_else_the_embedded_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_catalog, "choose_device", lambda _wanted: "cpu")
    assert recommended(CARDS, {card.name: 0.1 for card in CARDS}) == DEFAULT_MODEL
    best = recommended(CARDS, {card.name: 100.0 for card in CARDS})
    assert best != DEFAULT_MODEL
    assert recommended(CARDS, {card.name: 0.1 if card.name == best else 100.0 for card in CARDS}) not in (
        best,
        DEFAULT_MODEL,
    )


def test_a_faster_machine_is_recommended_a_larger_backbone() -> None:
    cards = [load_card(name) for name in (DEFAULT_MODEL, "siglip-b-16-224", "siglip-so400m-14-384")]
    names = []
    for power in (5.0, 100.0, 50_000.0):
        names.append(
            recommended(cards, {card.name: photos_per_second(card, Power(power, power, power)) for card in cards})
        )
    assert names == [DEFAULT_MODEL, "siglip-b-16-224", "siglip-so400m-14-384"]


def test_the_speed_follows_from_what_the_machine_does_in_networks_of_that_kind() -> None:
    one_view, several = load_card("siglip-b-16-224"), load_card(DEFAULT_MODEL)
    exact = load_card("efficientnet-lite2")
    assert photos_per_second(one_view, Power(17.7, 1e-9, 1e-9)) == pytest.approx(1 / 1.02)
    assert photos_per_second(exact, Power(1e-9, len(exact.views) * exact.gflops, 1e-9)) == pytest.approx(1 / 1.02)
    assert photos_per_second(several, Power(1e-9, 1e-9, len(several.views) * several.gflops)) == pytest.approx(1 / 1.02)
    assert photos_per_second(one_view, None) == 0
