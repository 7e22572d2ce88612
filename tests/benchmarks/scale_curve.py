"""How what takes time grows with a library, as a picture: both axes by powers of ten, and an exponent for each line.

    python -m tests.benchmarks.scale_curve PICTURE TABLE... [--without NAME]

Each TABLE is a JSON object of one size of library, {"photos": 100000, "batch, window": 3.1, ...}, in milliseconds, as
at_scale.py and jobs_at_scale.py leave with --json; several of one size are put together. The exponent is that of the
steepest step between two sizes that both take longer than a millisecond: 1 is linear.
"""

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

Curve = dict[int, float]
"""Photos to milliseconds."""

_WIDTH, _HEIGHT = 1600, 1100
_LEFT, _RIGHT, _TOP, _BOTTOM = 140, 1080, 60, 1000
_LINE = 28
_LEAST = 0.01
"""Milliseconds, below which all is as good as nothing."""
_TELLING = 1.0
_COLOURS = (
    "#3e8664",
    "#de9242",
    "#5c83ba",
    "#9684b5",
    "#b0525c",
    "#6d7a3b",
    "#3d8f9c",
    "#7a5a40",
    "#8a8f98",
    "#c477a9",
)
_INK, _FAINT, _GRID = "#21252b", "#656d78", "#e0e4e9"


def curves(tables: Sequence[Mapping[str, float]], without: Sequence[str]) -> dict[str, Curve]:
    """By name, of what was measured at two sizes or more, but for what is left out."""
    found: dict[str, Curve] = {}
    for table in tables:
        for name, value in table.items():
            if name not in ("photos", *without):
                found.setdefault(name, {})[round(table["photos"])] = value
    return {name: dict(sorted(curve.items())) for name, curve in found.items() if len(curve) > 1}


def steepest(curve: Curve) -> float | None:
    """The largest exponent of growth; None where nothing takes long enough to tell."""
    points = [(photos, value) for photos, value in curve.items() if value >= _TELLING]
    steps = [math.log(two[1] / one[1]) / math.log(two[0] / one[0]) for one, two in pairwise(points)]
    return max(steps, default=None)


def draw(found: Mapping[str, Curve]) -> Image.Image:
    """A line for each curve, with its name beside its end."""
    sizes = sorted({photos for curve in found.values() for photos in curve})
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])
    values = [max(value, _LEAST) for curve in found.values() for value in curve.values()]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(21)

    def place(photos: float, value: float) -> tuple[float, float]:
        across = (math.log10(photos) - first) / (last - first)
        up = (math.log10(max(value, _LEAST)) - low) / (high - low)
        return _LEFT + across * (_RIGHT - _LEFT), _BOTTOM - up * (_BOTTOM - _TOP)

    for power in range(low, high + 1):
        height = place(sizes[0], 10.0**power)[1]
        pen.line((_LEFT, height, _RIGHT, height), _GRID, 2)
        pen.text((_LEFT - 16, height), f"{10.0**power:g} ms", _FAINT, font, anchor="rm")
    for photos in sizes:
        left = place(photos, 10.0**low)[0]
        pen.line((left, _TOP, left, _BOTTOM), _GRID, 2)
        pen.text((left, _BOTTOM + 14), f"{photos:,}", _FAINT, font, anchor="ma")
    pen.text(((_LEFT + _RIGHT) / 2, _BOTTOM + 52), "photos", _FAINT, font, anchor="ma")
    named = float(_TOP)
    slowest = sorted(found, key=lambda name: -list(found[name].values())[-1])
    for number, name in enumerate(slowest):
        colour = _COLOURS[number % len(_COLOURS)]
        points = [place(photos, value) for photos, value in found[name].items()]
        pen.line(points, colour, 4)
        for x, y in points:
            pen.ellipse((x - 5, y - 5, x + 5, y + 5), colour)
        below = len(slowest) - 1 - number
        named = min(max(points[-1][1], named + _LINE), _BOTTOM - below * _LINE)
        pen.line((points[-1], (_RIGHT + 40, named)), colour, 1)
        exponent = steepest(found[name])
        grows = "" if exponent is None else f"  (grows as n^{exponent:.1f})"
        pen.text((_RIGHT + 48, named), f"{name}{grows}", _INK, font, anchor="lm")
    return picture


def main() -> None:
    """As the user says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("picture", type=Path)
    parser.add_argument("tables", type=Path, nargs="+", metavar="TABLE")
    parser.add_argument("--without", action="append", default=[], metavar="NAME")
    asked = parser.parse_args()
    found = curves([json.loads(table.read_text()) for table in asked.tables], asked.without)
    draw(found).quantize(64).save(asked.picture, optimize=True)
    for name, curve in sorted(found.items()):
        exponent = steepest(curve)
        told = "    -" if exponent is None else f"{exponent:5.2f}"
        print(f"{told}  {name:28} {'  '.join(f'{photos:,}: {value:,.1f}' for photos, value in curve.items())}")


if __name__ == "__main__":
    main()
