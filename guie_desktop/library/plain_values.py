"""Frozen dataclasses as JSON and back, whatever became of the text or of the class meanwhile."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

_LARGEST = 2**63
"""SQLite takes no larger numbers."""
_FURTHEST = 6e10
"""Seconds from 1970 that all calendars have; no other fraction that is kept is larger."""


def as_json(value: object) -> str:
    """One line in ASCII: what a dataclass, or each of a tuple, says other than what it says by itself."""
    return json.dumps(_plain(value))


def record(kind: type[T], text: str) -> T:
    """One of this dataclass, all of whose fields have defaults, with what of the text is of the right kind."""
    made: T = _record(kind, parsed(text))
    return made


def records(kind: type[T], text: str) -> tuple[T, ...]:
    """Those of this dataclass that a list holds, each as `record` makes it; none where the text is no list."""
    stored = loaded(text)
    return tuple(_fitting(kind, stored)) if isinstance(stored, list) else ()


def parsed(text: str) -> dict[str, Any]:
    """What the text says as JSON, where that is an object; nothing else."""
    stored = loaded(text)
    return stored if isinstance(stored, dict) else {}


def loaded(text: str) -> object:
    """What the text says as JSON; None where it is none."""
    try:
        stored: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return stored


def _plain(value: Any) -> object:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Path):
        return str(value)
    if not is_dataclass(value):
        return value
    said = {field.name: getattr(value, field.name) for field in fields(value)}
    return {field.name: _plain(said[field.name]) for field in fields(value) if said[field.name] != field.default}


def _record(kind: Any, stored: Mapping[str, object]) -> Any:
    hints = get_type_hints(kind)
    known: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in stored:
            known.update((field.name, one) for one in _fitting(hints[field.name], [stored[field.name]]))
    return kind(**known)


def _fitting(kind: Any, values: list[object]) -> Iterator[Any]:
    """Those of the values that are of this kind."""
    for value in values:
        try:
            yield _value(kind, value)
        except ValueError:
            continue


def _value(kind: Any, value: object) -> Any:
    """The value as one of this kind; of a list, what of it is. ValueError where it is none."""
    if is_dataclass(kind) and isinstance(value, dict):
        return _record(kind, value)
    origin, kinds = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        for one in kinds:
            for fitting in _fitting(one, [value]):
                return fitting
    elif origin is tuple and isinstance(value, list):
        if kinds[-1] is Ellipsis:
            return tuple(_fitting(kinds[0], value))
        return tuple(_value(one, part) for one, part in zip(kinds, value, strict=True))
    elif origin is Literal and isinstance(value, str) and value in kinds:
        return value
    return _simple(kind, value)


def _simple(kind: Any, value: Any) -> Any:
    if kind is Path and isinstance(value, str) and value and "\0" not in value:
        os.fsencode(value)  # else it is the name of no file
        return Path(value)
    if kind is str and isinstance(value, str):
        value.encode()  # else SQLite does not take it
        return value
    if kind is float and type(value) in (int, float) and abs(value) < _FURTHEST:
        return float(value)
    if kind in (int, bool, NoneType) and type(value) is kind and abs(value or 0) < _LARGEST:
        return value
    raise ValueError(value)
