"""Which language is spoken: one for the whole process, chosen before the first sentence is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError

from guie_desktop.language.pseudo import PseudoTranslations

LANGUAGES = {"de": "Deutsch", "en": "English"}
"""What can be chosen: the tag, and the language's name for itself. A catalogue that is not complete is not offered."""
_ENGLISH = Locale("en", "GB")
"""As the code is written: "29 November 2026"."""
PSEUDO = "pseudo"
"""A language that nobody speaks: longer than any, from right to left. By it we see what would not fit."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language with its translations, and the country by which numbers and dates are written."""

    tag: str
    locale: Locale
    translations: NullTranslations
    right_to_left: bool = False


class _Speaker:
    """As with gettext and Qt, what is spoken belongs to the process: sentences are made everywhere in it."""

    language = Language("en", _ENGLISH, NullTranslations())


def speak(*wanted: str) -> Language:
    """From now on speak the first of these that we know, else English; returns it.

    We know what has a catalogue, also one that is not offered yet. Tags are as the system gives them: "de-AT",
    "de_AT", "de"; of the country comes how numbers and dates are written.
    """
    _Speaker.language = _first_known(wanted)
    return _Speaker.language


def spoken() -> Language:
    """The language that is spoken now."""
    return _Speaker.language


def _first_known(wanted: Sequence[str]) -> Language:
    if PSEUDO in wanted:
        return Language(PSEUDO, _ENGLISH, PseudoTranslations(), right_to_left=True)
    for asked in wanted:
        try:
            locale = Locale.parse(asked.replace("-", "_"))
        except (ValueError, UnknownLocaleError):
            continue
        if locale.language == "en":
            return Language("en", locale if locale.territory else _ENGLISH, NullTranslations())
        catalogue = Path(__file__).parent / f"{locale.language}.mo"
        if catalogue.exists():
            with catalogue.open("rb") as file:
                return Language(locale.language, locale, GNUTranslations(file))
    return Language("en", _ENGLISH, NullTranslations())
