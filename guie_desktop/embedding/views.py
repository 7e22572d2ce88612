"""Views: the parts of a photo that the network looks at, by name."""

import re
from dataclasses import dataclass

_NAME = re.compile(r"(whole|centre-(?P<percent>[1-9]\d))(?P<mirrored>-mirrored)?")


@dataclass(frozen=True, slots=True)
class View:
    """A centred part of the picture, possibly mirrored left to right.

    Names: `whole`, `centre-76` (the middle 76 % of width and height), and either with `-mirrored` behind it.
    """

    part: float
    """Share of the width and of the height, above 0 and up to 1."""
    mirrored: bool

    @classmethod
    def named(cls, name: str) -> "View":
        """Read a view's name; ValueError if it is not one."""
        match = _NAME.fullmatch(name)
        if match is None:
            raise ValueError(f"{name!r} is not a view")
        percent = match["percent"]
        return cls(part=int(percent) / 100 if percent else 1.0, mirrored=match["mirrored"] is not None)

    def box(self, width: int, height: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of this view, in pixels of a picture of this size."""
        left, top = width * (1 - self.part) / 2, height * (1 - self.part) / 2
        return left, top, width - left, height - top
