"""A library whose photos are copied and moved, as the worker does it."""

from collections.abc import Sequence
from pathlib import Path

from guie_desktop.domain import Photo
from guie_desktop.filing import ExportChoices, FileMove
from guie_desktop.jobs.exporting import Export
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.moving import Moving
from guie_desktop.messages import Exported, Moved
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import save_photos
from tests.running import finish


class FiledLibrary:
    """A folder with four photos, three of which are in an album."""

    def __init__(self, library: WritableLibrary, root: Path) -> None:
        self.library, self.root = library, root
        save_photos(root, 4)
        library.catalog.add_folder(root)
        self.index()
        self.album = library.albums.create("By the sea", [self.at(f"{name}.jpg").id for name in THREE])

    def index(self) -> None:
        finish(index_library(self.library))

    def photos(self) -> list[Photo]:
        catalog = self.library.catalog
        return sorted(catalog.photos(catalog.photo_ids()).values(), key=lambda photo: photo.path)

    def at(self, name: str) -> Photo:
        photo = self.library.catalog.photo_at(self.root / name)
        assert photo is not None, name
        return photo

    def export(self, choices: ExportChoices, photos: Sequence[Photo] | None = None) -> Exported:
        chosen = self.photos() if photos is None else photos
        return finish(Export(self.library, [photo.id for photo in chosen], choices).run())

    def move(self, *moves: tuple[str, Path], number_taken: bool = True) -> Moved:
        wanted = [FileMove(self.at(name).id, self.root / name, target) for name, target in moves]
        return self.take(wanted, number_taken=number_taken)

    def take(self, moves: Sequence[FileMove], *, number_taken: bool = True) -> Moved:
        return finish(Moving(self.library, moves, number_taken=number_taken).run())

    def members(self) -> set[Path]:
        """Where the photos of the album are."""
        catalog = self.library.catalog
        found = catalog.photos(catalog.photo_ids(album_id=self.album)).values()
        return {photo.path.relative_to(self.root) for photo in found if photo.path.is_relative_to(self.root)}


THREE = ("rings-000", "stripes-001", "blocks-002")
ALL = (*THREE, "dots-003")
