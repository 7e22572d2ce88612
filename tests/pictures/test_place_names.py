"""Places are called by what is nearest on the globe, and the sea is called nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.noted import Coordinates
from guie_desktop.pictures.place_names import Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ((48.137, 11.575), "Munich, Bavaria, Germany"),
        ((59.913, 10.75), "Oslo, Norway"),
        ((41.8933, 12.4829), "Rome, Lazio, Italy"),
        ((-1.286, 36.817), "Nairobi, Nairobi County, Kenya"),
        ((0.0, -30.0), ""),
        ((90.0, 0.0), ""),
    ],
)
def test_the_nearest_place(gazetteer: Gazetteer, place: Coordinates, name: str) -> None:
    assert gazetteer.names([place]) == [name]


def test_the_line_of_date_parts_nothing(gazetteer: Gazetteer) -> None:
    east, west = gazetteer.names([(66.32, 179.95), (66.32, -179.5)])
    assert east == west == "Egvekinot, Chukotka, Russian Federation"


@given(coordinates=st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=5))
def test_any_coordinates_have_a_name_or_none(gazetteer: Gazetteer, coordinates: list[Coordinates]) -> None:
    names = gazetteer.names(coordinates)
    assert len(names) == len(coordinates)
    assert all(name == name.strip() for name in names)
