"""Sentences of the code in the user's language."""

from datetime import date

from guie_desktop.language.formats import date_text, number_text
from guie_desktop.language.spoken import spoken
from guie_desktop.sentences import Sentence


def tr(text: str, /, **values: object) -> str:
    """A text in the user's language, with its values: whole numbers and days as the country writes them.

    The text is the English of the code, in full and in one piece, since other languages have another order:
    `tr("{number} of {total} photos", number=3, total=1204)`. It may come from elsewhere: from the worker, from the
    catalog, or from a constant that `tr_noop` marks. What is in no catalogue stays as it is.
    """
    if isinstance(text, Sentence):
        return _filled(spoken().translations.gettext(text.template), text.values)
    return _filled(spoken().translations.gettext(text) if text else "", values)


def ntr(one: str, many: str, number: int, /, **values: object) -> str:
    """The same where the sentence depends on a number, which stands in it as `{number}`.

    `ntr("{number} photo", "{number} photos", 1)`. Languages have one to six forms; the number chooses.
    """
    return _filled(spoken().translations.ngettext(one, many, number), {"number": number, **values})


def tr_in(context: str, text: str, /, **values: object) -> str:
    """The same for a word that has several meanings, with a hint which one it is: `tr_in("a verb", "Open")`."""
    return _filled(spoken().translations.pgettext(context, text), values)


def _filled(text: str, values: dict[str, object]) -> str:
    return text.format(**{name: _said(value) for name, value in values.items()}) if values else text


def _said(value: object) -> str:
    if isinstance(value, Sentence):
        return tr(value)
    if isinstance(value, date):
        return date_text(value)
    return number_text(value) if isinstance(value, int) else str(value)
