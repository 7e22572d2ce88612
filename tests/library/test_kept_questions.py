"""Questions as text: what is written is read again, what is gone is left out, and no text does harm."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guie_desktop.asking import COLOURS, SHAPES, SOURCES, Filter
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.kept_folders import carried
from guie_desktop.library.kept_questions import filter_in, question_text
from guie_desktop.library.plain_values import as_json, record, records
from guie_desktop.library.recalling import recall
from guie_desktop.question import Example, Question
from tests.albums import make_album
from tests.scanned import read_all, scan

ODD = os.fsdecode(b"caf\xe9.jpg")
"""A name that is not UTF-8."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("photos")
    for name in ("1.jpg", "2.jpg", "3.jpg", ODD):
        (made / name).write_text(name.encode("utf-8", "surrogateescape").hex())
    (made.parent / "outside.jpg").write_bytes(b"a picture")
    return made


@pytest.fixture(scope="module")
def known(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> CatalogWriter:
    """Four photos and two albums, one of which was removed."""
    catalog = CatalogWriter.open(tmp_path_factory.mktemp("library") / "catalogue.sqlite")
    scan(catalog, catalog.add_folder(folder).id, folder)
    read_all(catalog)
    make_album(catalog, "Birds", [1, 2])
    make_album(catalog, "Gone", [3], removed_at=1.0)
    return catalog


numbers, names = st.integers(0, 2**40), st.text(st.characters(codec="utf-8"), max_size=12)
moments = st.none() | st.floats(-1e9, 1e10, allow_nan=False)
fractions = st.floats(0.1, 0.5)
filters = st.builds(
    Filter,
    albums=st.sampled_from([(), (1,)]),
    not_albums=st.sampled_from([(), (1,)]),
    unsorted=st.booleans(),
    taken=st.lists(st.tuples(moments, moments), max_size=2).map(tuple),
    weekdays=st.sets(st.integers(0, 6)).map(sorted).map(tuple),
    cameras=st.lists(names, max_size=3).map(tuple),
    lenses=st.lists(names, max_size=3).map(tuple),
    places=st.lists(names, max_size=3).map(tuple),
    kinds=st.lists(names, max_size=3).map(tuple),
    shapes=st.lists(st.sampled_from(SHAPES), max_size=3).map(tuple),
    colours=st.lists(st.sampled_from(COLOURS), max_size=3).map(tuple),
    least_pixels=numbers,
    most_pixels=numbers,
    rating=st.integers(0, 5),
    flagged=st.booleans(),
    online=st.none() | st.booleans(),
    copies_hidden=st.booleans(),
    unsearchable=st.booleans(),
)


@st.composite
def questions(draw: st.DrawFn, catalog: Catalog, folder: Path) -> Question:
    there = [Example(photo.path, photo) for photo in catalog.photos(range(1, 5)).values()]
    there += [Example(Path(), album=catalog.album(1)), Example(folder.parent / "outside.jpg")]
    examples = tuple(
        replace(one, unlike=draw(st.booleans()), weight=draw(st.floats(0.1, 3)), off=draw(st.booleans()))
        for one in draw(st.lists(st.sampled_from(there), unique=True))
    )
    return Question(
        examples,
        draw(names),
        draw(st.none() | st.tuples(fractions, fractions, fractions, fractions)),
        draw(st.sampled_from([None, folder, folder / "deeper", 1])),
        sources=draw(st.sets(st.sampled_from(SOURCES)).map(frozenset)),
        which=replace(draw(filters), folder=draw(st.sampled_from([None, folder]))),
        liked=draw(st.sampled_from([(), (1, 3)])),
        disliked=draw(st.sampled_from([(), (2,)])),
    )


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_written_is_read_again(known: CatalogWriter, folder: Path, data: st.DataObject) -> None:
    question = data.draw(questions(known, folder))
    text = question_text(question)
    assert text.isascii()
    recalled = recall(text, known)
    assert recalled.question == question
    assert recalled.is_whole
    assert filter_in(text) == question.which
    assert question_text(recalled.question) == text


@given(filters)
def test_a_filter_is_itself_again_alone_and_in_a_list(which: Filter) -> None:
    assert record(Filter, as_json(which)) == which
    assert records(Filter, as_json((which, Filter()))) == (which, Filter())


@pytest.mark.parametrize("text", ["", "{}", '{"folder": "/a"}', "7", '["/a", null, 7]'])
def test_what_is_no_list_of_filters_has_none(text: str) -> None:
    assert records(Filter, text) == ()


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
fields = st.sampled_from(
    ["examples", "text", "region", "folder", "album", "which", "liked", "disliked", "path", "photo", "weight", "taken"]
)
damaged = st.dictionaries(fields, st.dictionaries(fields, values) | st.lists(st.dictionaries(fields, values)) | values)


@given(st.text() | damaged.map(json.dumps))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_text_does_harm(known: CatalogWriter, text: str) -> None:
    question = recall(text, known).question
    question.query()
    assert question_text(question).isascii()
    known.has_photos(question.which)
    carried(text, {Path("/a"): Path("/b")})
    records(Filter, text)


@pytest.mark.parametrize(
    "text", ["", "[", "[1]", "null", "7", "[" * 100_000, '{"which": {"rating": ' + "9" * 5000 + "}}"]
)
def test_what_is_no_question_asks_for_nothing(known: CatalogWriter, text: str) -> None:
    assert recall(text, known).question == Question()


def test_what_no_file_and_no_catalog_can_hold_is_passed_over(known: CatalogWriter) -> None:
    which = {"cameras": ["\ud800", "D90"], "folder": "/a\0b", "rating": 2**70, "taken": [[1e300, None], [0, None]]}
    question = recall(json.dumps({"text": "\udc80", "which": which, "region": [0, 0, 9, 1]}), known).question
    assert question == Question(which=Filter(cameras=("D90",), taken=((0.0, None),)))
    assert not known.has_photos(question.which)


def test_what_is_gone_is_left_out_and_told(known: CatalogWriter, folder: Path) -> None:
    photos = known.photos([1, 2])
    here, gone = Example(photos[1].path, photos[1]), Example(folder / "never.jpg", replace(photos[2], id=99))
    album = Example(Path(), album=replace(known.album(1), id=2))
    which = Filter(albums=(1, 2), not_albums=(2,), folder=Path("/elsewhere"), rating=3)
    question = Question(
        (here, gone, album, Example(Path("/no/picture.jpg"))), "", (0.0, 0.0, 1.0, 0.5), 2, which=which, liked=(1, 99)
    )
    recalled = recall(question_text(question), known)
    assert recalled.question == Question((here,), which=Filter(albums=(1,), rating=3), liked=(1,))
    assert not recalled.is_whole
    assert recall(question_text(Question(text="a cup", scope=Path("/elsewhere"))), known).question.scope is None


def test_a_photo_that_got_another_row_is_known_by_its_path(known: CatalogWriter, folder: Path) -> None:
    photo = known.photo_at(folder / ODD)
    assert photo is not None
    text = question_text(Question((Example(photo.path, replace(photo, id=99)),)))
    recalled = recall(text, known)
    assert recalled.question.examples == (Example(photo.path, photo),)
    assert recalled.is_whole


def test_what_a_later_version_writes_is_passed_over(known: CatalogWriter) -> None:
    which = {"rating": 4, "mood": "blue", "flagged": "very", "shapes": ["oval"]}
    text = json.dumps({"text": "a cup", "colour": [1], "which": which})
    assert recall(text, known).question == Question(text="a cup", which=Filter(rating=4))
