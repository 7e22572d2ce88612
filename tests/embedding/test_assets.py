"""Model cards are read strictly, and every card that the program carries can be used."""

import pytest

from guie_desktop.embedding.assets import DEFAULT_MODEL, list_cards, load_card, parse_card
from guie_desktop.embedding.backbone import family_of
from guie_desktop.errors import UserError
from guie_desktop.paths import shipped


def default_text() -> str:
    return (shipped("model_assets") / f"{DEFAULT_MODEL}.toml").read_text(encoding="utf-8")


def test_the_default_comes_first_and_all_cards_name_a_family_that_exists() -> None:
    cards = list_cards()
    assert cards[0].name == DEFAULT_MODEL
    assert len({card.name for card in cards}) == len(cards)
    for card in cards:
        assert family_of(card)


@pytest.mark.parametrize("name", ["no-such-model", "../pyproject", "", "efficientnet-lite2.toml"])
def test_an_unknown_model_is_the_users_mistake_and_the_known_ones_are_told(name: str) -> None:
    with pytest.raises(UserError) as told:
        load_card(name)
    assert DEFAULT_MODEL in told.value.remedy


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"whole"', '"upside-down"'),
        ('resize_mode = "squash"', 'resize_mode = "stretchy"'),
        ('knows = "imagenet-1k"', 'knows = "everything"'),
        ("shipped_sha256 = ", "# shipped_sha256 = "),
        ('"bicubic"', '"magic"'),
        ("input_size = 260", 'input_size = "260"'),
        ("input_size = 260", "input_size = 0"),
        ('views = ["whole", "centre-70-mirrored", "centre-60"]', "views = []"),
        ("mean = [0.5, 0.5, 0.5]", "mean = [0.5]"),
        ("input_size = 260", ""),
        ("input_size = 260", "input_size = 260\nsurprise = 1"),
        ("input_size = 260", "input_size = = 260"),
        ("largest_enlargement = 1.16", "largest_enlargement = 0.9"),
    ],
)
def test_a_card_with_a_mistake_is_refused(before: str, after: str) -> None:
    assert before in default_text()
    with pytest.raises(UserError, match="cannot be used"):
        parse_card("mine", default_text().replace(before, after))


def test_a_family_from_a_later_version_is_named() -> None:
    card = parse_card("mine", default_text().replace('"efficientnet_lite"', '"telepathy"'))
    with pytest.raises(UserError, match="telepathy"):
        family_of(card)
