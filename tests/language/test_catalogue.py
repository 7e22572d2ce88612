"""Every sentence of the program has its translation, and each translation has the values of its sentence."""

import re
from collections.abc import Iterable, Iterator

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from guie_desktop.language import LANGUAGES
from tests.language.extraction import messages
from tests.language.update import LANGUAGE, catalogue_path, read_catalogue, updated

TRANSLATED = sorted(path.stem for path in LANGUAGE.glob("*.po"))
OFFERED = sorted(LANGUAGES.keys() - {"en"})
VALUES = re.compile(r"\{(\w*)\}")


def forms_of(text: object) -> list[str]:
    """One form, or those of a plural."""
    return [text] if isinstance(text, str) else [str(form or "") for form in text] if isinstance(text, Iterable) else []


def translations(catalogue: Catalog) -> Iterator[tuple[list[str], list[str]]]:
    return ((forms_of(message.id), forms_of(message.string)) for message in catalogue if message.id)


@pytest.fixture(params=TRANSLATED)
def tag(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def catalogue(tag: str) -> Catalog:
    return read_catalogue(tag)


def untranslated(tag: str) -> list[object]:
    return [
        message.id
        for message in updated(tag, read_catalogue(tag), messages())
        if message.id and not all(forms_of(message.string) or [""])
    ]


def test_a_language_that_is_offered_is_translated_whole() -> None:
    missing = {tag: untranslated(tag) for tag in OFFERED}
    assert not any(missing.values()), "python -m tests.language.update, then translate what is empty"


def test_what_is_not_translated_is_noticed() -> None:
    assert set(OFFERED) <= set(TRANSLATED)
    assert untranslated("fr")  # there is no such catalogue


def test_nothing_is_translated_that_the_code_does_not_say(catalogue: Catalog) -> None:
    said = {(message.text, message.many, message.context) for message in messages()}
    for message in filter(lambda one: one.id, catalogue):
        one, many = (message.id, None) if isinstance(message.id, str) else message.id
        assert (one, many, message.context) in said
        assert not message.fuzzy


def test_a_translation_has_the_values_of_its_sentence(catalogue: Catalog) -> None:
    for forms, told in translations(catalogue):
        wanted = {name for form in forms for name in VALUES.findall(form)}
        for text in filter(None, told):
            assert set(VALUES.findall(text)) | {"number"} == wanted | {"number"}, text


def test_a_translation_ends_as_its_sentence_does(catalogue: Catalog) -> None:
    for forms, told in translations(catalogue):
        for text in filter(None, told):
            for sign in ("…", ":", " "):
                assert text.endswith(sign) == forms[-1].endswith(sign), (forms, text)


def test_what_the_program_reads_is_what_the_translators_wrote(tag: str, catalogue: Catalog) -> None:
    with catalogue_path(tag).with_suffix(".mo").open("rb") as file:
        read = read_mo(file)
    told = [(forms, strings) for forms, strings in translations(catalogue) if all(strings)]
    assert sorted(translations(read)) == sorted(told)


def test_german_leaves_a_space_before_an_ellipsis() -> None:
    told = [text for _, forms in translations(read_catalogue("de")) for text in forms]
    assert [text for text in told if re.search(r"\w…", text)] == []
