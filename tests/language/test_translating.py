"""Sentences in the user's language, with the numbers of the user's country; whatever is not known stays English."""

import pickle
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.language import (
    PSEUDO,
    Sentence,
    date_text,
    decimal_text,
    listed,
    moment_text,
    month_text,
    ntr,
    number_text,
    percent_text,
    size_text,
    speak,
    spoken,
    tr,
    tr_in,
    tr_noop,
)
from guie_desktop.language.pseudo import pseudo
from guie_desktop.sentences import as_stored, from_stored


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    speak("en")


def test_english_is_what_the_code_says() -> None:
    assert tr("Open") == tr_noop("Open") == tr_in("a verb", "Open") == "Open"
    assert tr("{number} of {total}", number=3, total=1204) == "3 of 1,204"
    assert [ntr("{number} photo", "{number} photos", number) for number in (0, 1, 1204)] == [
        "0 photos",
        "1 photo",
        "1,204 photos",
    ]
    assert tr("") == ""
    assert speak("en").locale == speak().locale
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert tr("a {brace} of nobody") == "a {brace} of nobody"


def test_german_has_its_words_and_numbers() -> None:
    assert speak("de-AT", "en").locale.territory == "AT"
    speak("de")
    assert ntr("{number} photo", "{number} photos", 1) == "1 Foto"
    assert ntr("{number} photo", "{number} photos", 1204) == "1.204 Fotos"
    assert decimal_text(3.4, 2) == "3,40"
    assert size_text(3.44e6) == "3,4 MB"
    assert percent_text(0.871) == "87\xa0%"
    assert date_text(date(2026, 3, 1)) == "1. März 2026"
    assert month_text(date(2026, 3, 1)) == "März 2026"
    assert listed(["a", "b", "c"]) == "a, b und c"


@pytest.mark.parametrize("wanted", [(), ("tlh",), ("", "!"), ("fr_FR", "zz-ZZ-zz")])
def test_of_what_is_not_known_english_is_left(wanted: tuple[str, ...]) -> None:
    assert speak(*wanted).tag == "en"


def test_the_first_language_that_is_known_is_spoken() -> None:
    assert speak("fr", "de-DE", "en").tag == "de"
    assert spoken().tag == "de"


@given(number=st.integers(-(10**12), 10**12), name=st.text(max_size=20))
def test_what_comes_from_the_worker_is_said_in_the_users_language(number: int, name: str) -> None:
    sent = Sentence("{number} in {place}", number=number, place=Sentence("folder {name}", name=name))
    came = pickle.loads(pickle.dumps(sent))
    assert came == sent == f"{number:,} in folder {name}"
    assert tr(came) == f"{number_text(number)} in folder {name}"
    speak(PSEUDO)
    try:
        assert tr(came) == pseudo("{number} in {place}").format(
            number=number_text(number), place=pseudo("folder {name}").format(name=name)
        )
    finally:
        speak("en")


def test_a_day_in_a_sentence_is_told_in_the_users_language() -> None:
    sent = Sentence("There is no copy of {day}.", day=date(2026, 3, 1))
    assert sent == "There is no copy of 1 March 2026."
    speak("de")
    assert tr(sent) == "Es gibt keine Kopie vom 1. März 2026."


@given(number=st.integers(), name=st.text(max_size=20))
def test_what_the_catalog_kept_is_said_in_the_users_language(number: int, name: str) -> None:
    kept = Sentence("{number} in {place}", number=number, place=Sentence("folder {name}", name=name))
    came = from_stored(as_stored(kept))
    assert isinstance(came, Sentence)
    assert (came, came.template, came.values) == (kept, kept.template, kept.values)


@pytest.mark.parametrize("text", ["The file is empty.", "", "{brace"])
def test_what_earlier_versions_kept_is_read_as_it_is(text: str) -> None:
    assert from_stored(text) == as_stored(text) == as_stored(Sentence(text)) == text


@pytest.mark.parametrize("text", ["Open", "{number} photos", "<b>Bold</b> and {name}", "a &amp; b"])
def test_the_pseudo_language_is_longer_and_keeps_what_is_no_word(text: str) -> None:
    made = pseudo(text)
    assert len(made) > len(text)
    for kept in ("{number}", "{name}", "<b>", "</b>", "&amp;"):
        assert (kept in made) == (kept in text)


def test_the_pseudo_language_grows_by_two_fifths() -> None:
    assert len(pseudo("a" * 100)) == 143


@pytest.mark.parametrize("text", ["{number}", " · ", "{a} / {b}", ""])
def test_the_pseudo_language_leaves_what_has_no_letters(text: str) -> None:
    assert pseudo(text) == text


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 kB"),
        (48_200, "48 kB"),
        (999_900, "1 MB"),
        (3_440_000, "3.4 MB"),
        (9_960_000, "10 MB"),
        (813e6, "813 MB"),
        (999.9e6, "1.0 GB"),
        (3.512e9, "3.5 GB"),
    ],
)
def test_sizes_are_in_the_unit_that_people_use(size: float, words: str) -> None:
    assert size_text(size) == words


def test_a_share_is_told_in_whole_percents() -> None:
    assert [percent_text(share) for share in (0.002, 0.871, 0.9999, 12.5)] == ["0%", "87%", "100%", "1,250%"]


def test_a_moment_is_told_by_the_users_clock_and_in_his_language() -> None:
    speak("de")
    assert "März 2020" in moment_text(1_584_000_000.0)


@pytest.mark.parametrize(
    ("seconds", "year"),
    [(10_414_008_000, "2300"), (-11_676_096_000, "1600"), (2**63 / 1e9, "2262"), (-(2**63) / 1e9, "1677"), (1e18, "")],
)
def test_a_moment_that_no_clock_has_shown_is_told_or_left_out(seconds: float, year: str) -> None:
    told = moment_text(seconds)
    assert year in told
    assert bool(told) == bool(year)
