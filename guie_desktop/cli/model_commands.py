"""What `guie-desktop model` does."""

import argparse
import time
from dataclasses import asdict
from typing import Any

from guie_desktop.cli.output import CommandResult, run_to_end
from guie_desktop.domain import ModelState
from guie_desktop.embedding.assets import load_card
from guie_desktop.embedding.weights import comes_with_the_program, weights_hash
from guie_desktop.jobs.switching import switch_model
from guie_desktop.jobs.weight_installation import add_weights, fetch_if_needed
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.model_catalog import list_models
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary


def run_model_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `model list|download|use|add`."""
    match arguments.action:
        case "list":
            # A library that is there is only read, so that an open window is no hindrance.
            with (OpenLibrary if paths.catalog.exists() else WritableLibrary)(paths) as library:
                return _list(library, arguments)
        case "use":
            with WritableLibrary(paths) as library:
                return _use(library, arguments)
    paths.create()
    return _download(paths, arguments) if arguments.action == "download" else _add(paths, arguments)


def _list(library: OpenLibrary, arguments: argparse.Namespace) -> CommandResult:
    states = list_models(library, measure=arguments.measure)
    cards = {state.name: load_card(state.name) for state in states}
    models = [
        _as_json(state)
        | {
            "parameters": cards[state.name].parameters,
            "dimension": cards[state.name].feature_dimension,
            "input_size": cards[state.name].input_size,
        }
        for state in states
    ]
    return {"models": models}, [line for state in states for line in _lines(state)], 0


def _as_json(state: ModelState) -> dict[str, Any]:
    """As scripts know it since the first version: what is pending is called coming there."""
    return {"coming" if name == "pending" else name: value for name, value in asdict(state).items()}


def _lines(state: ModelState) -> tuple[str, str]:
    words = ["in use"] if state.in_use else ["coming"] if state.pending else []
    if state.recommended:
        words.append("recommended here")
    words.append("on this computer" if state.installed else f"{state.download_bytes / 1e6:,.0f} MB to fetch")
    if state.embedded:
        words.append(f"{state.embedded} photos embedded")
    if state.photos_per_second:
        words.append(f"about {state.photos_per_second:.2g} photos a second")
    return f"{state.name:<24} {', '.join(words)}", f"{'':<24} {state.good_for}"


def _download(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    card = load_card(arguments.name)
    run_to_end(fetch_if_needed(card, paths, for_words=True))
    answer = {"name": card.name, "sha256": weights_hash(card, paths.weights)}
    said = "comes with the program." if comes_with_the_program(card) else "is on this computer."
    return answer, [f"{card.title} {said}"], 0


def _use(library: WritableLibrary, arguments: argparse.Namespace) -> CommandResult:
    started, before = time.monotonic(), library.backbone.name
    if arguments.device is not None:
        library.run_on(arguments.device)
    tally = run_to_end(switch_model(library, arguments.name))
    answer = {
        "model": library.backbone.name,
        "before": before,
        "photos": library.catalog.counts().photos,
        "embedded": tally.embedded,
        "seconds": time.monotonic() - started,
    }
    return answer, [f"{library.backbone.card.title} is in use; {tally.embedded} photos were embedded for it."], 0


def _add(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    card = run_to_end(add_weights(paths, arguments.path, arguments.model))
    sha256 = weights_hash(card, paths.weights)
    as_published = sha256 == card.weights_sha256 if card.weights_sha256 else None
    answer = {"name": card.name, "title": card.title, "sha256": sha256, "as_published": as_published}
    return answer, [f"These are weights of {card.title}. Use them: guie-desktop model use {card.name}"], 0
