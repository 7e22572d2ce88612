"""Values: dataclasses that never change, made in a quarter of the time that the standard library takes."""

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["dataclass"]

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass  # the one that mypy knows: nobody assigns to what is frozen
else:
    import dataclasses

    def dataclass(*, frozen: bool = False, slots: bool = False, eq: bool = True) -> Callable[[type[T]], type[T]]:
        """As that of the standard library, which compiles six methods for each frozen class: a sixth of the start.

        Here one is compiled, and the others are the same for all. That it is frozen is held by mypy, not at run time.
        """

        def made(cls: type[T]) -> type[T]:
            if not frozen:
                return dataclasses.dataclass(slots=slots, eq=eq)(cls)
            value = dataclasses.dataclass(slots=slots, eq=False, repr=False)(cls)
            for name, method in (_SHARED | _BY_VALUE if eq else _SHARED).items():
                setattr(value, name, method)
            if eq:
                value._compared = staticmethod(_getter([field.name for field in fields(value) if field.compare]))
            return value

        return made


def _getter(names: list[str]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda _: ()


def _are_equal(one: Any, other: Any) -> Any:
    if other.__class__ is not one.__class__:
        return NotImplemented
    return one._compared(one) == one._compared(other)


def _hash(one: Any) -> int:
    return hash(one._compared(one))


def _shown(one: Any) -> str:
    said = ", ".join(f"{field.name}={getattr(one, field.name)!r}" for field in fields(one) if field.repr)
    return f"{type(one).__qualname__}({said})"


_SHARED = {"__repr__": _shown}
_BY_VALUE = {"__eq__": _are_equal, "__hash__": _hash}
