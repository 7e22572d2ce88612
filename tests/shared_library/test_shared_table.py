from pathlib import Path

import lance
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guie_desktop.asking import ALL_SHARED, SharedFilter
from guie_desktop.embedding.general_head import fit_general_head, identity_head
from guie_desktop.errors import UserError
from guie_desktop.shared_library.shared_photo import Place, SharedPhoto
from guie_desktop.shared_library.shared_table import SharedTable
from tests.shared_library.made_table import BACKBONE, DAY, DIMENSION, NEWEST, drawn, made_features, make_table


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SharedTable:
    """Sixty photos; the eighth is unreadable, the fourth has no date. Not to be written to."""
    return SharedTable.open(make_table(tmp_path_factory.mktemp("shared") / "archive.lance"))


def test_it_tells_what_it_is(made: SharedTable) -> None:
    assert made.name == "archive"
    assert made.count() == 60
    assert made.backbones == {BACKBONE: DIMENSION}


def listed(table: SharedTable, most: int, which: SharedFilter = ALL_SHARED) -> list[SharedPhoto]:
    photos: list[SharedPhoto] = []
    after: Place | None = None
    while True:
        page = table.page(after, most, which)
        photos += page.photos
        after = page.after
        if after is None:
            return photos


@pytest.mark.parametrize("most", [1, 7, 59, 60, 100])
def test_pages_together_are_all_photos_newest_first_and_those_without_date_last(made: SharedTable, most: int) -> None:
    photos = listed(made, most)
    numbers = [int(Path(photo.path).stem) for photo in photos]
    dated = [number for number in range(60) if number not in (3, 7)]
    assert numbers == [*dated, 7, 3]  # by their paths: things 1 and 3


@settings(max_examples=25)
@given(
    dates=st.lists(
        st.one_of(st.none(), st.sampled_from([0.0, -1e9, 5e9, NEWEST]), st.floats(-1e11, 1e11)), max_size=30
    ),
    most=st.integers(1, 9),
)
def test_pages_are_in_order_whatever_the_dates(
    tmp_path_factory: pytest.TempPathFactory, dates: list[float | None], most: int
) -> None:
    address = make_table(tmp_path_factory.mktemp("dates") / "a.lance", len(dates), unreadable=(), undated=())
    table = lance.dataset(address.uri)
    for number, date in enumerate(dates):
        value = "NULL" if date is None else f"CAST({date!r} AS DOUBLE)"
        table.update({"taken": value}, where=f"path LIKE '%{number:05}.jpg'")
    photos = listed(SharedTable.open(address), most)
    expected = sorted(
        ((date is None, -(date or 0.0), f"/archive/thing {n % 6}/{n:05}.jpg") for n, date in enumerate(dates)),
    )
    assert [photo.path for photo in photos] == [path for _, _, path in expected]


def test_a_filter_holds_for_pages_counts_and_searches(made: SharedTable) -> None:
    for which, expected in (
        (SharedFilter(since=NEWEST - 9 * DAY, until=NEWEST), {1, 2, 4, 5, 6, 8, 9}),
        (SharedFilter(folder="/archive/thing 1"), set(range(1, 60, 6))),
        (SharedFilter(folder="/archive/thing"), set()),
        (SharedFilter(text="THING 2"), set(range(2, 60, 6))),
        (SharedFilter(text="%"), set()),
        (SharedFilter(text="it's"), set()),
    ):
        assert {int(Path(photo.path).stem) for photo in listed(made, 4, which)} == expected
        assert made.count(which) == len(expected)
        hits = made.search(made_features(60)[2], identity_head(DIMENSION), BACKBONE, 60, which)
        found = {int(Path(photo.path).stem) for photo in made.facts(hits.rows).values()}
        assert found == expected - {7}


def test_facts_pictures_and_features_are_those_of_their_rows(made: SharedTable) -> None:
    rows = {int(Path(photo.path).stem): photo for photo in listed(made, 100)}
    facts = made.facts([rows[5].row, rows[7].row, 10**9])
    assert facts == {rows[5].row: rows[5], rows[7].row: rows[7]}
    assert facts[rows[5].row].content_hash == (5).to_bytes(16)
    assert (facts[rows[5].row].width, facts[rows[5].row].reason) == (160, None)
    assert facts[rows[7].row].reason == "This file is damaged."
    pictures = made.thumbnails([rows[5].row, rows[7].row])
    assert pictures == {rows[5].row: drawn(5)}
    wanted = [rows[20].row, rows[7].row, rows[5].row]
    keys, features = made.features(wanted, BACKBONE)
    assert list(keys) == [rows[20].row, rows[5].row]
    assert (features == made_features(60)[[20, 5]].astype(np.float16)).all()
    assert made.facts([]) == {}


def test_a_search_ranks_as_the_head_does_and_passes_over_rows_without_vector(made: SharedTable) -> None:
    features = made_features(60)
    head = fit_general_head(features)
    hits = made.search(features[4], head, BACKBONE, 10)
    rows = {photo.row: int(Path(photo.path).stem) for photo in listed(made, 100)}
    scores = head.apply(features.astype(np.float16)) @ head.apply(features[4:5])[0]
    scores[7] = -np.inf
    expected = np.argsort(-scores)[:10]
    assert [rows[int(row)] for row in hits.rows] == list(expected)
    assert hits.scores == pytest.approx(scores[expected], abs=1e-5)


def test_a_feature_without_direction_finds_nothing(made: SharedTable) -> None:
    assert not len(made.search(np.zeros(DIMENSION, np.float32), identity_head(DIMENSION), BACKBONE, 10).rows)


def test_a_backbone_of_another_precision_fits_and_another_one_does_not(made: SharedTable) -> None:
    assert made.feature_column(f"{BACKBONE}-f16") == made.feature_column(BACKBONE)
    with pytest.raises(UserError, match="no features by the model in use") as caught:
        made.feature_column("other-backbone")
    assert BACKBONE in str(caught.value)


def test_it_stays_as_it_was_opened_until_it_is_refreshed(tmp_path: Path) -> None:
    address = make_table(tmp_path / "a.lance", 10)
    lance.dataset(address.uri).tags.create("before", 1)
    table = SharedTable.open(address)
    rows = {photo.path: photo.row for photo in listed(table, 100)}
    lance.dataset(address.uri).delete("path LIKE '%00002.jpg'")
    assert table.count() == 10
    assert table.refresh()
    assert not table.refresh()
    assert table.count() == 9
    assert {photo.path: photo.row for photo in listed(table, 100)}.items() <= rows.items()
    tagged = SharedTable.open(address, "before")
    assert tagged.count() == 10
    assert not tagged.refresh()
    with pytest.raises(UserError, match="is called"):
        SharedTable.open(address, "after")


def test_rows_are_found_by_their_whole_paths_alone(tmp_path: Path) -> None:
    table = SharedTable.open(make_table(tmp_path / "a.lance", 30, root="/o'clock"))
    path, other = (photo.path for photo in table.page(None, 2).photos)
    assert table.rows_at([path, path[:-1], path.upper()]).keys() == {path}
    found = table.rows_at([other, path])
    assert [table.facts([row])[row].path for row in found.values()] == list(found)
