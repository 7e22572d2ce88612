"""What `guie-desktop searches` does, and what `search --saved` needs of a saved search."""

import argparse
from typing import Any

from guie_desktop.asking import Filter, Hit
from guie_desktop.cli.output import CommandResult, hits_as_json
from guie_desktop.domain import SavedSearch
from guie_desktop.errors import UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.ordered_photos import NEWEST_FIRST
from guie_desktop.library.plain_values import parsed
from guie_desktop.library.recalling import Recalled, recall
from guie_desktop.library.searches import saved_searches, search_named
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary

NOT_WHOLE = "Some of what this search looks for is no longer there; it was left out."


def run_searches_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """All saved searches, by name."""
    del arguments
    with OpenLibrary(paths) as library:
        found = saved_searches(library.catalog)
    return {"searches": [_as_json(search) for search in found]}, [search.name for search in found], 0


def _as_json(search: SavedSearch) -> dict[str, Any]:
    return {"name": search.name, "question": parsed(search.question)}


def recalled_search(catalog: Catalog, name: str) -> Recalled:
    """What the search of this name asks now; UserError where there is none, or nothing of it is left."""
    found = search_named(catalog, name)
    if found is None:
        raise UserError(f"There is no search named {name}.", "See what there is with: guie-desktop searches")
    recalled = recall(found.question, catalog)
    if not recalled.question.is_on and not recalled.question.which:
        raise UserError(f"Nothing that the search {name} looks for is still there.", "Save another one in the window.")
    return recalled


def passing(catalog: Catalog, which: Filter, top: int) -> tuple[list[dict[str, Any]], list[str]]:
    """The newest photos that pass, as JSON in the form of hits, and as lines."""
    ids = catalog.ordered(NEWEST_FIRST, which=which).ids[:top]
    photos = catalog.photos(ids)
    found = [photos[photo_id] for photo_id in ids if photo_id in photos]
    hits = [Hit(rank, photo.id, (photo.path,), 0.0, similar=False) for rank, photo in enumerate(found, start=1)]
    # Nothing was compared, which is told by null.
    told = [hit | {"score": None, "similar": None} for hit in hits_as_json(hits, photos)]
    return told, [str(photo.path) for photo in found]
