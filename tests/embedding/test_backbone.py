"""The backbone key changes with everything that changes a feature, and with nothing else."""

import dataclasses
import importlib
from typing import Any, NoReturn

import pytest

from guie_desktop.embedding.assets import DEFAULT_BEFORE, load_card
from guie_desktop.embedding.backbone import backbone_key, family_of, network_key, without_precision
from guie_desktop.errors import UserError

WEIGHTS = "0" * 64
KEY = backbone_key(load_card(DEFAULT_BEFORE), WEIGHTS, "f32", decode_rule=1)


@pytest.mark.parametrize(
    "change",
    [
        {"architecture": "tf_efficientnet_lite3"},
        {"feature_dimension": 640},
        {"input_size": 288},
        {"resize_mode": "fit"},
        {"interpolation": "bilinear"},
        {"mean": (0.5, 0.5, 0.4)},
        {"std": (0.5, 0.5, 0.4)},
        {"views": ("whole",)},
        {"views": ("centre-70-mirrored", "whole")},
        {"pooling": "maximum"},
        {"largest_enlargement": 1.16},
    ],
    ids=str,
)
def test_it_covers_the_card(change: dict[str, Any]) -> None:
    assert backbone_key(dataclasses.replace(load_card(DEFAULT_BEFORE), **change), WEIGHTS, "f32", decode_rule=1) != KEY


def test_keys_of_libraries_stay_what_they_were() -> None:
    """Else all features would have to be made anew, because of something that a card may say by now."""
    assert KEY == "efficientnet-lite2-bc8c28c40636"


def test_it_covers_weights_precision_and_decode_rule() -> None:
    card = load_card(DEFAULT_BEFORE)
    others = {
        backbone_key(card, WEIGHTS, "bf16", decode_rule=1),
        backbone_key(card, WEIGHTS, "f32", decode_rule=2),
        backbone_key(card, "1" * 64, "f32", decode_rule=1),
    }
    assert len(others | {KEY}) == 4


def test_it_tells_whether_nothing_but_the_precision_differs() -> None:
    card = load_card(DEFAULT_BEFORE)
    keys = {backbone_key(card, WEIGHTS, precision, decode_rule=1) for precision in ("f32", "bf16", "f16")}
    assert len(keys) == 3
    assert {without_precision(key) for key in keys} == {KEY}
    assert without_precision(backbone_key(card, "1" * 64, "bf16", decode_rule=1)) != KEY


def test_words_for_people_do_not_change_it() -> None:
    card = dataclasses.replace(load_card(DEFAULT_BEFORE), title="Another", good_for="Nothing.")
    assert backbone_key(card, WEIGHTS, "f32", decode_rule=1) == KEY


def test_it_is_a_plain_file_name() -> None:
    assert KEY.startswith(f"{DEFAULT_BEFORE}-")
    assert KEY.replace("-", "").isalnum()


def test_the_network_is_converted_again_only_if_what_it_computes_changes() -> None:
    card = load_card(DEFAULT_BEFORE)
    same = dataclasses.replace(card, interpolation="bilinear", views=("whole", "centre-60", "centre-50"))
    assert network_key(same, WEIGHTS) == network_key(card, WEIGHTS)
    assert network_key(dataclasses.replace(card, views=("whole",)), WEIGHTS) != network_key(card, WEIGHTS)
    assert network_key(dataclasses.replace(card, mean=(0.4, 0.5, 0.5)), WEIGHTS) != network_key(card, WEIGHTS)


def test_a_family_that_this_version_lacks_is_the_cards_fault_and_a_missing_package_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    card = load_card(DEFAULT_BEFORE)
    with pytest.raises(UserError, match="family of_tomorrow, which is not there"):
        family_of(dataclasses.replace(card, family="of_tomorrow"))

    def fail(_name: str) -> NoReturn:
        raise ModuleNotFoundError(name="torch")

    monkeypatch.setattr(importlib, "import_module", fail)
    with pytest.raises(ModuleNotFoundError):
        family_of(card)
