"""What is loaded stays, and nothing else does."""

import gc
import weakref

from guie_desktop.loading import loading


class Closed:
    """Something that refers to itself, as windows do."""

    def __init__(self) -> None:
        self.itself = self


def test_where_all_is_loaded_already_what_is_closed_goes() -> None:
    closed = Closed()
    still_there = weakref.ref(closed)
    with loading():
        import json  # noqa: F401 - as pytest did
    del closed
    gc.collect()
    assert still_there() is None
