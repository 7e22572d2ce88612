"""What learning may come to, made up for tests of the window."""

from dataclasses import replace

from guie_desktop.learned import AlbumTest, Confusion, HeadState, LearningReport, Quality

BEFORE = Quality(mmp5=0.638, p1=0.71, low=0.601, high=0.675, unlabelled=1.0)
AFTER = Quality(mmp5=0.823, p1=0.88, low=0.79, high=0.856, unlabelled=0.93)
TESTS = (
    AlbumTest("Birds of prey", 41, 10, 0.55, 0.91),
    AlbumTest("Cats", 64, 16, 0.80, 0.86),
    AlbumTest("Coffee", 12, 3, 0.40, 0.93),
    AlbumTest("Lynx and other wild cats of the mountains, seen from afar", 9, 2, 0.62, 0.54),
    AlbumTest("Rockets", 30, 8, 0.70, 0.70),
    AlbumTest("Sketches", 3, 0, None, None),
)
REPORT = LearningReport(
    head=7,
    loss="subcenter-arcface",
    albums=6,
    photos=159,
    seconds=14.2,
    before=BEFORE,
    after=AFTER,
    accepted=True,
    reason="It finds clearly more photos of the same album, and leaves other photos nearly as they were.",
    advice=("“Lynx” and “Cats” share photos that look alike: say “not this” to a few, or join the two.",),
    tests=TESTS,
    confused=(Confusion("Lynx", "Cats", 0.31), Confusion("Cats", "Lynx", 0.09)),
    curve=((20, 0.66), (40, 0.71), (80, 0.77), (159, 0.823)),
    left_out=(("Sketches", "It has 3 photos that look all the same; 4 different ones are enough."),),
)
REFUSED = replace(
    REPORT,
    head=None,
    accepted=False,
    after=replace(AFTER, mmp5=0.643, low=0.606, high=0.68, p1=0.70, unlabelled=0.81),
    reason="The gain of 0.5 points is within what chance does (95 % sure: -2.1 to 3.0).",
    advice=("Add about 5 photos to each of “Coffee” and “Sketches”.", "Split “Birds” where it holds two kinds."),
)
GENERAL = HeadState(0, "General", 0.0, True, "", 0, 0, None, None, False)
LEARNT = HeadState(7, "6 albums, 159 photos", 1_764_000_000.0, False, "subcenter-arcface", 6, 159, BEFORE, AFTER, False)
IMPORTED = HeadState(9, "Butterflies of the club", 1_763_000_000.0, False, "arcface", 40, 900, BEFORE, AFTER, True)

TAKEN_IN = HeadState(-3, "study.head", 1_763_500_000.0, False, "study", 34_800, 328_429, BEFORE, AFTER, True)
FITTED = HeadState(-1, "Fitted to this library", 0.0, False, "", 0, 60, None, None, False)


def using(head_id: int, *heads: HeadState) -> tuple[HeadState, ...]:
    """These heads and the general one, of which this one searches."""
    return tuple(replace(head, in_use=head.id == head_id) for head in (*heads, GENERAL))


def beside(general_id: int, heads: tuple[HeadState, ...]) -> tuple[HeadState, ...]:
    """These, and the general heads that there are to choose from, of which this one is in use."""
    return heads + tuple(replace(head, in_use=head.id == general_id) for head in (TAKEN_IN, FITTED))
