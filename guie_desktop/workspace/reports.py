"""A learning report as text, so that it can be read again whenever the user asks how a head was tested.

The format has a number. Format 2 has the reason, the advice and why albums were left out as values. Format 1, which has
no number yet, has them as sentences, which are kept; both may stand in one report.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from guie_desktop.errors import UserError
from guie_desktop.learned import (
    Advice,
    AlbumTest,
    Confusion,
    LabelIssue,
    LearningReport,
    LeftOutReason,
    Quality,
    Reason,
    TooFewPhotos,
)

_FORMAT = 2


def report_as_text(report: LearningReport) -> str:
    """JSON; names that are not UTF-8 come as escaped surrogates."""
    return json.dumps({"format": _FORMAT} | report_as_json(report), default=str)


def report_as_json(report: LearningReport) -> dict[str, Any]:
    """The report by the keys that all formats share."""
    return {("doubts" if name == "label_issues" else name): value for name, value in asdict(report).items()}


def report_from_text(text: str, head: int) -> LearningReport:
    """What `report_as_text` wrote, of the head with this id.

    UserError if a later version of the program wrote it, or if it is damaged.
    """
    try:
        stored = json.loads(text)
        if stored.get("format", 1) <= _FORMAT:
            return _report(stored, head)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise UserError("The report of this head is damaged.", "Learn your albums again to get one.") from error
    raise UserError("This report was written by a later version of the program.", "Open it with that version.")


def _report(stored: dict[str, Any], head: int) -> LearningReport:
    plain = ("loss", "albums", "photos", "seconds", "accepted")
    return LearningReport(
        head=head,
        **{name: stored[name] for name in plain},
        before=_quality(stored["before"]),
        after=_quality(stored["after"]),
        reason=_reason(stored["reason"]),
        advice=tuple(_advice(one) for one in stored["advice"]),
        tests=tuple(AlbumTest(**test) for test in stored["tests"]),
        confused=tuple(Confusion(**pair) for pair in stored["confused"]),
        curve=tuple((photos, mmp5) for photos, mmp5 in stored["curve"]),
        label_issues=tuple(LabelIssue(**issue | {"path": Path(issue["path"])}) for issue in stored["doubts"]),
        left_out=tuple((name, _left_out_reason(reason)) for name, reason in stored["left_out"]),
    )


def _quality(stored: dict[str, float] | None) -> Quality | None:
    return None if stored is None else Quality(**stored)


def _reason(stored: dict[str, Any] | str) -> Reason | str:
    return stored if isinstance(stored, str) else Reason(**stored)


def _advice(stored: dict[str, Any] | str) -> Advice | str:
    return stored if isinstance(stored, str) else Advice(stored["kind"], tuple(stored["albums"]))


def _left_out_reason(stored: dict[str, Any] | str) -> LeftOutReason:
    return stored if isinstance(stored, str) else TooFewPhotos(**stored)
