"""What is said in English below the window, so that the window can say it in the user's language."""

from __future__ import annotations

import json
from datetime import date
from typing import Any


class Sentence(str):
    """A sentence with values in it: as a text it is English, and it remembers what it was made of.

    `Sentence("{number} photos are in {folder}.", number=1204, folder=path)` is "1,204 photos are in …" everywhere, and
    `language.tr` of it says the same with the user's words, numbers and dates. Values may be sentences as well.
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> Sentence:
        """Fill in the values; a text without any is taken as it is, and so is a sentence."""
        if isinstance(template, Sentence):
            return template
        english = {name: _english(value) for name, value in values.items()}
        sentence = super().__new__(cls, template.format(**english) if values else template)
        sentence.template, sentence.values = template, values
        return sentence

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), self.values


def as_stored(text: str) -> str:
    """A text to be kept where only texts can be, as it was made, so that it can be translated when it is read."""
    return text if _is_plain(text) else json.dumps(_stored(text), ensure_ascii=False)


def from_stored(stored: str) -> str:
    """The same text again; earlier versions of the program kept the English as it is."""
    return _restored(json.loads(stored)) if stored.startswith(_BEGIN) else stored


_BEGIN = '{"sentence": '


def _is_plain(text: str) -> bool:
    return not (isinstance(text, Sentence) and text.values)


def _stored(value: object) -> object:
    if isinstance(value, Sentence):
        return {"sentence": value.template, "values": {name: _stored(one) for name, one in value.values.items()}}
    return value if isinstance(value, int) else str(value)


def _restored(stored: Any) -> Any:
    if not isinstance(stored, dict):
        return stored
    return Sentence(stored["sentence"], **{name: _restored(one) for name, one in stored["values"].items()})


def tr_noop(text: str) -> str:
    """Mark a text that is translated where it is shown; the catalogue of translations finds it by this."""
    return text


def _english(value: object) -> str:
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return f"{value:,}" if isinstance(value, int) else str(value)
