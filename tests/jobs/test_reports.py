"""Reports survive being kept as text."""

import os
from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import given

from guie_desktop.domain import AlbumTest, Confusion, Doubt, LearningReport, Quality
from guie_desktop.jobs.reports import report_as_text, report_from_text

SHARES = st.floats(0, 1)
COUNTS = st.integers(0, 10**6)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
# Names of files may hold bytes that are not text.
PATHS = st.binary(min_size=1, max_size=12).filter(lambda name: b"\0" not in name).map(os.fsdecode).map(Path)
QUALITIES = st.builds(Quality, SHARES, SHARES, SHARES, SHARES, SHARES)
REPORTS = st.builds(
    LearningReport,
    head=st.none(),
    loss=NAMES,
    albums=COUNTS,
    photos=COUNTS,
    seconds=st.floats(0, 1e6),
    before=st.none() | QUALITIES,
    after=st.none() | QUALITIES,
    accepted=st.booleans(),
    reason=NAMES,
    advice=st.lists(NAMES, max_size=3).map(tuple),
    tests=st.lists(st.builds(AlbumTest, NAMES, COUNTS, COUNTS, st.none() | SHARES, st.none() | SHARES)).map(tuple),
    confused=st.lists(st.builds(Confusion, NAMES, NAMES, SHARES), max_size=3).map(tuple),
    curve=st.lists(st.tuples(COUNTS, SHARES), max_size=3).map(tuple),
    doubts=st.lists(st.builds(Doubt, COUNTS, PATHS, NAMES, NAMES), max_size=3).map(tuple),
    left_out=st.lists(st.tuples(NAMES, NAMES), max_size=3).map(tuple),
)


@given(REPORTS, st.integers(1, 99))
def test_a_report_comes_back_as_it_was_with_the_number_of_its_head(report: LearningReport, head: int) -> None:
    text = report_as_text(report)
    text.encode()  # whatever the names, it can be stored
    back = report_from_text(text, head)
    assert back == replace(report, head=head)
