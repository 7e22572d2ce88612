"""What a window says in English although the pseudo-language is spoken, which has no plain letter of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QMenu, QWidget

from guie_desktop.language.pseudo import pseudo
from tests.gui.heard import heard
from tests.gui.written import shown_words

_SAY = (
    "text",
    "toolTip",
    "statusTip",
    "whatsThis",
    "accessibleName",
    "accessibleDescription",
    "placeholderText",
    "title",
    "windowTitle",
    "iconText",
    "prefix",
    "suffix",
)
"""Properties that somebody reads."""
_QT_S_OWN = re.compile(r"qt_|_q_")
"""Objects inside of Qt's widgets."""
_MARKUP = re.compile(r"<[^<>]*>|\{\w+\}")
"""Of texts, and of names that are made by a rule."""
_KEYS = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)+\S?\w*|^[A-Z]$")
_WORD = re.compile(r"[^\W\d_]+")
_TWICE = re.compile(r"⟦\u200f?⟦[^⟦⟧]*⟧[· ]*⟧")
"""A text whose translation was translated, and perhaps not found."""
_LEAST_PART = 1
"""Letters of a name that are left when it is shortened."""


@dataclass(frozen=True)
class Kept:
    """What every language keeps: names, of which only a part may be left where there is little room."""

    names: tuple[str, ...]

    @cached_property
    def whole(self) -> "re.Pattern[str]":
        """Finds each of them."""
        return re.compile("|".join(map(re.escape, sorted(self.names, key=len, reverse=True))))

    @cached_property
    def parts(self) -> "tuple[re.Pattern[str], re.Pattern[str]]":
        """Find what is left of one before and after an ellipsis."""
        lengths = [(name, length) for name in self.names for length in range(_LEAST_PART, len(name))]
        lengths.sort(key=lambda one: one[1], reverse=True)
        begins = "|".join(re.escape(name[:length].rstrip()) for name, length in lengths)
        ends = "|".join(re.escape(name[-length:]) for name, length in lengths)
        return re.compile(rf"(?<!\w)(?:{begins})\s?(?=…)"), re.compile(rf"(?<=…)(?:{ends})(?!\w)")


def left_in_english(window: QWidget, kept: Kept) -> list[str]:
    """All texts of a window with English in them, each with where it stands."""
    found = []
    for where, text in set(_texts(window)):
        if words := english_words(text, kept):
            found.append(f"{where}: {text!r} has {', '.join(words)}")
        elif _TWICE.search(text):
            found.append(f"{where}: {text!r} was translated twice")
    return sorted(found)


@lru_cache(maxsize=10_000)
def english_words(text: str, kept: Kept) -> list[str]:
    """The words that the pseudo-language would have written otherwise."""
    plain = unescape(_MARKUP.sub(" ", text))
    if "…" in plain:
        for part in kept.parts:
            plain = part.sub("", plain)
    plain = _KEYS.sub(" ", kept.whole.sub(" ", plain))
    return [word for word in _WORD.findall(plain) if word not in pseudo(word)]


def _texts(window: QWidget) -> Iterator[tuple[str, str]]:
    for thing in (window, *window.findChildren(QObject)):
        if _can_be_seen(thing) and not _QT_S_OWN.match(thing.objectName()):
            yield from ((type(thing).__name__, text) for text in _said_by(thing))
    yield from (
        (f"painted in {type(words.widget).__name__}", text)
        for words in shown_words(window)[1]
        for text in (words.text, words.hint)
    )
    yield from ((one.where, text) for one in heard(window) for text in (one.name, one.told))


def _can_be_seen(thing: QObject) -> bool:
    if isinstance(thing, QWidget):
        return thing.isVisible() or isinstance(thing, QMenu)
    return isinstance(thing, QAction)


def _said_by(thing: QObject) -> Iterator[str]:
    for name in _SAY:
        said = thing.property(name)
        if isinstance(said, str):
            yield said
    if isinstance(thing, QComboBox):
        yield from (thing.itemText(place) for place in range(thing.count()))
    elif isinstance(thing, QHeaderView):
        for section in range(thing.count()):
            yield str(thing.model().headerData(section, thing.orientation()) or "")
    elif isinstance(thing, QAbstractItemView):
        model = thing.model()
        for row in range(model.rowCount()):
            for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                yield str(model.index(row, 0).data(role) or "")
