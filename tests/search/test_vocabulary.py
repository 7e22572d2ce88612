"""What users type is understood in two languages, and what is not known leads to what is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.search.vocabulary import Thing, Vocabulary, folded, imagenet_vocabulary

WORDS = imagenet_vocabulary()
EVERY_FORM = sorted(
    {
        (form, thing.offset)
        for thing in WORDS.things
        for names in thing.names.values()
        for forms in names
        for form in forms
    }
)
OF_OFFSET = {thing.offset: thing for thing in WORDS.things}


def classes_of(text: str) -> set[int]:
    return {number for part in WORDS.understand(text).parts for number in part.classes}


def nearest(text: str) -> list[str]:
    return [thing.name("en") for thing in WORDS.nearest(text)]


def test_every_class_has_a_name_in_each_language() -> None:
    for language in ("en", "de"):
        named = {number for thing in WORDS.things if language in thing.names for number in thing.classes}
        assert named == set(range(1000))
    assert WORDS.class_count == 1000


@given(form=st.sampled_from(EVERY_FORM), change=st.sampled_from((str, str.upper, str.lower, str.title)))
def test_every_name_is_understood_whatever_its_case(form: tuple[str, str], change: type[str]) -> None:
    name, offset = form
    assert classes_of(change(name)) >= set(OF_OFFSET[offset].classes)
    assert not WORDS.understand(change(name)).unknown


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("banana", "bananas"),
        ("Granny Smith", "granny smiths"),
        ("bell pepper", "bell peppers"),
        ("strawberry", "Strawberries"),
        ("church", "churches"),
        ("fox", "foxes"),
        ("wolf", "wolves"),
        ("goose", "geese"),
        ("bus", "buses"),
        ("Apfel", "Äpfel"),
        ("Äpfel", "aepfel"),
        ("Leuchtturm", "Leuchttürme"),
        ("Hund", "Hunde"),
        ("dog", "Hund"),
        ("zucchini", "courgette"),
        ("T-shirt", "t shirts"),
    ],
)
def test_singular_and_plural_english_and_german_mean_the_same(one: str, several: str) -> None:
    assert classes_of(one) == classes_of(several) != set()


def test_a_kind_is_all_of_its_classes() -> None:
    assert classes_of("poodle") < classes_of("dog") < classes_of("animal")
    assert classes_of("fruit") >= classes_of("banana") | classes_of("lemon")
    assert not classes_of("fruit") & classes_of("dog")


def test_a_word_of_two_meanings_means_both() -> None:
    bird, machine = (classes_of(word) for word in ("Kranich", "Kran"))
    assert classes_of("crane") == bird | machine


def test_several_names_in_a_text_are_several_parts_and_the_longest_counts() -> None:
    understood = WORDS.understand("photos of a dog on the beach")
    assert [part.words for part in understood.parts] == ["dog", "beach"]
    assert not understood.unknown
    assert [part.words for part in WORDS.understand("bell pepper").parts] == ["bell pepper"]
    assert [part.words for part in WORDS.understand("dogs and dog and Hunde").parts] == ["dogs"]


def test_what_is_not_known_is_told_beside_what_is() -> None:
    understood = WORDS.understand("red bananas")
    assert [part.words for part in understood.parts] == ["bananas"]
    assert understood.unknown == ("red",)
    assert WORDS.understand("") == WORDS.understand("the of, and!")


@pytest.mark.parametrize(
    ("text", "thing"),
    [("tulip", "flower"), ("puppies", "dog"), ("bananna", "banana"), ("Gartenstuhl", "chair"), ("cherry", "fruit")],
)
def test_an_unknown_word_leads_to_the_nearest_that_is_known(text: str, thing: str) -> None:
    assert thing in nearest(text) or classes_of(text)
    if not classes_of(text):
        assert thing == nearest(text)[0]


@given(text=st.text(max_size=60))
def test_any_text_is_taken_apart_into_words_of_its_own(text: str) -> None:
    understood = WORDS.understand(text)
    said = folded(text).split()
    assert all(set(folded(word).split()) <= set(said) for word in understood.unknown)
    assert all(set(folded(part.words).split()) <= set(said) for part in understood.parts)
    assert len(WORDS.nearest(text)) <= 4


def test_the_names_to_choose_from_are_those_of_the_language_each_once() -> None:
    english, german = WORDS.names("en"), WORDS.names("de")
    assert "lighthouse" in english
    assert "Leuchtturm" in german
    assert "Leuchttürme" not in german
    assert len(set(german)) == len(german)
    assert WORDS.names("tlh") == []


def test_what_has_no_name_in_a_language_is_called_in_english() -> None:
    only_english = Thing("1", (0,), {"en": (("ox", "oxen"),)})
    assert only_english.name("de") == "ox"
    assert Vocabulary([only_english]).called("Oxen") == (only_english,)
