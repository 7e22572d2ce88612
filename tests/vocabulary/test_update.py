"""How names are taken from WordNet, on a WordNet of a few nouns; and that what is shipped has timm's classes."""

from pathlib import Path

import pytest

from guie_desktop.search.vocabulary import imagenet_vocabulary
from tests.vocabulary import update
from tests.vocabulary.update import WordNet, class_offsets, english_things, kinds_of_others

LICENCE = "  1 This software and database is being provided to you\n"
NOUNS = """\
00000001 03 n 01 plant 0 000 | a living thing
00017222 03 n 01 plant 0 000 | a living thing
00000002 05 n 02 dog 0 domestic_dog 0 001 @ 00000009 n 0000 | barks
00000003 05 n 01 pug 0 001 @ 00000002 n 0000 | a small one
00000004 05 n 03 wolf 0 head 0 grey_wolf 0 001 @ 00000009 n 0000 | howls
00000005 05 n 01 terrier 0 001 @ 00000002 n 0000 | digs
00000006 05 n 01 Rex 0 001 @ 00000002 n 0000 | a name
00000007 05 n 01 tulip 0 001 @ 00017222 n 0000 | blooms
00000009 05 n 01 animal 0 000 | moves
11669921 05 n 01 flower 0 001 @ 00017222 n 0000 | blooms
"""
SENSES = """\
animal n 1 0 1 0 00000009
dog n 1 1 @ 1 0 00000002
domestic_dog n 1 1 @ 1 0 00000002
flower n 1 1 @ 1 0 11669921
grey_wolf n 1 1 @ 1 0 00000004
head n 5 1 @ 5 0 00000001 00000002 00000003 00000009 00000004
plant n 2 0 2 0 00000001 00017222
pug n 1 1 @ 1 0 00000003
rex n 1 1 @ 1 0 00000006
terrier n 1 1 @ 1 0 00000005
tulip n 1 1 @ 1 0 00000007
wolf n 1 1 @ 1 0 00000004
"""


@pytest.fixture
def wordnet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WordNet:
    for name, text in (("data.noun", NOUNS), ("index.noun", SENSES)):
        (tmp_path / name).write_text(LICENCE + text)
    (tmp_path / "noun.exc").write_text("wolves wolf\n")
    monkeypatch.setattr(update, "class_offsets", lambda: ["00000003", "00000005", "00000004"])
    monkeypatch.setattr(update, "named_things", lambda: ["00000003", "00000005", "00000004", "00000002", "11669921"])
    return WordNet(tmp_path)


def test_things_have_their_names_and_the_classes_below_them(wordnet: WordNet) -> None:
    assert english_things(wordnet) == [
        "00000003\t0\tpug",
        "00000005\t1\tterrier",
        "00000004\t2\twolf/wolves, grey wolf",  # a head is seldom a wolf
        "00000002\t0-1\tdog, domestic dog",
        "11669921\t\tflower",
    ]


def test_other_words_lead_to_their_kind_and_plants_to_flowers(
    wordnet: WordNet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "named_things", lambda: ["00000002", "11669921"])
    assert kinds_of_others(wordnet) == ["00000002\tpug, terrier", "11669921\tplant, tulip"]


def test_what_is_shipped_has_the_classes_of_every_classifier() -> None:
    things = {thing.offset: thing for thing in imagenet_vocabulary().things}
    for number, offset in enumerate(class_offsets()):
        assert number in things[offset].classes
