"""What is said in English below the window, so that the window can say it in the user's language."""

from __future__ import annotations

from typing import Any


class Sentence(str):
    """A sentence with values in it: as a text it is English, and it remembers what it was made of.

    `Sentence("{number} photos are in {folder}.", number=1204, folder=path)` is "1,204 photos are in …" everywhere, and
    `language.tr` of it says the same with the user's words and numbers. Values may be sentences as well.
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> Sentence:
        """Fill in the values."""
        sentence = super().__new__(cls, template.format(**{name: _english(value) for name, value in values.items()}))
        sentence.template, sentence.values = template, values
        return sentence

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), self.values


def tr_noop(text: str) -> str:
    """Mark a text that is translated where it is shown; the catalogue of translations finds it by this."""
    return text


def _english(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
