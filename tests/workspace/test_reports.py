"""Reports survive being kept as text, and those of earlier versions are still read."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import get_args

import hypothesis.strategies as st
import pytest
from hypothesis import given

from guie_desktop.errors import UserError
from guie_desktop.learned import (
    Advice,
    AdviceKind,
    AlbumTest,
    Confusion,
    LabelIssue,
    LearningReport,
    Outcome,
    Quality,
    Reason,
    TooFewPhotos,
)
from guie_desktop.wording.learning_report import advice_text, left_out_text, reason_text
from guie_desktop.workspace.reports import report_as_text, report_from_text

SHARES = st.floats(0, 1)
COUNTS = st.integers(0, 10**6)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
# Names of files may hold bytes that are not text.
PATHS = st.binary(min_size=1, max_size=12).filter(lambda name: b"\0" not in name).map(os.fsdecode).map(Path)
QUALITIES = st.builds(Quality, SHARES, SHARES, SHARES, SHARES, SHARES)
REASONS = st.builds(Reason, st.sampled_from(get_args(Outcome)), SHARES, SHARES, SHARES, SHARES, COUNTS)
ADVICE = st.builds(Advice, st.sampled_from(get_args(AdviceKind)), st.lists(NAMES, max_size=3).map(tuple))
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
    reason=NAMES | REASONS,
    advice=st.lists(NAMES | ADVICE, max_size=3).map(tuple),
    tests=st.lists(st.builds(AlbumTest, NAMES, COUNTS, COUNTS, st.none() | SHARES, st.none() | SHARES)).map(tuple),
    confused=st.lists(st.builds(Confusion, NAMES, NAMES, SHARES), max_size=3).map(tuple),
    curve=st.lists(st.tuples(COUNTS, SHARES), max_size=3).map(tuple),
    label_issues=st.lists(st.builds(LabelIssue, COUNTS, PATHS, NAMES, NAMES), max_size=3).map(tuple),
    left_out=st.lists(st.tuples(NAMES, NAMES | st.builds(TooFewPhotos, COUNTS)), max_size=3).map(tuple),
)


@given(REPORTS, st.integers(1, 99))
def test_a_report_comes_back_as_it_was_with_the_number_of_its_head(report: LearningReport, head: int) -> None:
    text = report_as_text(report)
    text.encode()  # whatever the names, it can be stored
    back = report_from_text(text, head)
    assert back == replace(report, head=head)


OF_FORMAT_1 = """
{"head": null, "loss": "sub-center-arcface", "albums": 2, "photos": 9, "seconds": 3.25,
 "before": {"mmp5": 0.5, "p1": 0.625, "low": 0.375, "high": 0.75, "unlabelled": 1.0},
 "after": {"mmp5": 0.75, "p1": 0.875, "low": 0.625, "high": 0.875, "unlabelled": null},
 "accepted": true,
 "reason": "It finds held-out photos of your albums better: of the five nearest photos 75 % belong, instead of 50 %.",
 "advice": ["Add photos to your albums: ten or more in each are better.",
            "Coins was left out: an album needs 3 photos."],
 "tests": [{"album": "Cats", "photos": 5, "tested": 5, "before": 0.5, "after": 0.75},
           {"album": "Cups", "photos": 4, "tested": 0, "before": null, "after": null}],
 "confused": [{"album": "Cats", "other": "Cups", "share": 0.25}],
 "curve": [[2, 0.5], [9, 0.75]],
 "doubts": [{"photo_id": 7, "path": "/photos/seven.jpg", "album": "Cats", "other": "Cups"}],
 "left_out": [["Coins", "It has 1 photo; put 2 more into it."]]}
"""
"""As the version before format 2 kept it."""


def test_a_report_of_the_version_before_is_shown_with_its_sentences() -> None:
    report = report_from_text(OF_FORMAT_1, 4)
    stored = json.loads(OF_FORMAT_1)
    assert (report.head, report.accepted, report.before) == (4, True, Quality(0.5, 0.625, 0.375, 0.75, 1.0))
    assert reason_text(report.reason) == stored["reason"]
    assert [advice_text(advice) for advice in report.advice] == stored["advice"]
    assert [(name, left_out_text(reason)) for name, reason in report.left_out] == [tuple(stored["left_out"][0])]
    assert report.label_issues == (LabelIssue(7, Path("/photos/seven.jpg"), "Cats", "Cups"),)
    assert report_from_text(report_as_text(report), 4) == report


def test_a_report_of_a_later_version_is_refused_with_a_reason() -> None:
    later = json.dumps(json.loads(OF_FORMAT_1) | {"format": 3})
    with pytest.raises(UserError, match="later version"):
        report_from_text(later, 4)


@pytest.mark.parametrize("damaged", ["", "{", "[]", "7", '{"format": "x"}', '{"format": 2}', "[" * 100_000])
def test_a_damaged_report_is_refused_with_a_reason(damaged: str) -> None:
    with pytest.raises(UserError, match="damaged"):
        report_from_text(damaged, 4)
