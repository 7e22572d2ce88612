"""Which photos of a group stay: one at least, all in protected folders, and else as the rule or the user has it."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.domain import Photo
from guie_desktop.duplicates import KEEP_RULES, DuplicateGroup, KeepChoices, KeepRule
from guie_desktop.gui.duplicates.keeping import Keeping
from guie_desktop.gui.duplicates.wording import differences_of, heading_of, summary

LARGE = Photo(1, 1, Path("/a/new/large.jpg"), b"L", 400, 300, 9000, 5, 30.0)
SHARP = Photo(2, 1, Path("/a/old/sharp.png"), b"S", 200, 150, 8000, 5, 20.0)
OLD = Photo(3, 1, Path("/b/old.jpg"), b"O", 200, 150, 7000, 5, 10.0)
GROUP = DuplicateGroup("same", (LARGE, SHARP, OLD))
DETAIL = {b"L": 1.0, b"S": 9.0, b"O": 2.0}

photos = st.builds(
    Photo,
    id=st.integers(1, 10**6),
    folder_id=st.just(1),
    path=st.sampled_from([Path("/a/x.jpg"), Path("/b/x.jpg"), Path("/c/d/x.jpg")]),
    content_hash=st.binary(min_size=1, max_size=2),
    width=st.integers(0, 9),
    height=st.integers(0, 9),
    bytes=st.integers(0, 9),
    mtime_ns=st.integers(0, 9),
    taken=st.floats(0, 9),
)
folders = st.lists(st.sampled_from([Path("/a"), Path("/b"), Path("/c")]), max_size=3, unique=True).map(tuple)


@pytest.mark.parametrize(("rule", "stays"), [("largest", 1), ("sharpest", 2), ("oldest", 3), ("folder", 3)])
def test_the_rule_says_who_stays(rule: KeepRule, stays: int) -> None:
    assert KeepChoices(rule, best=(Path("/b"), Path("/a"))).staying(GROUP.photos, DETAIL) == {stays}


def test_what_the_rule_does_not_tell_apart_is_told_by_size() -> None:
    assert KeepChoices("folder", best=(Path("/c"),)).staying(GROUP.photos, DETAIL) == {LARGE.id}


def test_all_in_protected_folders_stay_and_cannot_go() -> None:
    keeping = Keeping()
    keeping.follow(KeepChoices(protected=(Path("/b"), Path("/a/old"))), DETAIL)
    assert keeping.staying(GROUP) == {SHARP.id, OLD.id}
    assert not keeping.toggle(GROUP, OLD)
    assert keeping.toggle(GROUP, LARGE)
    assert keeping.going(GROUP) == []


def test_the_last_one_cannot_go_and_others_can_by_hand() -> None:
    keeping = Keeping()
    keeping.follow(KeepChoices(), DETAIL)
    assert not keeping.toggle(GROUP, LARGE)
    assert keeping.toggle(GROUP, OLD)
    assert keeping.toggle(GROUP, LARGE)
    assert keeping.marks([GROUP]) == {1: "not", 2: "not", 3: "member"}
    assert keeping.heirs([GROUP]) == {1: 3, 2: 3}
    keeping.follow(KeepChoices(), {})
    assert keeping.staying(GROUP) == {3}
    keeping.follow(KeepChoices("oldest", protected=(Path("/b"),)), DETAIL)  # chosen anew
    assert keeping.staying(GROUP) == {3}
    keeping.follow(KeepChoices(), DETAIL)
    assert keeping.staying(GROUP) == {1}


@given(
    members=st.lists(photos, min_size=2, max_size=6, unique_by=lambda photo: photo.id),
    rule=st.sampled_from(KEEP_RULES),
    best=folders,
    protected=folders,
    pressed=st.lists(st.integers(0, 5), max_size=12),
)
def test_of_every_group_one_photo_stays_whatever_is_done(
    members: list[Photo], rule: KeepRule, best: tuple[Path, ...], protected: tuple[Path, ...], pressed: list[int]
) -> None:
    group, keeping = DuplicateGroup("same", tuple(members)), Keeping()
    choices = KeepChoices(rule, best, protected)
    keeping.follow(choices, {})
    for place in pressed:
        keeping.toggle(group, members[place % len(members)])
        staying = keeping.staying(group)
        assert staying
        assert not any(choices.is_protected(photo) for photo in keeping.going(group))
        assert keeping.heir(group).id in staying
        assert set(keeping.heirs([group])) == {photo.id for photo in keeping.going(group)}


def test_what_differs_is_said_and_nothing_else() -> None:
    assert differences_of(GROUP)[2][:3] == ["200 × 150", "8 kB", "PNG"]
    copies = DuplicateGroup("exact", (LARGE, replace(LARGE, id=4, path=Path("/a/new/again.jpg"))))
    assert differences_of(copies) == {1: ["large.jpg"], 4: ["again.jpg"]}
    elsewhere = DuplicateGroup("exact", (LARGE, replace(LARGE, id=4, path=Path("/a/more/large.jpg"))))
    assert differences_of(elsewhere) == {1: ["new"], 4: ["more"]}
    assert heading_of(GROUP, [SHARP, OLD]) == "3 photos, 15 kB to be gained"
    assert heading_of(GROUP, []) == "3 photos, all of them stay"
    assert summary(1, []) == "1 group, and nothing to go"
    assert summary(2, [SHARP]) == "2 groups; to go: 1 photo, 8 kB"
