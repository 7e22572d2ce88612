"""What the worker could tell: reports, versions and models, with names as long as users make them."""

from dataclasses import replace
from pathlib import Path

from guie_desktop.learned import AlbumTest, Confusion, LabelIssue
from guie_desktop.messages import Progress
from tests.gui.learning import outcomes
from tests.gui.stage import LONG_NAME

READING = Progress("photos", 1234, 10_000, 18.4, 476.0, paused=False)
TESTS = (
    AlbumTest("Birds of prey", 41, 10, 0.55, 0.91),
    AlbumTest(LONG_NAME, 64, 16, 0.80, 0.86),
    AlbumTest("Lynx", 9, 2, 0.62, 0.54),
    AlbumTest("Nothing to everything", 9, 2, 0.0, 1.0),
    AlbumTest("Sketches", 3, 0, None, None),
)
REPORT = replace(
    outcomes.REPORT,
    advice=(f"“Lynx” and “{LONG_NAME}” share photos that look alike: say “not this” to a few, or join the two.",),
    tests=TESTS,
    confused=(Confusion("Lynx", LONG_NAME, 0.31), Confusion(LONG_NAME, "Lynx", 0.09)),
    label_issues=tuple(LabelIssue(photo, Path("x"), "Cats", LONG_NAME) for photo in (1, 2, 3)),
)
REFUSED = replace(
    outcomes.REFUSED,
    confused=REPORT.confused,
    label_issues=REPORT.label_issues,
    tests=tuple(AlbumTest(f"Album {number:02}", 9, 3, 0.35 + number / 200, 0.6 + number / 240) for number in range(80)),
    curve=((900, 0.66), (1000, 0.66)),
)
GENERAL, LEARNT = outcomes.GENERAL, replace(outcomes.LEARNT, in_use=True)
IMPORTED = replace(outcomes.IMPORTED, title=LONG_NAME)
