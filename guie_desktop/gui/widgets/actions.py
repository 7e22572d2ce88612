"""Actions of the window: a name, its keys, and the group under which menus and the list of keys show them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from guie_desktop.language import either, tr, tr_noop

Group = Literal["Library", "Edit", "View", "Photos", "Large view", "Albums", "Search", "Help"]
_NAMES: Mapping[Group, str] = {
    "Library": tr_noop("Library"),
    "Edit": tr_noop("Edit"),
    "View": tr_noop("View"),
    "Photos": tr_noop("Photos"),
    "Large view": tr_noop("Large view"),
    "Albums": tr_noop("Albums"),
    "Search": tr_noop("Search"),
    "Help": tr_noop("Help"),
}
GROUPS: tuple[Group, ...] = tuple(_NAMES)
"""Each is a menu of the window, in this order."""

_GROUP, _HINT, _APART, _LAST, _LISTED = "group", "keys_hint", "apart", "last", "listed"


@dataclass(frozen=True, slots=True)
class Keys:
    """A line of the list of keys."""

    group: Group
    what: str
    keys: str


def make_action(
    owner: QWidget,
    group: Group,
    text: str,
    done: Callable[[], object] | None = None,
    *,
    keys: Sequence[str] = (),
    shown: str = "",
    hint: str = "",
    apart: bool = False,
    last: bool = False,
    listed: bool = True,
) -> QAction:
    """An action of this widget's; `done` is called when it is triggered.

    `shown` is a key that widgets take themselves: menus and the list of keys tell it, and the action leaves it to them.
    `hint` is what the list of keys says where that is more than the action's own keys, such as keys that a widget
    takes for it, or that mean something else elsewhere. A new section of its menu begins with one `apart`. The `last`
    of a group is below those that come later. What is not `listed` has a line with others of its kind there.
    """
    action = QAction(text, owner)
    action.setMenuRole(QAction.MenuRole.NoRole)  # else macOS moves what is called Settings or About elsewhere
    set_keys(action, *keys)
    if shown:
        set_keys(action, shown)
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetShortcut
        )  # of the window itself, which never has the keyboard
    action.setProperty(_GROUP, group)
    action.setProperty(_HINT, hint)
    action.setProperty(_APART, apart)
    action.setProperty(_LAST, last)
    action.setProperty(_LISTED, listed)
    if done is not None:
        action.triggered.connect(lambda _checked: done())
    owner.addAction(action)
    return action


def set_keys(action: QAction, *keys: str) -> None:
    """Give an action these keys and no others."""
    action.setShortcuts([QKeySequence(key) for key in keys])


def group_name(group: Group) -> str:
    """What the menu of a group is called."""
    return tr(_NAMES[group])


def of_group(actions: Sequence[QAction], group: Group) -> list[QAction]:
    """Those of one group, in the order in which they were made, and at the end what is to be the last."""
    found = [action for action in actions if action.property(_GROUP) == group]
    return sorted(found, key=lambda action: bool(action.property(_LAST)))


def is_apart(action: QAction) -> bool:
    """Whether a new section of the menu begins with it."""
    return bool(action.property(_APART))


def listed_keys(actions: Sequence[QAction]) -> Iterator[Keys]:
    """What the list of keys says of these actions; nothing of those that no key triggers."""
    for action in actions:
        group, keys = action.property(_GROUP), told_keys(action)
        if group and keys and action.property(_LISTED):
            yield Keys(group, action.iconText().rstrip("… "), keys)


def told_keys(action: QAction) -> str:
    """The keys of an action in words, as the desktop writes them; empty where it has none."""
    return action.property(_HINT) or _keys_of(action)


def _keys_of(action: QAction) -> str:
    # The keypad has a Return of its own, which nobody needs to be told.
    keys = [key for key in action.shortcuts() if not key.toString().endswith("Enter")]
    return either(map(key_text, keys))


def key_text(key: QKeySequence) -> str:
    """What is written on the keyboard: "Ctrl+A", "Strg+A", "⌘A"."""
    return key.toString(QKeySequence.SequenceFormat.NativeText)
