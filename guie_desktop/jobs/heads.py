"""The versions of the personal head: which there are, using one, going back, taking one along and bringing it in."""

from collections.abc import Generator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from guie_desktop.domain import HeadState, LearningReport
from guie_desktop.embedding.personal_head import PersonalHead, check_backbone
from guie_desktop.errors import UserError
from guie_desktop.jobs.general_head import renew_space
from guie_desktop.jobs.model import Model
from guie_desktop.jobs.open_library import OpenLibrary, WritableLibrary
from guie_desktop.jobs.reports import report_from_text
from guie_desktop.library.heads import (
    StoredPersonalHead,
    keep_personal_head,
    latest_head,
    next_title,
    personal_version,
    personal_versions,
)
from guie_desktop.messages import Progress
from guie_desktop.search.space import NOTHING

GENERAL = 0
"""Id by which the general head is chosen."""
_LARGEST_FILE = 64 << 20
"""Heads have a few hundred kilobytes."""


def list_heads(library: OpenLibrary) -> tuple[HeadState, ...]:
    """The versions for the backbone in use, the newest first, and the general head last."""
    model = library.model
    states = [_state(stored, model.personal_id) for stored in personal_versions(model.features.engine, model.key)]
    general = latest_head(model.features.engine, model.key)
    fitted_on = 0 if general is None else general.fitted_on
    in_use = not any(state.in_use for state in states)  # also where the chosen version is damaged
    return (*states, HeadState(GENERAL, "General", 0.0, in_use, "", 0, fitted_on, None, None, imported=False))


def use_head(library: WritableLibrary, head_id: int) -> Generator[Progress, None, None]:
    """Search with this version from now on, 0 being the general head; until its index is whole, with the one before."""
    if head_id != GENERAL:
        _read(_version(library.model, head_id))  # a damaged one is told of now
    yield from renew_space(library.model, head_id)


def export_head(library: OpenLibrary, head_id: int, file: Path, *, with_names: bool) -> None:
    """Write a version to a file: no photos in it, and the albums' names only if asked. UserError where that fails."""
    if head_id == GENERAL:
        raise UserError(
            "The general head is made from each library's own photos, so it is not exported.",
            "Choose one that was learned from albums.",
            "head list",
        )
    head = _read(_version(library.model, head_id))
    if file.is_dir():
        raise UserError(f"{file} is a folder.", "Add the name that the file shall have.")
    beside = file.with_name(f"{file.name}.part")
    try:
        beside.write_bytes(head.to_bytes(with_names=with_names))
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise UserError(
            f"{file} could not be written ({error.strerror or error}).", "Choose another folder."
        ) from error


def import_head(library: WritableLibrary, file: Path) -> int:
    """Bring a head in from a file; returns its id. It is not in use yet.

    UserError where the file is no head or damaged, or was learned with another backbone than the library's. Which of
    the photos here it knows is told in each search by the albums' centres that it carries.
    """
    model = library.model
    try:
        with file.open("rb") as opened:
            stored = opened.read(_LARGEST_FILE)
    except OSError as error:
        raise UserError(f"{file} cannot be read ({error.strerror or error}).", "Check the name.") from error
    head = PersonalHead.from_bytes(stored)
    check_backbone(head, model.key, model.general.dimension)
    name = file.name.encode(errors="replace").decode()  # names of files may hold bytes that are not text
    title = f"{next_title(model.features.engine)}, from {name}"
    data = replace(head, title=title).to_bytes(with_names=True)
    return keep_personal_head(model.features, title, data, NOTHING, None)


def report_of(library: OpenLibrary, head_id: int) -> LearningReport:
    """How a version was learned and tested; UserError where that is not known."""
    stored = _version(library.model, head_id)
    if stored.report is None:
        raise UserError("This head came from elsewhere, without its report.", "Learn your own albums to get one.")
    return report_from_text(stored.report, head_id)


def _version(model: Model, head_id: int) -> StoredPersonalHead:
    stored = personal_version(model.features.engine, model.key, head_id)
    if stored is None:
        raise UserError(
            f"The model in use has no head with the number {head_id}.", "Choose one of those that it has.", "head list"
        )
    return stored


def _read(stored: StoredPersonalHead) -> PersonalHead:
    return PersonalHead.from_bytes(stored.data)


def _state(stored: StoredPersonalHead, in_use: int) -> HeadState:
    try:
        head = _read(stored)
    except UserError:
        title = f"{stored.title} (damaged)"
        return HeadState(stored.id, title, stored.made_at, False, "", 0, 0, None, None, imported=False)
    return HeadState(
        id=stored.id,
        title=stored.title,
        made_at=stored.made_at,
        in_use=stored.id == in_use,
        loss=str(head.recipe.get("loss", "")),
        albums=len(head.centres),
        photos=head.photos,
        before=head.before,
        after=head.after,
        imported=stored.is_imported,
    )
