"""Actions of the window: a name, its keys, and the group under which menus and the list of keys show them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

Group = Literal["Library", "Edit", "View", "Photos", "Large view", "Albums", "Search", "Help"]
GROUPS: tuple[Group, ...] = ("Library", "Edit", "View", "Photos", "Large view", "Albums", "Search", "Help")
"""Each is a menu of the window, in this order."""

_GROUP, _HINT, _APART = "group", "keys_hint", "apart"


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
    hint: str = "",
    apart: bool = False,
) -> QAction:
    """An action of this widget's; `done` is called when it is triggered.

    `hint` is what the list of keys says where that is more than the action's own keys, such as keys that a widget
    takes for it, or that mean something else elsewhere. A new section of its menu begins with one `apart`.
    """
    action = QAction(text, owner)
    action.setMenuRole(QAction.MenuRole.NoRole)  # else macOS moves what is called Settings or About elsewhere
    set_keys(action, *keys)
    action.setProperty(_GROUP, group)
    action.setProperty(_HINT, hint)
    action.setProperty(_APART, apart)
    if done is not None:
        action.triggered.connect(lambda _checked: done())
    owner.addAction(action)
    return action


def set_keys(action: QAction, *keys: str) -> None:
    """Give an action these keys and no others."""
    action.setShortcuts([QKeySequence(key) for key in keys])


def of_group(actions: Sequence[QAction], group: Group) -> list[QAction]:
    """Those of one group, in the order in which they were made."""
    return [action for action in actions if action.property(_GROUP) == group]


def is_apart(action: QAction) -> bool:
    """Whether a new section of the menu begins with it."""
    return bool(action.property(_APART))


def listed_keys(actions: Sequence[QAction]) -> Iterator[Keys]:
    """What the list of keys says of these actions; nothing of those that no key triggers."""
    for action in actions:
        group, keys = action.property(_GROUP), told_keys(action)
        if group and keys:
            yield Keys(group, action.iconText().rstrip("…"), keys)


def told_keys(action: QAction) -> str:
    """The keys of an action in words, as the desktop writes them; empty where it has none."""
    return action.property(_HINT) or _keys_of(action)


def _keys_of(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    keys = [shortcut.toString(native) for shortcut in action.shortcuts()]
    # The keypad has a Return of its own, which nobody needs to be told.
    return " or ".join(key for key in keys if not key.endswith("Enter"))
