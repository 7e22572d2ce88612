"""What the orders of photos are called, and what of a photo tells where one is in an order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from guie_desktop.domain import Photo
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.look.wording import stars_text
from guie_desktop.gui.photos.timeline import date_words
from guie_desktop.language import size_text, tr, tr_noop
from guie_desktop.library.ordered_photos import Order


@dataclass(frozen=True, slots=True)
class OrderWords:
    """An order, in words to be translated; its two ways alone, and with its name."""

    name: str
    descending: str
    ascending: str
    name_descending: str
    name_ascending: str
    of_photo: Callable[[Photo], str] | None = None
    """What the bubble beside the scroll bar says of the photo at the upper edge; None for its number."""
    begins_descending: bool = True
    """Which way is meant where nobody says which."""


ORDER_WORDS: Mapping[str, OrderWords] = {
    "taken": OrderWords(
        tr_noop("Date taken"),
        tr_noop("Newest first"),
        tr_noop("Oldest first"),
        tr_noop("Date taken, newest first"),
        tr_noop("Date taken, oldest first"),
        lambda photo: date_words(photo.taken, "month"),
    ),
    "added": OrderWords(
        tr_noop("Date added"),
        tr_noop("Last added first"),
        tr_noop("First added first"),
        tr_noop("Date added, last added first"),
        tr_noop("Date added, first added first"),
    ),
    "name": OrderWords(
        tr_noop("Name"),
        tr_noop("Z to A"),
        tr_noop("A to Z"),
        tr_noop("Name, Z to A"),
        tr_noop("Name, A to Z"),
        lambda photo: readable(photo.path.name)[:1].upper(),
        begins_descending=False,
    ),
    "size": OrderWords(
        tr_noop("Size"),
        tr_noop("Largest first"),
        tr_noop("Smallest first"),
        tr_noop("Size, largest first"),
        tr_noop("Size, smallest first"),
        lambda photo: size_text(photo.bytes),
    ),
    "rating": OrderWords(
        tr_noop("Rating"),
        tr_noop("Highest first"),
        tr_noop("Lowest first"),
        tr_noop("Rating, highest first"),
        tr_noop("Rating, lowest first"),
        lambda photo: stars_text(photo.rating),
    ),
    "folder": OrderWords(
        tr_noop("Folder"),
        tr_noop("Z to A"),
        tr_noop("A to Z"),
        tr_noop("Folder, Z to A"),
        tr_noop("Folder, A to Z"),
        lambda photo: readable(photo.path.parent.name),
        begins_descending=False,
    ),
}
"""By the names that library/photo_orders.py knows."""


def words_of(order: Order) -> str:
    """An order and which way it goes: "Date taken, newest first"."""
    words = ORDER_WORDS[order.name]
    way = words.name_descending if order.descending else words.name_ascending
    return tr(way)
