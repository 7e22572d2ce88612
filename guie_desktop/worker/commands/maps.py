"""What the worker does about the map of the library."""

from collections.abc import Generator

from guie_desktop.jobs.drawing_map import draw_map
from guie_desktop.library.library_map import map_file
from guie_desktop.messages import DrawMap, FindMap, MapDrawn, Progress
from guie_desktop.worker.desk import Desk
from guie_desktop.worker.later import Later

MapCommand = FindMap | DrawMap


def answer(desk: Desk, command: MapCommand) -> MapDrawn | Later:
    """Say where it lies, or draw it."""
    match command:
        case FindMap():
            library = desk.library
            return MapDrawn(map_file(library.paths.vectors, library.backbone.key), library.backbone.key)
        case DrawMap(anew):
            return Later(_drawing(desk, anew=anew), is_ahead=True)


def _drawing(desk: Desk, *, anew: bool) -> Generator[Progress, None, MapDrawn]:
    library = desk.library
    key = library.backbone.key  # another one may be in use by the end
    file = yield from draw_map(library, anew=anew)
    return MapDrawn(file, key)
