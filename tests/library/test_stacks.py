"""Of each stack that is not opened one photo is left, the best or the first, and nothing else is hidden."""

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import writing
from guie_desktop.library.duplicates import Duplicates, pairs_of
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.folding import Folding, folded
from guie_desktop.library.stacks import FollowedStacks, read_stacks
from guie_desktop.library.tables import duplicate_groups, photos
from tests.stored_photos import store_photos


def contents(catalog: CatalogWriter, ids: list[int]) -> list[bytes]:
    with writing(catalog.database) as connection:
        found = connection.execute(select(photos.c.id, photos.c.content_hash)).all()
    by_id = {row.id: row.content_hash for row in found}
    return [by_id[one] for one in ids]


def group(catalog: CatalogWriter, number: int, kind: str, members: list[bytes]) -> None:
    rows = [
        {"number": number, "content_hash": key, "kind": kind, "place": place, "detail": 0.0}
        for place, key in enumerate(members)
    ]
    with writing(catalog.database) as connection:
        connection.execute(insert(duplicate_groups), rows)


def test_copies_and_what_was_found_are_stacks_and_what_was_parted_is_not(
    catalog: CatalogWriter, tmp_path: Path
) -> None:
    ids = store_photos(FeatureStore(catalog, "backbone"), np.eye(8, dtype=np.float32), tmp_path)
    keys = contents(catalog, ids)
    with writing(catalog.database) as connection:  # the last two are copies of the first
        connection.execute(update(photos).where(photos.c.id.in_(ids[6:])).values(content_hash=keys[0]))
    assert read_stacks(catalog) == {ids[0]: ids[0], ids[6]: ids[0], ids[7]: ids[0]}
    group(catalog, 1, "same", [keys[1], keys[0]])
    group(catalog, 2, "same", [keys[2], keys[3]])
    group(catalog, 3, "burst", [keys[4], keys[5]])
    stacks = read_stacks(catalog)
    assert {one for one, stack in stacks.items() if stack == ids[1]} == {ids[0], ids[1], ids[6], ids[7]}
    assert {one for one, stack in stacks.items() if stack == ids[2]} == {ids[2], ids[3]}
    assert len(stacks) == 6
    Duplicates(catalog).part(pairs_of([keys[2], keys[3]]))
    assert set(read_stacks(catalog)) == {ids[0], ids[1], ids[6], ids[7]}


some_photos = st.builds(lambda order, many: list(order[:many]), st.permutations(range(12)), st.integers(0, 12))


@given(some_photos, st.lists(st.integers(1, 3), max_size=9), some_photos, st.sets(st.integers(1, 3)), st.booleans())
def test_one_of_each_stack_is_left(
    ranked: list[int], in_stacks: list[int], ids: list[int], opened: set[int], are_ranked: bool
) -> None:
    stacks = dict(zip(ranked, in_stacks, strict=False))
    found = folded(ids, stacks, opened, are_ranked=are_ranked)
    left = [one for one in ids if one not in found.hidden]
    for stack in set(stacks.values()):
        members = [one for one in ids if stacks.get(one) == stack]
        seen = [one for one in left if stacks.get(one) == stack]
        if stack in opened:
            assert seen == members
        elif members:
            best = members[0] if are_ranked else next(one for one in stacks if one in members)
            assert seen == [best]
        assert all(found.sizes.get(one, 1) == len(members) for one in members)
    assert [one for one in left if one not in stacks] == [one for one in ids if one not in stacks]


def test_a_list_is_folded_anew_where_others_of_it_are_in_stacks_than_before() -> None:
    stacks, folding = {1: 1, 2: 1, 3: 3, 4: 3}, Folding()
    first = folding.fold([5, 1, 2, 4], stacks, frozenset())
    assert first == folded([5, 1, 2, 4], stacks, (), are_ranked=False)
    assert folding.fold([6, 5, 1, 2, 4, 7], stacks, frozenset()) is first
    for ids, opened, now in (
        ([5, 1, 2, 3, 4], frozenset[int](), stacks),
        ([5, 1, 2, 3, 4], frozenset({1}), stacks),
        ([5, 1, 2, 3, 4], frozenset({1}), {1: 1, 2: 1}),
        ([5, 1, 2, 3, 4], frozenset({1}), {}),
    ):
        assert folding.fold(ids, now, opened) == folded(ids, now, opened, are_ranked=False)


def test_stacks_are_read_again_where_what_has_changed_may_concern_them(catalog: CatalogWriter, tmp_path: Path) -> None:
    store = FeatureStore(catalog, "backbone")
    ids = store_photos(store, np.eye(8, dtype=np.float32), tmp_path / "first")
    keys, followed = contents(catalog, ids), FollowedStacks()
    empty = followed.read(catalog)
    assert empty == {}

    def change(photo: int, **values: object) -> None:
        with writing(catalog.database) as connection:
            connection.execute(update(photos).where(photos.c.id == photo).values(**values))

    change(ids[7], taken=5.0)
    assert followed.read(catalog) is empty
    change(ids[1], content_hash=keys[0])  # a copy has come
    copies = followed.read(catalog)
    assert copies == {ids[0]: ids[0], ids[1]: ids[0]}
    group(catalog, 1, "same", [keys[2], keys[3]])
    found = followed.read(catalog)
    assert found.keys() == {*ids[:4]}
    change(ids[7], taken=6.0)
    store_photos(store, np.eye(8, dtype=np.float32)[:2] + 1, tmp_path / "second")
    assert followed.read(catalog) is found
    change(ids[7], content_hash=keys[3])  # what was found to be the same picture is there once more
    assert followed.read(catalog).keys() == {*ids[:4], ids[7]}
    change(ids[0], missing_since=1.0)
    assert followed.read(catalog).keys() == {ids[2], ids[3], ids[7]}
    Duplicates(catalog).part(pairs_of([keys[2], keys[3]]))
    assert followed.read(catalog).keys() == {ids[3], ids[7]}
