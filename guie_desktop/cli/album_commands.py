"""What `guie-desktop album` does."""

import argparse
import os
from collections.abc import Iterable
from pathlib import Path

from guie_desktop.cli.output import CommandResult, failure_lines, failures_as_json, hit_lines, hits_as_json, run_to_end
from guie_desktop.domain import Album
from guie_desktop.errors import UserError
from guie_desktop.jobs.importing_albums import import_albums
from guie_desktop.library.catalog import Catalog
from guie_desktop.paths import LibraryPaths
from guie_desktop.search.suggestions import suggest
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary


def run_album_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `album import|list|add|remove|delete|rename|suggest`."""
    match arguments.action:
        case "list":
            with OpenLibrary(paths) as library:
                return _told(library.catalog.albums())
        case "suggest":
            with OpenLibrary(paths) as library:
                return _suggest(library, arguments)
    with WritableLibrary(paths) as library:
        match arguments.action:
            case "import":
                return _import(library, arguments)
            case "add":
                return _add(library, arguments)
            case "remove":
                return _remove(library, arguments)
            case "delete":
                library.albums.remove(known_album(library.catalog, arguments.name).id)
                return _told(library.catalog.albums())
            case _:
                album = known_album(library.catalog, arguments.name)
                library.albums.rename(album.id, arguments.new)
                return _told([library.catalog.album(album.id)])


def known_album(catalog: Catalog, name: str) -> Album:
    """The album of this name; UserError where there is none."""
    found = catalog.album_named(name)
    if found is None:
        raise UserError(f"There is no album named {name}.", "See what there is with: guie-desktop album list")
    return found


def _import(library: WritableLibrary, arguments: argparse.Namespace) -> CommandResult:
    report = run_to_end(import_albums(library, arguments.folder))
    answer, lines, status = _told(report.albums)
    lines.append(f"{report.added} photos were put into {len(report.albums)} albums.")
    if report.failed:
        lines.append(f"{len(report.failed)} files were left out, for they could not be read.")
    return answer | {"failed": failures_as_json(report.failed)}, [*failure_lines(report.failed), *lines], status


def _add(library: WritableLibrary, arguments: argparse.Namespace) -> CommandResult:
    photos = photos_at(library.catalog, arguments.paths)
    album = library.catalog.album_named(arguments.name)
    if album is None:
        album_id = library.albums.create(arguments.name, photos)
    else:
        album_id = album.id
        library.albums.decide(album_id, photos, "member")
    return _told([library.catalog.album(album_id)])


def _remove(library: WritableLibrary, arguments: argparse.Namespace) -> CommandResult:
    album = known_album(library.catalog, arguments.name)
    members = set(library.catalog.photo_ids(album_id=album.id))
    leaving = members.intersection(photos_at(library.catalog, arguments.paths))
    library.albums.decide(album.id, sorted(leaving), None)
    return _told([library.catalog.album(album.id)])


def _suggest(library: OpenLibrary, arguments: argparse.Namespace) -> CommandResult:
    album = known_album(library.catalog, arguments.name)
    library.backbone.synchronise()
    suggested = suggest(library.catalog, library.backbone.space, album.id, arguments.most)
    hits = suggested.hits
    found = hits_as_json(hits, library.catalog.photos([hit.photo_id for hit in hits]))
    left = None if suggested.left is None else round(suggested.left, 1)
    return {"album": album.name, "left": left, "hits": found}, hit_lines(hits, "No photo looks like it; nearest:"), 0


def photos_at(catalog: Catalog, paths: Iterable[Path]) -> list[int]:
    """The photos of the library that these paths name, or that lie in these folders; UserError where there are none."""
    found: list[int] = []
    for path in paths:
        # The library knows a linked photo by the link's name, and folders by their real ones.
        linked = Path(os.path.realpath(path.parent), path.name)
        photo = catalog.photo_at(linked) or catalog.photo_at(Path(os.path.realpath(path)))
        inside = [] if photo else catalog.photos_by_directory(Path(os.path.realpath(path))).values()
        if photo is None and not inside:
            raise UserError(
                f"The library has no photo at {path}.", "Bring it up to date with: guie-desktop index FOLDER"
            )
        found += [photo.id] if photo else [photo_id for ids in inside for photo_id in ids]
    return found


def _told(albums: Iterable[Album]) -> CommandResult:
    albums = list(albums)
    answer = {"albums": [{"name": album.name, "photos": album.photos} for album in albums]}
    return answer, [f"{album.photos:>8}  {album.name}" for album in albums], 0
