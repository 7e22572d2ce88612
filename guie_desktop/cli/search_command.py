"""What `guie-desktop search` does."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from guie_desktop.asking import SOURCES, Answer, Filter, Query, Span, Term, together
from guie_desktop.cli.album_commands import known_album
from guie_desktop.cli.given_files import check_there
from guie_desktop.cli.output import CommandResult, WrongUsage, hit_lines, hits_as_json
from guie_desktop.cli.saved_searches import NOT_WHOLE, passing, recalled_search
from guie_desktop.errors import UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.listings import noted_names
from guie_desktop.paths import LibraryPaths
from guie_desktop.question import parted
from guie_desktop.wording.known_words import knowledge
from guie_desktop.workspace.open_library import OpenLibrary


def run_search_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """The hits, best first; UserError where there is nothing to look for, or nothing to look for it in."""
    if arguments.saved is not None:
        return _ask_saved(paths, arguments)
    if not arguments.images and not arguments.text:
        raise UserError("There is nothing to search for.", "Give at least one photo, or words with --text.")
    check_there(*arguments.images, *arguments.unlike)
    with OpenLibrary(paths) as library:
        return _ask(library, _query(library.catalog, arguments))


def _ask_saved(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """What was saved, among the photos that pass; where nothing but a filter was, all of these, the newest first."""
    given = arguments.images, arguments.text, arguments.unlike, arguments.not_text, arguments.region
    if any(given):
        raise WrongUsage("A saved search knows what to look for.", "Leave photos and words out, or leave --saved out.")
    with OpenLibrary(paths) as library:
        recalled = recalled_search(library.catalog, arguments.saved)
        query = recalled.question.query()
        which = together(query.which, _filter(library.catalog, arguments))
        if recalled.question.is_on:
            how = {"top": arguments.top, "head": arguments.head, "parts": arguments.parts}
            answer, lines, status = _ask(library, replace(query, which=which, **how))
        else:
            hits, lines = passing(library.catalog, which, arguments.top)
            answer, status = {"hits": hits}, 0
    told = [] if recalled.is_whole else [NOT_WHOLE]
    return {**answer, "whole": recalled.is_whole}, [*lines, *told], status


def _ask(library: OpenLibrary, query: Query) -> CommandResult:
    library.backbone.synchronise(parts=query.parts)
    if query.parts and not library.backbone.parts.photos:
        raise UserError("No photos have been looked into yet.", "Choose a folder, an album or all.", "parts")
    found = library.search_engine.answer(query)
    answer = {
        "model": found.model,
        "head": found.head,
        "seconds": found.seconds,
        "nothing_similar": found.nothing_similar,
        "personal": round(found.personal, 4),
        "found": dict(found.found),
        "dates": list(found.dates),
        "known": list(found.known),
        "unknown": list(found.unknown),
        "hits": hits_as_json(found.hits, library.catalog.photos([hit.photo_id for hit in found.hits])),
    }
    return answer, [*hit_lines(found.hits, _nothing(found)), *knowledge(found)], 0


def _nothing(found: Answer) -> str:
    if any(hit.is_recognised for hit in found.hits):
        return "Probably nothing in the library shows this; nearest:"
    return "Nothing in the library looks like this; nearest:"


def _query(catalog: Catalog, arguments: argparse.Namespace) -> Query:
    words, unwanted = parted(arguments.text or "")
    return Query(
        images=tuple(arguments.images),
        terms=tuple(Term(image=image, unlike=True) for image in arguments.unlike),
        text=words,
        unlike_text=" ".join(filter(None, (unwanted, arguments.not_text))),
        sources=frozenset(arguments.sources or SOURCES),
        region=arguments.region,
        which=_filter(catalog, arguments),
        top=arguments.top,
        head=arguments.head,
        parts=arguments.parts,
    )


def _filter(catalog: Catalog, arguments: argparse.Namespace) -> Filter:
    noted, span = noted_names(catalog), _span(arguments.since, arguments.until)
    return Filter(
        folder=arguments.folder,
        albums=tuple(known_album(catalog, name).id for name in arguments.album),
        not_albums=tuple(known_album(catalog, name).id for name in arguments.not_album),
        unsorted=arguments.unsorted,
        taken=() if span == (None, None) else (span,),
        cameras=_having(arguments.camera, noted.cameras, "camera"),
        lenses=_having(arguments.lens, noted.lenses, "lens"),
        places=_having(arguments.place, noted.places, "place"),
        kinds=tuple(arguments.kind),
        shapes=tuple(arguments.shape),
        colours=tuple(arguments.colours),
        rating=arguments.rating,
        flagged=arguments.flagged,
        copies_hidden=arguments.no_copies,
    )


def _having(text: str | None, names: Sequence[str], what: str) -> tuple[str, ...]:
    """Those of the names that have this text in them, whatever its case."""
    if text is None:
        return ()
    found = tuple(name for name in names if text.casefold() in name.casefold())
    if not found:
        known = f"There are: {', '.join(names)}." if names else f"None of them notes its {what}."
        raise UserError(f"No photo of the library notes a {what} with {text} in its name.", known)
    return found


def _span(since: date | None, until: date | None) -> Span:
    """From the beginning of a day to the end of another one, where the computer is."""
    return (
        None if since is None else datetime.combine(since, time()).timestamp(),
        None if until is None else datetime.combine(until + timedelta(days=1), time()).timestamp(),
    )
