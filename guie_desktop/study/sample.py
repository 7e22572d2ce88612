"""One labelled photo of a data set, as its reader tells it."""

from dataclasses import dataclass
from typing import Literal

Split = Literal["train", "query", "index"]
"""What is trained on; what is asked for, and among which photos. No class of `train` is in the others."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A photo and its class."""

    path: str
    """A file's absolute path, or its address in an object store."""
    label: str
    """Of the class, as the data set has it; two data sets may have the same one for different things."""
    dataset: str
    """The name of its reader."""
    domain: str
    """As "packaged goods" or "landmarks": what figures are told by."""
    given: Split | None = None
    """Where the data set itself says what the photo is for."""
