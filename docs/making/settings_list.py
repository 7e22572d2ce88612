"""The page of settings: those that the window offers, and those that it remembers by itself."""

import ast
import inspect
from dataclasses import fields
from typing import Any

from guie_desktop import settings
from guie_desktop.settings import Settings

_INTRODUCTION = """\
# Settings

<!-- picture: settings, The page of settings -->

`Ctrl+,` opens the page of settings. Each change takes effect at once, and that of the language at the next start. What
is said here of processor cores is said for a computer that has eight. The [command line](command-line.md) sets what
belongs to a library as well: `poll`, `smallest`, `videos`, `skip`, `processor`, `battery`, `cache`, `library`,
`folder watch`, and `index --raw-beside-jpeg`.
"""
_REMEMBERED = """\
## What the window remembers by itself

In `settings.json`, in the folder that [Privacy](../privacy.md) names. It can be removed while the program is closed;
then all of this is as it was at first.

| name | at first | meaning |
| --- | --- | --- |"""


def settings_page(told: dict[str, Any]) -> str:
    """The page in Markdown, of what the window told and of what is kept."""
    parts = [_INTRODUCTION]
    for section, rows in told["settings"].items():
        lines = "\n".join(_line(*row) for row in rows)
        parts.append(f"## {section}\n\n| setting | choices | meaning |\n| --- | --- | --- |\n{lines}")
    meanings = _meanings()
    lines = "\n".join(f"| `{one.name}` | {_shown(one.default)} | {meanings[one.name]} |" for one in fields(Settings))
    return "\n\n".join([*parts, f"{_REMEMBERED}\n{lines}"]) + "\n"


def _line(title: str, choices: list[str], sentences: list[str]) -> str:
    if len(sentences) > 1 and any(sentences):
        meaning = "<br>".join(f"**{choice}**: {said}" for choice, said in zip(choices, sentences, strict=True))
    else:
        meaning = "".join(sentences[:1])
    return f"| {title} | {', '.join(choices)} | {meaning.replace(chr(10), ' ')} |"


def _meanings() -> dict[str, str]:
    """The sentence below each field of the settings, which Python does not keep."""
    body = next(
        node.body
        for node in ast.parse(inspect.getsource(settings)).body
        if isinstance(node, ast.ClassDef) and node.name == Settings.__name__
    )
    said = {}
    for field, below in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            is_text = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
            said[field.target.id] = " ".join(str(below.value.value).split()) if is_text else ""  # type: ignore[attr-defined]
    return said


def _shown(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case str() if value:
            return f"`{value}`"
        case _:
            return ""
