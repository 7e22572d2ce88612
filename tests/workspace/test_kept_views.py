import numpy as np

from guie_desktop.workspace.kept_views import KeptViews

VIEWS = np.zeros((2, 8, 8, 3), np.uint8)


def test_views_are_kept_until_they_are_taken() -> None:
    kept = KeptViews()
    kept.keep(b"photo", {b"photo": VIEWS})
    assert kept.take(b"another") is None
    assert kept.take(b"photo") == {b"photo": VIEWS}
    assert kept.take(b"photo") is None


def test_no_more_is_kept_than_there_is_room_for() -> None:
    kept = KeptViews(most=VIEWS.nbytes + 1)
    for name in (b"a", b"b", b"c"):
        kept.keep(name, {name: VIEWS})
    assert not kept.has_room
    assert kept.take(b"c") is None
    kept.take(b"a")
    assert kept.has_room
    kept.clear()
    assert kept.take(b"b") is None
