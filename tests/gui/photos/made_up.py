"""Photos that lie nowhere, for tests of what the window shows of them."""

from pathlib import Path

from guie_desktop.domain import Photo


def photo_of(number: int) -> Photo:
    """A photo whose id, name and content are this number."""
    return Photo(
        id=number,
        folder_id=1,
        path=Path(f"/photos/{number}.jpg"),
        content_hash=bytes([number]),
        width=4000,
        height=3000,
        bytes=10,
        mtime_ns=0,
        taken=0.0,
    )
