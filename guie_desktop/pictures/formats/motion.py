"""Photos that carry a short film behind the still: Google's motion photos and Samsung's."""

import re

_SAYS_SO = re.compile(rb"""Motion(?:Photo)?=["']1|MotionPhoto>1|MicroVideo(?:=["']|>)1|MotionPhoto_Data""")
_FILM = b"ftyp"


def is_motion_photo(data: bytes) -> bool:
    """Whether a JPEG or HEIF says that it has a film, and has one: editors keep the word and drop the film."""
    is_camera_photo = data.startswith(b"\xff\xd8\xff") or data[4:8] == _FILM
    return is_camera_photo and data.find(_FILM, 12) > 0 and _SAYS_SO.search(data) is not None
