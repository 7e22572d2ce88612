"""The orders of photos, both ways, and photos by parts of their names."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.domain import Place
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import natural_order
from guie_desktop.library.ordered_photos import Order, OrderedPhotos
from guie_desktop.library.photo_orders import ORDERS
from tests.scanned import read_all, scan

NAMES = ("b/IMG_10.jpg", "b/img_2.jpg", "a/Holiday 100.jpg", "a/holiday 9 IMG.jpg", "a/IMG_3.jpg")


@pytest.fixture
def opened(catalog: CatalogWriter, tmp_path: Path) -> CatalogWriter:
    """Photos that were added in the order of NAMES, each a byte larger than the one before."""
    folder = tmp_path / "photos"
    folder.mkdir()
    added = catalog.add_folder(folder)
    for number, name in enumerate(NAMES):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"x" * (number + 1))
        scan(catalog, added.id, (folder / name).parent)
        read_all(catalog)
    return catalog


def names_in(catalog: CatalogWriter, order: Order) -> list[str]:
    known = catalog.photos(catalog.ordered(order).ids)
    return [f"{known[number].path.parent.name}/{known[number].path.name}" for number in catalog.ordered(order).ids]


def test_names_go_by_their_numbers_and_not_by_their_case(opened: CatalogWriter) -> None:
    by_name = ["a/holiday 9 IMG.jpg", "a/Holiday 100.jpg", "b/img_2.jpg", "a/IMG_3.jpg", "b/IMG_10.jpg"]
    assert names_in(opened, Order("name", descending=False)) == by_name
    assert names_in(opened, Order("name")) == by_name[::-1]
    in_a = [name for name in by_name if name.startswith("a/")]
    in_b = [name for name in by_name if name.startswith("b/")]
    assert names_in(opened, Order("folder", descending=False)) == [*in_a, *in_b]


def test_what_was_added_last_and_what_is_largest_comes_first(opened: CatalogWriter) -> None:
    assert names_in(opened, Order("added")) == list(NAMES[::-1])
    assert names_in(opened, Order("size")) == list(NAMES[::-1])
    assert names_in(opened, Order("size", descending=False)) == list(NAMES)


@pytest.mark.parametrize("name", ORDERS)
def test_each_order_has_all_photos_and_the_other_way_is_its_reverse(opened: CatalogWriter, name: str) -> None:
    falling, rising = opened.ordered(Order(name)), opened.ordered(Order(name, descending=False))
    assert list(falling.ids) == list(rising.ids)[::-1]
    assert len(falling.ids) == len(falling.shapes) == len(NAMES)
    assert (falling.taken is not None) == (name == "taken")


def test_dates_come_with_the_order_by_date_and_an_unknown_order_is_that(opened: CatalogWriter) -> None:
    newest = opened.ordered(Order())
    assert newest.taken is not None
    assert list(newest.taken) == sorted(newest.taken, reverse=True)
    assert newest.ids == opened.photo_ids() == opened.ordered(Order("from a later version")).ids
    known = opened.photos(newest.ids)
    assert list(newest.shapes) == [pytest.approx(known[number].shape) for number in newest.ids]


def test_a_text_is_looked_for_in_names_whatever_its_case(opened: CatalogWriter) -> None:
    found = opened.named("img")
    names = {number: photo.path.name for number, photo in opened.photos(opened.photo_ids()).items()}
    assert {names[number] for number in found.begin} == {"IMG_10.jpg", "img_2.jpg", "IMG_3.jpg"}
    assert {names[number] for number in found.hold} == {"holiday 9 IMG.jpg"}
    assert not opened.named("%").begin
    assert not opened.named("img", Place(folder_id=99)).begin


def test_a_splice_is_the_beginning_of_one_and_the_end_of_another(opened: CatalogWriter) -> None:
    dated, plain = opened.ordered(Order()), opened.ordered(Order("name"))
    both = dated.spliced(2, dated, 2)
    assert both == dated
    mixed = dated.spliced(2, plain, 4)
    assert list(mixed.ids) == [*dated.ids[:2], *plain.ids[4:]]
    assert mixed.taken is None
    assert isinstance(mixed, OrderedPhotos)


def test_some_can_be_left_out_of_an_order(opened: CatalogWriter) -> None:
    for order in (Order(), Order("name")):
        whole = opened.ordered(order)
        assert whole.without(()) is whole
        assert whole.without({-1}) is whole
        rest = whole.without(set(whole.ids[1:3]))
        assert list(rest.ids) == [whole.ids[0], *whole.ids[3:]]
        assert len(rest.shapes) == len(rest.ids)
        assert (rest.taken is None) == (order.name == "name")


@given(st.integers(0, 10**18), st.integers(0, 10**18), st.sampled_from(["IMG_", "", "Füße "]))
def test_numbers_in_names_are_compared_as_numbers(low: int, high: int, stem: str) -> None:
    first, second = (natural_order(f"{stem}{number}.jpg".encode()) for number in sorted((low, high)))
    assert first <= second


def test_a_name_that_is_no_text_can_be_sorted() -> None:
    assert natural_order(b"\xff\xfe1").endswith("1")


@pytest.mark.parametrize("name", ["taken", "name"])
def test_rows_are_taken_out_and_put_back_where_they_were(opened: CatalogWriter, name: str) -> None:
    whole = opened.ordered(Order(name))
    rows = whole.rows_of(whole.ids[1:3])
    rest = whole.without_rows(rows)
    assert len(rest.ids) == len(whole.ids) - 2
    taken_out = whole.without_rows(whole.rows_of(rest.ids))
    assert rest.with_rows(taken_out, rows - np.arange(2)) == whole
    assert whole.with_rows(taken_out, rows[:0]) is whole
