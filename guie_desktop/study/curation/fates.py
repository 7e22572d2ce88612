"""What becomes of a photo that a data set lists."""

from enum import IntEnum


class Fate(IntEnum):
    """Kept, or the rule that leaves it out; each photo has one, that of the first rule that concerns it."""

    KEPT = 0
    ODD_NAME = 1
    LISTED_TWICE = 2
    UNREADABLE = 3
    TEST_OF_TRAINED = 4
    COPY = 5
    SMALL_CLASS = 6
    OVER_CLASS = 7
    OTHER_CLASS = 8
    OVER_DOMAIN = 9
    COPY_OF_HELD_OUT = 10
    NEAR_HELD_OUT = 11

    @property
    def key(self) -> str:
        """Its name in files."""
        return self.name.lower()


WHY = {
    Fate.ODD_NAME: "its name is no text",
    Fate.LISTED_TWICE: "listed twice",
    Fate.UNREADABLE: "no file there, or it cannot be read",
    Fate.TEST_OF_TRAINED: "for testing, but of a class that is trained on",
    Fate.COPY: "a copy within its class",
    Fate.SMALL_CLASS: "its class has too few photos",
    Fate.OVER_CLASS: "its class has more than are taken of one",
    Fate.OTHER_CLASS: "the domain has more classes than are taken",
    Fate.OVER_DOMAIN: "the domain has more photos than are taken",
    Fate.COPY_OF_HELD_OUT: "to be trained on, but a copy of one that is held out",
    Fate.NEAR_HELD_OUT: "to be trained on, but almost the same as one that is held out",
}
"""In the words of an answer."""
