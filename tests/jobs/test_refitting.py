"""When the general head is fitted anew; how search moves over to it is in test_indexing and test_switching_heads."""

from guie_desktop.embedding.general_head import SAMPLE_SIZE
from guie_desktop.jobs.refitting import FIRST_FIT, wants_fitting


def test_the_head_is_fitted_at_doublings_and_when_settled() -> None:
    assert not wants_fitting(29, 0, is_settled=True)
    assert wants_fitting(30, 0, is_settled=True)
    assert not wants_fitting(100, 0, is_settled=False)
    assert wants_fitting(FIRST_FIT, 0, is_settled=False)
    assert not wants_fitting(500, 256, is_settled=False)
    assert wants_fitting(500, 256, is_settled=True)
    assert not wants_fitting(270, 256, is_settled=True)
    assert not wants_fitting(10**6, SAMPLE_SIZE, is_settled=True)
