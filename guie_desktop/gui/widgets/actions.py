"""Actions of the window: a name, its keys, and the group under which the list of keys shows them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

Group = Literal["Search", "Photos", "Large view", "Albums", "Window"]
GROUPS: tuple[Group, ...] = ("Search", "Photos", "Large view", "Albums", "Window")

_GROUP, _HINT = "group", "keys_hint"


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
) -> QAction:
    """An action of this widget's; `done` is called when it is triggered.

    `hint` is what the list of keys says where that is more than the action's own keys, such as keys that a widget
    takes for it, or that mean something else elsewhere.
    """
    action = QAction(text, owner)
    set_keys(action, *keys)
    action.setProperty(_GROUP, group)
    action.setProperty(_HINT, hint)
    if done is not None:
        action.triggered.connect(lambda _checked: done())
    owner.addAction(action)
    return action


def set_keys(action: QAction, *keys: str) -> None:
    """Give an action these keys and no others."""
    action.setShortcuts([QKeySequence(key) for key in keys])


def listed_keys(actions: Sequence[QAction]) -> Iterator[Keys]:
    """What the list of keys says of these actions; nothing of those that no key triggers."""
    for action in actions:
        group, keys = action.property(_GROUP), action.property(_HINT) or _keys_of(action)
        if group and keys:
            yield Keys(group, action.iconText().rstrip("…"), keys)


def _keys_of(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    keys = [shortcut.toString(native) for shortcut in action.shortcuts()]
    # The keypad has a Return of its own, which nobody needs to be told.
    return " or ".join(key for key in keys if not key.endswith("Enter"))
