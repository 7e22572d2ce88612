"""What is to be translated is found wherever it is said, and has to be one text."""

import ast

import pytest

from tests.language.extraction import Message, Unreadable, messages_in


def found(code: str) -> list[Message]:
    call = ast.parse(code).body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    return list(messages_in(call.value, "a.py"))


@pytest.mark.parametrize(
    ("code", "messages"),
    [
        ("tr('Open')", [Message("a.py", "Open")]),
        ("tr('One ' 'text {x}', x=1)", [Message("a.py", "One text {x}")]),
        ("ntr('{number} a', '{number} b', n)", [Message("a.py", "{number} a", many="{number} b")]),
        ("tr_in('a verb', 'Open')", [Message("a.py", "Open", context="a verb")]),
        ("UnreadablePhoto('What.', 'Do.')", [Message("a.py", "What."), Message("a.py", "Do.")]),
        ("errors.UserError(title, remedy='Do.')", [Message("a.py", "Do.")]),
        ("tr(NAMES[kind])", []),
        ("UserError(one if b else Sentence(y))", []),
        ("print('Open')", []),
    ],
)
def test_what_is_said_is_found(code: str, messages: list[Message]) -> None:
    assert found(code) == messages


@pytest.mark.parametrize("code", ["tr(f'{x} photos')", "tr('a' + b)", "tr('a' if b else 'c')", "UserError(f'{x}')"])
def test_what_is_glued_cannot_be_translated(code: str) -> None:
    with pytest.raises(Unreadable, match=r"a\.py:1"):
        found(code)
