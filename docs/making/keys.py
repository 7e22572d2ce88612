"""The page of keys and commands, made from the window's own actions."""

import re
from typing import Any

_WITH = r"(?:(?:Ctrl|Alt|Shift)\+)*"
_ONE = r"Page Up|Page Down|F\d+|Return|Delete|Esc|Menu|Left|Right|\b[A-Z0-9]\b|[+/-]|(?<=\+)(?:,|wheel)"
_KEY = re.compile(f"({_WITH}(?:{_ONE}))")
_INTRODUCTION = """\
# Keys and commands

`F1` shows this list in the window, in your language; on a Mac, ⌘ stands for Ctrl. `Ctrl+K` finds each command by a few
letters of its name, also those that have no key.
"""


def key_page(told: dict[str, Any]) -> str:
    """The page in Markdown, of what the window told."""
    parts = [_INTRODUCTION]
    for group, commands in told["commands"].items():
        lines = [f"| {what} | {_kept(keys)} |" for of, what, keys in told["keys"] if of == group]
        have_keys = {what for of, what, _ in told["keys"] if of == group}
        without = [name for name in commands if name.rstrip("… ") not in have_keys]
        parts += [f"## {group}", "\n".join(["| command | keys |", "| --- | --- |", *lines])]
        if without:
            parts.append(f"Without a key: {', '.join(f'*{name}*' for name in without)}")
    return "\n\n".join(parts) + "\n"


def _kept(keys: str) -> str:
    """Each key as it is written on the keyboard; what stands between them is text."""
    return _KEY.sub(r"<kbd>\1</kbd>", keys).replace("|", r"\|")
