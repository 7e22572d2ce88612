"""Text as the words that it is found by: without accents and case, one language as the other."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_SPACELESS = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # kana and Chinese signs
)
"""Signs of writings that put nothing between words: each is a word, and several are found as a phrase."""
_WORD = re.compile(rf"[{_SPACELESS}]|\d+|[^\W\d_{_SPACELESS}]+")
_LETTER_OF_NO_WORD = {"Mn", "Me", "Cf"}

SHORTEST_ENDING = 4
"""Letters of what is found at the end of a longer word."""
_COMPOUND = 7
"""Letters from which on a word may be made of others: Hausboot."""
_LONGEST_COMPOUND = 40


def words_in(text: str) -> list[str]:
    """All words of a text, in their order; a number is one, also where letters touch it."""
    return _WORD.findall(_plain(text))


def endings(words: Iterable[str]) -> Iterator[str]:
    """All that long words end with, so that "baum" is found in "Weihnachtsbaum"; each once."""
    known: set[str] = set()
    for word in words:
        if _COMPOUND <= len(word) <= _LONGEST_COMPOUND and word.isalpha():
            for start in range(1, len(word) - SHORTEST_ENDING + 1):
                ending = word[start:]
                if ending not in known:
                    known.add(ending)
                    yield ending


def _plain(text: str) -> str:
    """In small letters, without accents: "Größe" and "GROSSE" are one, and so are "ﬁ" and "fi"."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in apart if unicodedata.category(sign) not in _LETTER_OF_NO_WORD)
    # Hangul is put together again, that a syllable stays a letter.
    return unicodedata.normalize("NFC", letters).casefold()
