"""A picture of values between 0 and 1, as groups of bars with error bars; drawn with Pillow alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]

_WIDTH = 1600
_MARGIN = 60
_LEFT, _RIGHT = 440, 1440
"""Where 0 and 1 are."""
_BAR, _NEXT_BAR, _NEXT_GROUP = 24, 30, 22
_TITLE, _TEXT, _SMALL = 34, 24, 21
_HEAD = 130
"""Of a panel: its title and the legend."""
_FOOT = 100
"""Of a panel: the numbers of the scale, and room."""
_SWATCH = 20
_CAP = 7
_INK, _FAINT, _GRID, _PAPER = (33, 37, 43), (101, 109, 120), (224, 228, 233), (255, 255, 255)
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """A value, with the ends of its error bar."""

    series: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Panel:
    """Named groups of bars under one title."""

    title: str
    measure: str
    """What the values are."""
    groups: Sequence[tuple[str, Sequence[Bar]]]

    @property
    def series(self) -> list[str]:
        """What there are bars of, in the order in which they come."""
        return list(dict.fromkeys(bar.series for _, bars in self.groups for bar in bars))

    @property
    def plot_height(self) -> int:
        """In pixels, of the groups alone."""
        return sum(len(bars) * _NEXT_BAR + _NEXT_GROUP for _, bars in self.groups)


def draw_chart(panels: Sequence[Panel], colours: Mapping[str, Colour], notes: Sequence[str]) -> Image.Image:
    """The panels one below the other, then the notes; `colours` are those of the series."""
    heights = [_HEAD + panel.plot_height + _FOOT for panel in panels]
    height = 2 * _MARGIN + sum(heights) + len(notes) * (_SMALL + 10)
    picture = Image.new("RGB", (_WIDTH, height), _PAPER)
    pen = ImageDraw.Draw(picture)
    top = _MARGIN
    for panel, its_height in zip(panels, heights, strict=True):
        _draw_panel(pen, panel, top, colours)
        top += its_height
    for number, note in enumerate(notes):
        pen.text((_MARGIN, top + number * (_SMALL + 10)), note, _FAINT, _font(_SMALL))
    return picture


def _draw_panel(pen: ImageDraw.ImageDraw, panel: Panel, top: int, colours: Mapping[str, Colour]) -> None:
    pen.text((_MARGIN, top), panel.title, _INK, _font(_TITLE))
    _draw_legend(pen, panel.series, top + _TITLE + 36, colours)
    top += _HEAD
    bottom = top + panel.plot_height
    _draw_scale(pen, top, bottom)
    pen.text((_RIGHT + 24, top), panel.measure, _FAINT, _font(_SMALL), anchor="lb")
    for name, bars in panel.groups:
        top += _NEXT_GROUP // 2
        middle = top + (len(bars) * _NEXT_BAR - (_NEXT_BAR - _BAR)) // 2
        pen.text((_LEFT - 24, middle), name, _INK, _font(_TEXT), anchor="rm")
        for bar in bars:
            _draw_bar(pen, bar, top, colours[bar.series])
            top += _NEXT_BAR
        top += _NEXT_GROUP // 2
    pen.line((_LEFT, bottom - panel.plot_height, _LEFT, bottom), _FAINT, 2)


def _draw_legend(pen: ImageDraw.ImageDraw, series: Sequence[str], top: int, colours: Mapping[str, Colour]) -> None:
    left = float(_LEFT)
    for name in series:
        pen.rectangle((left, top, left + _SWATCH, top + _SWATCH), colours[name])
        pen.text((left + _SWATCH + 12, top + _SWATCH / 2), name, _INK, _font(_TEXT), anchor="lm")
        left += _SWATCH + 12 + pen.textlength(name, _font(_TEXT)) + 44


def _draw_scale(pen: ImageDraw.ImageDraw, top: int, bottom: int) -> None:
    for tick in _TICKS:
        pen.line((_across(tick), top, _across(tick), bottom + 8), _GRID, 2)
        pen.text((_across(tick), bottom + 16), f"{tick:.1f}", _FAINT, _font(_SMALL), anchor="ma")


def _draw_bar(pen: ImageDraw.ImageDraw, bar: Bar, top: int, colour: Colour) -> None:
    middle = top + _BAR // 2
    pen.rectangle((_LEFT, top, _across(bar.value), top + _BAR - 1), colour)
    low, high = _across(bar.low), _across(bar.high)
    pen.line((low, middle, high, middle), _INK, 2)
    for end in (low, high):
        pen.line((end, middle - _CAP, end, middle + _CAP), _INK, 2)
    pen.text((_RIGHT + 24, middle), f"{bar.value:.3f}", _INK, _font(_TEXT), anchor="lm")


def _across(value: float) -> int:
    return round(_LEFT + value * (_RIGHT - _LEFT))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
