"""What `guie-desktop parts` does."""

import argparse
import os
from pathlib import Path
from typing import Any

from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.cli.album_commands import known_album
from guie_desktop.cli.output import CommandResult, run_to_end
from guie_desktop.errors import UserError
from guie_desktop.jobs.looking_inside import look_inside, parts_cost, parts_held
from guie_desktop.library.catalog import Catalog
from guie_desktop.messages import PartsCost, PartsHeld
from guie_desktop.paths import LibraryPaths
from guie_desktop.wording.parts import cost_text, held_text
from guie_desktop.workspace.open_library import WritableLibrary


def run_parts_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Look into what is chosen, or into what was chosen before; tell the cost, or forget all."""
    with WritableLibrary(paths) as library:
        library.backbone.synchronise(parts=True)
        if arguments.forget:
            library.forget_parts()
            return _told(library)
        chosen = list(_chosen(library.catalog, arguments))
        if arguments.cost:
            costs = [run_to_end(parts_cost(library, which)) for which in chosen or library.choices.looked_into]
            return {"costs": [_cost_as_json(cost) for cost in costs]}, [cost_text(cost) for cost in costs], 0
        if chosen:
            library.choices.look_into([*library.choices.looked_into, *chosen])
        run_to_end(look_inside(library))
        return _told(library)


def parts_as_json(held: PartsHeld) -> dict[str, Any]:
    """How far the library is with parts, as the JSON answers have it."""
    return {"photos": held.photos, "waiting": held.waiting, "bytes": held.bytes}


def _chosen(catalog: Catalog, arguments: argparse.Namespace) -> "list[Filter]":
    folders = [Filter(folder=_known_folder(catalog, folder)) for folder in arguments.folders]
    albums = [Filter(albums=(known_album(catalog, name).id,)) for name in arguments.album]
    return [*([EVERYTHING] if arguments.all else []), *folders, *albums]


def _known_folder(catalog: Catalog, path: Path) -> Path:
    """By its own name; UserError where the library has no photos in it."""
    folder = Path(os.path.realpath(path))
    if not catalog.has_photos(Filter(folder=folder)):
        raise UserError(f"The library has no photos in {path}.", "Add the folder.", "index FOLDER")
    return folder


def _told(library: WritableLibrary) -> CommandResult:
    held = parts_held(library)
    return parts_as_json(held), [held_text(held)], 0


def _cost_as_json(cost: PartsCost) -> dict[str, Any]:
    return {
        "photos": cost.photos,
        "seconds": round(cost.seconds, 1),
        "bytes": cost.bytes,
        "free": cost.free,
        "away": cost.away,
    }
