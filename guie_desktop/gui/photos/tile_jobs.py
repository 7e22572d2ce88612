"""What the tiles' loader has to do, and what came of it."""

from dataclasses import dataclass

from PySide6.QtGui import QImage

from guie_desktop.domain import Photo
from guie_desktop.gui.photos.picture_cache import PictureKey, TileBox
from guie_desktop.pictures.picture_sizes import THUMBNAIL

_ENLARGED = 1.15
"""How much larger than the small picture a tile may be before a larger picture is asked for."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Photos whose rows are to be read."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is to be made."""

    photo: Photo
    box: TileBox

    @property
    def key(self) -> PictureKey:
        """By what it is kept."""
        return self.photo.picture_hash, self.box

    @property
    def wants_large(self) -> bool:
        """Whether the small picture is too small for it."""
        return max(self.box.width, self.box.height) > _ENLARGED * THUMBNAIL < max(self.photo.width, self.photo.height)


@dataclass(frozen=True, slots=True)
class RowsDone:
    """Rows that were asked for, as far as they are there."""

    asked: tuple[int, ...]
    photos: dict[int, Photo]


@dataclass(frozen=True, slots=True)
class PictureDone:
    """A picture that was made, or could not be."""

    job: Picture
    image: QImage | None
    size: int
    """Long side of the picture that it was made of, in pixels."""
