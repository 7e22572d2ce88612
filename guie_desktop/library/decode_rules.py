"""By which rule photos are read, and whom a corrected rule concerns: only those are read again."""

from dataclasses import dataclass

DECODE_RULE = 2
"""Raised, with a line in CORRECTIONS, when other pixels come out of some photos; kept with each photo."""

RULE_OF_BACKBONE_KEYS = 1
"""The part that the rule has in backbone keys, for good.

A raised number there would make a new feature space of each, in which every photo had to be embedded anew. The features
of a photo whose pixels changed are replaced instead.
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """What came out wrong before this rule: photos with these suffixes, and those dated by nothing but their file.

    Photos of any suffix that could not be read are tried again under every new rule.
    """

    rule: int
    suffixes: frozenset[str]
    undated: bool


_MAY_HAVE_LOOKED_WRONG = frozenset({".png", ".tif", ".tiff", ".bmp", ".webp", ".heic", ".heif", ".hif", ".avif"})

CORRECTIONS = (
    # TIFF and BMP layouts, empty alpha channels, profiles beside damaged notes or under a false name, HDR; dates from
    # other notes and from names. A JPEG whose linear profile is called sRGB is as rare as reading all would be slow.
    Correction(2, _MAY_HAVE_LOOKED_WRONG, undated=True),
)
