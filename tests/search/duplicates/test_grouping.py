"""Pairs become groups, and nobody comes into one group with what he was parted from."""

from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.search.duplicates.grouping import Groups, Taken, bursts

names = st.sampled_from([bytes([letter]) for letter in b"abcdefgh"])
pairs = st.lists(st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]), max_size=20)


def joined(links: list[tuple[bytes, bytes]], parted: set[frozenset[bytes]]) -> Groups:
    groups = Groups(parted)
    for one, other in links:
        groups.join(one, other)
    return groups


@given(links=pairs, parted=pairs)
def test_parted_contents_are_in_no_group_together(
    links: list[tuple[bytes, bytes]], parted: list[tuple[bytes, bytes]]
) -> None:
    apart = {frozenset(pair) for pair in parted}
    groups = joined(links, apart)
    members = [content for group in groups.all() for content in group]
    assert len(members) == len(set(members))
    assert not any(pair <= set(group) for group in groups.all() for pair in apart)


@given(links=pairs)
def test_what_is_linked_by_way_of_others_is_together(links: list[tuple[bytes, bytes]]) -> None:
    groups = joined(links, set())
    assert all(groups.are_together(one, other) for one, other in links)
    assert all(len(group) > 1 for group in groups.all())


@given(links=pairs)
def test_who_is_together_has_one_number(links: list[tuple[bytes, bytes]]) -> None:
    groups, everybody = joined(links, set()), [bytes([letter]) for letter in b"abcdefgh"]
    number = dict(zip(everybody, groups.numbers(everybody), strict=True))
    for one in everybody:
        for other in everybody:
            assert (number[one] == number[other]) == (one == other or groups.are_together(one, other))


def test_copies_of_one_content_that_are_wanted_part_it_from_nobody() -> None:
    groups = joined([(b"a", b"b")], {frozenset((b"a",))})
    assert groups.all() == [(b"a", b"b")]


def test_a_burst_ends_with_a_pause_and_with_another_scene() -> None:
    photos = [Taken(bytes([65 + place]), at) for place, at in enumerate([0, 1, 2, 30, 31, 32])]
    assert bursts(photos, [True, True, True, True, False]) == [(b"A", b"B", b"C"), (b"D", b"E")]
    assert bursts(photos, [True, True, True, True, False], {frozenset((b"A", b"C"))}) == [(b"A", b"B"), (b"D", b"E")]
    assert bursts([], []) == []
