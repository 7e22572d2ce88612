"""Photos with a coloured disc, and an album for each colour: what can be learned though it does not strike."""

from pathlib import Path

from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.paths import LibraryPaths
from tests.albums import make_album
from tests.drawing import save_marked_photos, save_photos

MARKS = ("red", "lime", "blue", "yellow")
MARKED, OTHERS = 10, 12
COUNT = len(MARKS) * MARKED + OTHERS


def save_all_marks(folder: Path) -> None:
    """Ten photos with a disc of each colour, and a dozen without, each sort in a folder of its own."""
    for number, colour in enumerate(MARKS):
        save_marked_photos(folder / colour, colour, MARKED, first=100 * number)
    save_photos(folder / "others", OTHERS, first=900)


def sort_marks(paths: LibraryPaths) -> None:
    """Make an album of each colour in a library that has them."""
    catalog = CatalogWriter.open(paths.catalog)
    photos = catalog.photos(catalog.photo_ids())
    for colour in MARKS:
        make_album(catalog, colour, [key for key, photo in photos.items() if photo.path.parent.name == colour])
    catalog.close()
