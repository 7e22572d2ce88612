"""A learning report as text, so that it can be read again whenever the user asks how a head was tested."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from guie_desktop.domain import AlbumTest, Confusion, Doubt, LearningReport, Quality


def report_as_text(report: LearningReport) -> str:
    """JSON; names that are not UTF-8 come as escaped surrogates."""
    return json.dumps(report_as_json(report), default=str)


def report_as_json(report: LearningReport) -> dict[str, Any]:
    """The report as `train --json` prints it."""
    return asdict(report)


def report_from_text(text: str, head: int) -> LearningReport:
    """What `report_as_text` wrote, of the head with this id."""
    stored = json.loads(text)
    plain = ("loss", "albums", "photos", "seconds", "accepted", "reason")
    return LearningReport(
        head=head,
        **{name: stored[name] for name in plain},
        before=_quality(stored["before"]),
        after=_quality(stored["after"]),
        advice=tuple(stored["advice"]),
        tests=tuple(AlbumTest(**test) for test in stored["tests"]),
        confused=tuple(Confusion(**pair) for pair in stored["confused"]),
        curve=tuple((photos, mmp5) for photos, mmp5 in stored["curve"]),
        doubts=tuple(Doubt(**doubt | {"path": Path(doubt["path"])}) for doubt in stored["doubts"]),
        left_out=tuple((name, why) for name, why in stored["left_out"]),
    )


def _quality(stored: dict[str, float] | None) -> Quality | None:
    return None if stored is None else Quality(**stored)
