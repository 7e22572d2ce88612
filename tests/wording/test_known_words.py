"""What is said of an answer by names."""

from dataclasses import replace

from guie_desktop.asking import Answer
from guie_desktop.wording.known_words import knowledge

ANSWER = Answer((), "lite", "classes", 0.1, nothing_similar=True, model_title="Lite")


def said(known: tuple[str, ...], unknown: tuple[str, ...] = ()) -> list[str]:
    return [str(sentence) for sentence in knowledge(replace(ANSWER, known=known, unknown=unknown, knows=1000))]


def test_names_that_are_known_are_told_and_those_that_are_not() -> None:
    assert knowledge(ANSWER) == []
    assert said(("lighthouse",)) == ["Lite knows 1,000 things by name; “lighthouse” is one of them."]
    assert said(("dog", "beach"), ("red",)) == [
        "Lite knows 1,000 things by name; “dog, beach” are among them.",
        "It does not know “red”.",
    ]
