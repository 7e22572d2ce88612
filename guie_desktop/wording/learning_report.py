"""What came of learning the albums, in sentences: why, what would help, and what was left out.

Reports of earlier versions hold the sentences themselves, which are given as they are.
"""

from typing import assert_never

from guie_desktop.domain import PHOTOS_TO_LEARN
from guie_desktop.learned import Advice, LeftOutReason, Reason


def reason_text(reason: Reason | str) -> str:
    """Why a head was taken into use or refused."""
    if isinstance(reason, str):
        return reason
    now, before = _percent(reason.after), _percent(reason.before)
    moved = f"{now} of the five nearest photos are in the same album, instead of {before}"
    match reason.outcome:
        case "better":
            return f"It finds held-out photos of your albums better: {moved}."
        case "worse":
            return f"It finds held-out photos of your albums worse: {moved}."
        case "not clearly better":
            return (
                f"It finds held-out photos of your albums no better: {moved}, which may be chance. "
                "The photos of an album may have too little in common, or be in the wrong albums."
            )
        case "nothing to gain":
            return "The general ranking finds your albums as well as can be; there is nothing to gain."
        case "unseen worse":
            return (
                f"It finds your albums better ({moved}), but albums that it has not seen worse "
                f"(by {_percent(reason.unseen_loss)} of the five nearest)."
            )
        case "unlabelled ranked anew":
            return (
                "It finds your albums better, but photos that are in no album would be ranked anew: only "
                f"{_percent(reason.agreement)} of their nearest would stay."
            )
        case "too few queries":
            return f"There are too few photos to tell: only {reason.queries} could be held out, and {moved}."
        case "no queries":
            return "There is nothing to test with: in every album all photos show one scene."
        case "no split":
            return "Too few photos can be held back for a test, or those of each album all show one scene."
        case _:
            assert_never(reason.outcome)


def advice_text(advice: Advice | str) -> str:
    """One thing that would help."""
    if isinstance(advice, str):
        return advice
    albums = advice.albums
    match advice.kind:
        case "more photos":
            return "Add photos to your albums: ten or more in each are better."
        case "more photos in":
            return f"More photos would help most in {_listed(albums)}."
        case "confused":
            return f"{albums[0]} is often taken for {albums[1]}. Are some photos in the wrong one?"
        case "other occasions":
            return "Add photos of the same things from other occasions."
        case "other occasions in":
            return f"{_listed(albums)} could not be tested: add photos of other occasions."
        case "left out":
            were = "was" if len(albums) == 1 else "were"
            return f"{_listed(albums)} {were} left out: an album needs {PHOTOS_TO_LEARN} photos."
        case _:
            assert_never(advice.kind)


def left_out_text(reason: LeftOutReason) -> str:
    """Why an album, or a label, was not learned."""
    if isinstance(reason, str):
        return reason
    missing = PHOTOS_TO_LEARN - reason.photos
    return f"It has {reason.photos} {'photo' if reason.photos == 1 else 'photos'}; put {missing} more into it."


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _listed(names: tuple[str, ...], most: int = 4) -> str:
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
