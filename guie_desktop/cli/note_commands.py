"""What `guie-desktop notes` does: what photos say of themselves in words, and finding photos by that."""

import argparse
from dataclasses import asdict
from datetime import date
from typing import Any

from guie_desktop.asking import Filter
from guie_desktop.cli.album_commands import photos_at
from guie_desktop.cli.output import CommandResult
from guie_desktop.library.listings import noted_names
from guie_desktop.library.ordered_photos import NEWEST_FIRST
from guie_desktop.library.photo_notes import notes_of
from guie_desktop.library.word_index import WordHit, WordIndex
from guie_desktop.noted import PhotoNotes
from guie_desktop.paths import LibraryPaths
from guie_desktop.search.dates_in_words import dates_in
from guie_desktop.workspace.open_library import OpenLibrary

_MOST_COUNTED = 100_000


def run_notes_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `notes show|find|list`."""
    with OpenLibrary(paths) as library:
        match arguments.action:
            case "show":
                return _show(library, arguments)
            case "find":
                return _find(library, arguments)
            case _:
                names = getattr(noted_names(library.catalog), arguments.what)
                return {arguments.what: list(names)}, list(names), 0


def _show(library: OpenLibrary, arguments: argparse.Namespace) -> CommandResult:
    photos = library.catalog.photos(photos_at(library.catalog, arguments.paths))
    told: list[dict[str, Any]] = []
    lines: list[str] = []
    for photo in photos.values():
        said = _said(notes_of(photo.id, library.catalog))
        told.append({"path": str(photo.path), **said})
        lines += [str(photo.path), *(f"    {what}: {_on_a_line(value)}" for what, value in said.items())]
    return {"photos": told}, lines, 0


def _said(notes: PhotoNotes) -> dict[str, Any]:
    return {what: value for what, value in asdict(notes).items() if value not in ("", (), None)}


def _on_a_line(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else " ".join(str(value).split())


def _find(library: OpenLibrary, arguments: argparse.Namespace) -> CommandResult:
    """By all the words; what of them is a date says when the photos were taken."""
    dated = dates_in(" ".join(arguments.words), date.today())
    which = Filter(taken=dated.spans, weekdays=tuple(sorted(dated.weekdays)))
    if dated.words:
        words = WordIndex(library.catalog.database)
        hits = words.find(dated.words, arguments.top, which)
        total = words.count(dated.words, _MOST_COUNTED, which)
    else:
        newest = library.catalog.ordered(NEWEST_FIRST, which=which).ids if dated.said else ()
        hits, total = [WordHit(photo_id, ()) for photo_id in newest[: arguments.top]], len(newest)
    photos = library.catalog.photos([hit.photo_id for hit in hits])
    found = [(photos[hit.photo_id], hit.fields) for hit in hits if hit.photo_id in photos]
    told = [{"path": str(photo.path), "fields": list(fields)} for photo, fields in found]
    answer = {"words": dated.words, "dates": list(dated.said), "total": total, "photos": told}
    return answer, [f"{photo.path}{_in_fields(fields)}" for photo, fields in found] or ["No photo has these words."], 0


def _in_fields(fields: tuple[str, ...]) -> str:
    return f"  ({', '.join(fields)})" if fields else ""
