"""A language that is made by rule, by which is seen what is not translated, and what would not fit."""

import re
from gettext import NullTranslations

_KEPT = re.compile(r"(\{\w*\}|<[^<>]*>|&\w+;)")
"""Values, markup and entities, which translators keep as well."""
_LETTERS = str.maketrans("AaCcEeGgIiLlNnOoRrSsTtUuWwYyZz", "ÅåÇçÉéĜĝÎîĽľÑñÖöŘřŠšŢţÛûŴŵÝýŽž")
_LONGER = 0.4
"""By which share a text grows; German and Finnish do so in short ones."""
_FILLING = "······· "
"""Again and again, as words that are as long as words are."""
OPENED, CLOSED = "\u200f⟦", "⟧"
"""Around each text: whole where both are seen, and one text where there is one of each. The first letter, which is not
seen, is one that is read from right to left."""


def pseudo(text: str) -> str:
    """The text with strange letters and longer, its values and markup as they are: "⟦Öpéñ··⟧"."""
    parts = _KEPT.split(text)
    length = sum(len(part) for part in parts[::2])
    if not any(letter.isalpha() for part in parts[::2] for letter in part):
        return text
    parts[::2] = [part.translate(_LETTERS) for part in parts[::2]]
    return f"{OPENED}{''.join(parts)}{(_FILLING * length)[: max(1, round(length * _LONGER))]}{CLOSED}"


class PseudoTranslations(NullTranslations):
    """Translations by that rule."""

    def gettext(self, message: str) -> str:
        """The text in this language."""
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for that number."""
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """The text in this language."""
        return pseudo(message)
