"""What the orders of photos are called, and what of a photo tells where one is in an order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from guie_desktop.domain import Photo
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.look.wording import stars_text
from guie_desktop.gui.photos.timeline import date_words
from guie_desktop.language import size_text
from guie_desktop.library.photo_orders import Order


@dataclass(frozen=True, slots=True)
class OrderWords:
    """An order, in words."""

    name: str
    descending: str
    ascending: str
    of_photo: Callable[[Photo], str] | None = None
    """What the bubble beside the scroll bar says of the photo at the upper edge; None for its number."""
    begins_descending: bool = True
    """Which way is meant where nobody says which."""


ORDER_WORDS: Mapping[str, OrderWords] = {
    "taken": OrderWords("Date taken", "Newest first", "Oldest first", lambda photo: date_words(photo.taken, "month")),
    "added": OrderWords("Date added", "Last added first", "First added first"),
    "name": OrderWords("Name", "Z to A", "A to Z", lambda photo: readable(photo.path.name)[:1].upper(), False),
    "size": OrderWords("Size", "Largest first", "Smallest first", lambda photo: size_text(photo.bytes)),
    "rating": OrderWords("Rating", "Highest first", "Lowest first", lambda photo: stars_text(photo.rating)),
    "folder": OrderWords("Folder", "Z to A", "A to Z", lambda photo: readable(photo.path.parent.name), False),
}
"""By the names that library/photo_orders.py knows."""


def words_of(order: Order) -> str:
    """An order and which way it goes: "Date taken, newest first"."""
    words = ORDER_WORDS[order.name]
    way = words.descending if order.descending else words.ascending
    return f"{words.name}, {way[0].lower()}{way[1:]}" if " first" in way else f"{words.name}, {way}"
