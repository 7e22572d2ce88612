"""The language of the window: its sentences, numbers and dates; the source is English, the translations lie beside.

`tr` and `ntr` translate what is written in the code. What comes from the worker is English (`sentences.Sentence`, or a
plain text), and is translated where it is shown, by `tr` as well. `python -m tests.language.update` brings the
catalogues (`de.po`) up to date with the code; `tests/language` holds them complete.
"""

from guie_desktop.language.formats import (
    date_text,
    decimal_text,
    either,
    listed,
    moment_text,
    month_text,
    number_text,
    percent_text,
    short_date_text,
    size_text,
    weekday_text,
    year_text,
)
from guie_desktop.language.spoken import LANGUAGES, PSEUDO, Language, speak, spoken
from guie_desktop.language.translating import ntr, tr, tr_in
from guie_desktop.sentences import Sentence, tr_noop

__all__ = [
    "LANGUAGES",
    "PSEUDO",
    "Language",
    "Sentence",
    "date_text",
    "decimal_text",
    "either",
    "listed",
    "moment_text",
    "month_text",
    "ntr",
    "number_text",
    "percent_text",
    "short_date_text",
    "size_text",
    "speak",
    "spoken",
    "tr",
    "tr_in",
    "tr_noop",
    "weekday_text",
    "year_text",
]
