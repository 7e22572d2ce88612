"""Where hits are shown while they are judged."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.asking import Answer, Hit
from guie_desktop.gui.search.judged_hits import confirmed, in_place


def hits(ids: list[int], alike: int) -> list[Hit]:
    return [Hit(row + 1, photo, (Path(f"{photo}.jpg"),), 0.5, row < alike) for row, photo in enumerate(ids)]


@given(st.permutations(range(12)), st.permutations(range(16)), st.sets(st.integers(0, 15)), st.data())
def test_what_stays_keeps_its_row_and_the_rest_follows_the_new_ranking(
    before: list[int], after: list[int], staying: set[int], data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, 16))
    shown, found = hits(before, 8), hits(after[:count], data.draw(st.integers(0, count)))
    placed = in_place(shown, found, {*staying, None})
    ids = [hit.photo_id for hit in placed]
    kept = [photo for photo in before if photo in staying]
    others = [hit.photo_id for hit in found if hit.photo_id not in kept]
    assert sorted(ids) == sorted(kept + others)
    assert [photo for photo in ids if photo not in kept] == others
    assert all(ids.index(photo) == min(before.index(photo), len(others) + kept.index(photo)) for photo in kept)
    sides = [hit.similar for hit in placed]
    assert sides == sorted(sides, reverse=True)  # so that dividing them moves nothing
    assert {hit.photo_id for hit in found if hit.similar} - set(kept) <= {hit.photo_id for hit in placed if hit.similar}


def test_what_was_said_yes_to_is_alike_so_that_nothing_like_it_is_not_said() -> None:
    answer = Answer(tuple(hits([1, 2, 3], 0)), "lite", "general", 0.1, nothing_similar=True)
    assert [(hit.photo_id, hit.similar) for hit in confirmed(answer, (2,)).hits] == [(2, True), (1, False), (3, False)]
    assert not confirmed(answer, (2,)).nothing_similar
    assert confirmed(answer, ()) == answer
    placed = in_place(answer.hits, confirmed(answer, (1,)).hits, {1})
    assert [(hit.photo_id, hit.similar) for hit in placed] == [(1, True), (2, False), (3, False)]
