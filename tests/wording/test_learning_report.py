"""The sentences about what came of learning: word for word, for they are read by people and by scripts."""

from typing import get_args

import pytest

from guie_desktop.learned import Advice, AdviceKind, Outcome, Reason, TooFewPhotos
from guie_desktop.wording.learning_report import advice_text, left_out_text, reason_text

MOVED = "69% of the five nearest photos are in the same album, instead of 39%"
REASONS = {
    "better": f"It finds the photos of your albums better: in a test, {MOVED}.",
    "not clearly better": f"It finds the photos of your albums no better: in a test, {MOVED}, which may be chance. The "
    "photos of an album may have too little in common, or be in the wrong albums.",
    "worse": f"It finds the photos of your albums worse: in a test, {MOVED}.",
    "nothing to gain": "The general ranking finds your albums as well as can be; there is nothing to gain.",
    "unseen worse": f"It finds your albums better ({MOVED}), but albums that it has not seen worse (by 10% of the "
    "five nearest).",
    "unlabelled ranked anew": "It finds your albums better, but photos that are in no album would be ranked anew: only "
    "40% of their nearest would stay.",
    "too few queries": f"There are too few photos to tell: only 8 could be used for the test, and {MOVED}.",
    "no queries": "There is nothing to test with: in every album all photos show one scene.",
    "no split": "Too few photos can be held back for a test, or those of each album all show one scene.",
}
ADVICE = {
    "more photos": "Add photos to your albums: ten or more in each are better.",
    "more photos in": "More photos would help most in A and B.",
    "confused": "“A” is often taken for “B”. Are some photos in the wrong album?",
    "other occasions": "Add photos of the same things from other occasions.",
    "other occasions in": "A and B could not be tested: add photos of other occasions.",
    "left out": "A and B were left out: an album needs 3 photos.",
}


@pytest.mark.parametrize("outcome", get_args(Outcome))
def test_every_outcome_has_its_sentence(outcome: Outcome) -> None:
    assert reason_text(Reason(outcome, 0.39, 0.69, unseen_loss=0.1, agreement=0.4, queries=8)) == REASONS[outcome]


@pytest.mark.parametrize("kind", get_args(AdviceKind))
def test_every_advice_has_its_sentence(kind: AdviceKind) -> None:
    assert advice_text(Advice(kind, ("A", "B"))) == ADVICE[kind]


def test_lists_of_albums_are_read_aloud_and_long_ones_cut() -> None:
    def left_out(count: int) -> str:
        return advice_text(Advice("left out", tuple(f"album {number}" for number in range(count))))

    assert left_out(1) == "album 0 was left out: an album needs 3 photos."
    assert left_out(3) == "album 0, album 1 and album 2 were left out: an album needs 3 photos."
    assert left_out(7) == "album 0, album 1, album 2, album 3 and 3 more were left out: an album needs 3 photos."


def test_why_an_album_is_not_learned() -> None:
    assert left_out_text(TooFewPhotos(1)) == "It has 1 photo; put 2 more into it."
    assert left_out_text(TooFewPhotos(0)) == "It has 0 photos; put 3 more into it."


def test_sentences_of_earlier_versions_stay_as_they_are() -> None:
    assert [text("As it was.") for text in (reason_text, advice_text, left_out_text)] == ["As it was."] * 3
