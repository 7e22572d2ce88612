"""What came of learning the albums, in sentences: why, what would help, and what was left out.

Reports of earlier versions hold the sentences themselves, which are given as they are.
"""

from typing import assert_never

from guie_desktop.domain import PHOTOS_TO_LEARN
from guie_desktop.language import listed, ntr, percent_text, tr
from guie_desktop.learned import Advice, LeftOutReason, Reason


def reason_text(reason: Reason | str) -> str:
    """Why a head was taken into use or refused."""
    if isinstance(reason, str):
        return tr(reason)
    now, before = percent_text(reason.after), percent_text(reason.before)
    match reason.outcome:
        case "better":
            return tr(
                "It finds the photos of your albums better: in a test, {now} of the five nearest photos are in the "
                "same album, instead of {before}.",
                now=now,
                before=before,
            )
        case "worse":
            return tr(
                "It finds the photos of your albums worse: in a test, {now} of the five nearest photos are in the "
                "same album, instead of {before}.",
                now=now,
                before=before,
            )
        case "not clearly better":
            return tr(
                "It finds the photos of your albums no better: in a test, {now} of the five nearest photos are in the "
                "same album, instead of {before}, which may be chance. The photos of an album may have too little in "
                "common, or be in the wrong albums.",
                now=now,
                before=before,
            )
        case "nothing to gain":
            return tr("The general ranking finds your albums as well as can be; there is nothing to gain.")
        case "unseen worse":
            return tr(
                "It finds your albums better ({now} of the five nearest photos are in the same album, instead of "
                "{before}), but albums that it has not seen worse (by {loss} of the five nearest).",
                now=now,
                before=before,
                loss=percent_text(reason.unseen_loss),
            )
        case "unlabelled ranked anew":
            return tr(
                "It finds your albums better, but photos that are in no album would be ranked anew: only {share} of "
                "their nearest would stay.",
                share=percent_text(reason.agreement),
            )
        case "too few queries":
            return tr(
                "There are too few photos to tell: only {queries} could be used for the test, and {now} of the "
                "five nearest photos are in the same album, instead of {before}.",
                queries=reason.queries,
                now=now,
                before=before,
            )
        case "no queries":
            return tr("There is nothing to test with: in every album all photos show one scene.")
        case "no split":
            return tr("Too few photos can be held back for a test, or those of each album all show one scene.")
        case _:
            assert_never(reason.outcome)


def advice_text(advice: Advice | str) -> str:
    """One thing that would help."""
    if isinstance(advice, str):
        return tr(advice)
    albums = advice.albums
    match advice.kind:
        case "more photos":
            return tr("Add photos to your albums: ten or more in each are better.")
        case "more photos in":
            return tr("More photos would help most in {albums}.", albums=_listed(albums))
        case "confused":
            return tr(
                "“{album}” is often taken for “{other}”. Are some photos in the wrong album?",
                album=albums[0],
                other=albums[1],
            )
        case "other occasions":
            return tr("Add photos of the same things from other occasions.")
        case "other occasions in":
            return tr("{albums} could not be tested: add photos of other occasions.", albums=_listed(albums))
        case "left out":
            return ntr(
                "{albums} was left out: an album needs {photos} photos.",
                "{albums} were left out: an album needs {photos} photos.",
                len(albums),
                albums=_listed(albums),
                photos=PHOTOS_TO_LEARN,
            )
        case _:
            assert_never(advice.kind)


def left_out_text(reason: LeftOutReason) -> str:
    """Why an album, or a label, was not learned."""
    if isinstance(reason, str):
        return tr(reason)
    return ntr(
        "It has {number} photo; put {missing} more into it.",
        "It has {number} photos; put {missing} more into it.",
        reason.photos,
        missing=PHOTOS_TO_LEARN - reason.photos,
    )


def _listed(names: tuple[str, ...], most: int = 4) -> str:
    more = len(names) - most
    return listed([*names[:most], *([ntr("{number} more", "{number} more", more)] if more > 0 else [])])
