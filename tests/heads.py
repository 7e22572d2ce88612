"""Heads that tests make up."""

from typing import Any

import numpy as np

from guie_desktop.arrays import Floats
from guie_desktop.embedding.general_head import GeneralHead, HeadOrigin
from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.embedding.weight_curve import WeightCurve
from guie_desktop.learned import Quality

ALBUM_NAMES = ("Anna's paintings", "Münzen 🪙", "C:\\Users\\anna\\Coins")


def some_general_head(cutoff: float | None = 0.25) -> GeneralHead:
    """Of four numbers to two."""
    rng = np.random.default_rng(3)
    mean, matrix = rng.normal(size=4).astype(np.float32), rng.normal(size=(4, 2)).astype(np.float32)
    return GeneralHead("mine 🍐", Projection.of(4, mean=mean, matrix=matrix), cutoff, 17)


def trained_head(backbone_key: str, projection: Projection, **changes: Any) -> GeneralHead:
    """A general head as a study makes it for all libraries that use this backbone."""
    origin = HeadOrigin(
        backbone_key, ("groceries", "cars 🚗"), classes=81, photos=2640, preset="study", date="2026-11-30"
    )
    parts: dict[str, Any] = {
        "name": "study",
        "projection": projection,
        "cutoff": 0.625,
        "fitted_on": 2640,
        "even_chance": 0.75,
        "steepness": 22.5,
        "origin": origin,
    }
    return GeneralHead(**parts | changes)


def some_personal_head(**changes: Any) -> PersonalHead:
    """Of six numbers to four, with three albums; its numbers survive being stored.

    The changes are of the head, or of the mean, matrix and bias in it.
    """
    rng = np.random.default_rng(5)

    def numbers(*shape: int) -> Floats:
        return rng.normal(size=shape).astype(np.float16).astype(np.float32)

    linear: dict[str, Any] = {"mean": numbers(6), "matrix": numbers(6, 4), "bias": numbers(4)}
    linear |= {part: changes.pop(part) for part in linear if part in changes}
    parts: dict[str, Any] = {
        "backbone_key": "lite-0123",
        "title": "Version 3, from Anna.head",
        "projection": Projection(**linear),
        "centres": unit_rows(numbers(3, 4)),
        "weighting": WeightCurve(0.6, 2.0),
        "belonging": 0.25,
        "cutoff": 0.5,
        "steepness": 9.5,
        "midpoint": 0.125,
        "photos": 77,
        "expands": True,
        "recipe": {"loss": "sub-center-arcface", "dimension": 4, "shrinkage": 0.4},
        "before": Quality(0.5, 0.6, 0.45, 0.55, 1.0),
        "after": Quality(0.7, 0.8, 0.65, 0.75, 0.98),
        "names": ALBUM_NAMES,
    }
    return PersonalHead(**parts | changes)


def matrix_of(projection: Projection) -> Floats:
    """The matrix of a projection that is not the identity."""
    assert projection.matrix is not None
    return projection.matrix
