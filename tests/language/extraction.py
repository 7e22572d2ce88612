"""Finds in the code what is to be translated."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "guie_desktop"
_CARDS = PACKAGE.parent / "model_assets"
_ONE = {"tr", "tr_noop", "Sentence"}
"""Functions whose first argument is translated."""
_ERRORS = {"UserError", "UnreadablePhoto", "NoRoom", "NothingPasses", "DamagedLibrary", "of_system", "Failed"}
"""Errors for the user: what happened, and what to do."""
_ERROR_WORDS = ("title", "remedy")


@dataclass(frozen=True, slots=True)
class Message:
    """A text to be translated, and where it stands."""

    place: str
    text: str
    many: str | None = None
    context: str | None = None


class Unreadable(Exception):
    """Something is to be translated that the code does not say in one piece."""


def messages() -> list[Message]:
    """All that the window says, in the order of its files; the command line speaks English."""
    paths = sorted(path for path in PACKAGE.rglob("*.py") if "cli" not in path.parts)
    return [*_messages_of_cards(), *(message for path in paths for message in _messages_of(path))]


def _messages_of_cards() -> Iterator[Message]:
    """What each model is good for."""
    for path in sorted(_CARDS.glob("*.toml")):
        yield Message(f"{_CARDS.name}/{path.name}", tomllib.loads(path.read_text(encoding="utf-8"))["good_for"])


def _messages_of(path: Path) -> Iterator[Message]:
    where = path.relative_to(PACKAGE.parent).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield from messages_in(node, where)


def messages_in(call: ast.Call, where: str) -> Iterator[Message]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = f"{where}:{call.lineno}"
    if name in _ONE and call.args:
        text = _text(call.args[0], place)
        if text is not None:
            yield Message(where, text)
    elif name == "ntr" and len(call.args) >= 2:
        one, many = (_text(argument, place) for argument in call.args[:2])
        if one is not None and many is not None:
            yield Message(where, one, many=many)
    elif name == "tr_in" and len(call.args) >= 2:
        context, text = (_text(argument, place) for argument in call.args[:2])
        if context is not None and text is not None:
            yield Message(where, text, context=context)
    elif name in _ERRORS:
        said = [*call.args[:2], *(word.value for word in call.keywords if word.arg in _ERROR_WORDS)]
        yield from (Message(where, text) for argument in said if (text := _text(argument, place)))


def _text(argument: ast.expr, place: str) -> str | None:
    """The text itself; None where it is a name for one, which is marked elsewhere."""
    match argument:
        case ast.Constant(value=str(text)):
            return text
        case ast.IfExp(body=ast.Name() | ast.Call(), orelse=ast.Name() | ast.Call()):
            return None
        case ast.JoinedStr() | ast.BinOp() | ast.IfExp():
            raise Unreadable(f"{place}: what is translated has to be one text, with its values as {{names}}")
        case _:
            return None
