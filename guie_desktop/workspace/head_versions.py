"""The versions of the personal head: which there are, how they did in the test, and moving them between libraries."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from guie_desktop.domain import FITTED_HEAD, GENERAL_HEAD
from guie_desktop.embedding.personal_head import PersonalHead, check_backbone
from guie_desktop.errors import UserError, reason_of
from guie_desktop.learned import HeadState, LearningReport
from guie_desktop.library.head_store import StoredPersonalHead
from guie_desktop.search.space import NOTHING
from guie_desktop.sentences import Sentence
from guie_desktop.workspace.general_heads import check_general, general_states, general_version
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from guie_desktop.workspace.reports import report_from_text

_LARGEST_FILE = 64 << 20
"""Heads have a few hundred kilobytes."""


def list_heads(library: OpenLibrary) -> tuple[HeadState, ...]:
    """The versions for the backbone in use, the newest first, and the general head after them.

    Where a general head was taken in those that it can be follow, each in use or not beside what was learned.
    """
    backbone, store = library.backbone, library.head_store
    states = [_state(stored, backbone.personal_id) for stored in store.personal_versions(backbone.key)]
    general = store.latest_general(backbone.key)
    fitted_on = 0 if general is None else general.fitted_on
    in_use = not any(state.in_use for state in states)  # also where the chosen version is damaged
    alone = HeadState(GENERAL_HEAD, "General", 0.0, in_use, "", 0, fitted_on, None, None, imported=False)
    return (*states, alone, *general_states(library))


def check_version(library: OpenLibrary, head_id: int) -> None:
    """UserError where there is no such version for the backbone in use, or it is damaged."""
    if head_id < GENERAL_HEAD:
        check_general(library, head_id)
    elif head_id != GENERAL_HEAD:
        _read(_version(library, head_id))


def export_head(library: OpenLibrary, head_id: int, file: Path, *, with_names: bool) -> None:
    """Write a version to a file: no photos in it, and the albums' names only if asked. UserError where that fails."""
    if head_id in (GENERAL_HEAD, FITTED_HEAD):
        raise UserError(
            "The general head is made from each library's own photos, so it is not exported.",
            "Choose one that was learned from albums.",
            "head list",
        )
    if head_id < GENERAL_HEAD:
        stored = replace(general_version(library, head_id), before=None, after=None).to_bytes()
    else:
        stored = _read(_version(library, head_id)).to_bytes(with_names=with_names)
    if file.is_dir():
        raise UserError(Sentence("{file} is a folder.", file=file), "Add the name that the file shall have.")
    beside = file.with_name(f"{file.name}.part")
    try:
        beside.write_bytes(stored)
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise UserError(
            Sentence("{what} could not be written ({reason}).", what=file, reason=reason_of(error)),
            "Choose another folder.",
        ) from error


def read_head_file(file: Path) -> bytes:
    """What a file holds that may be a head; UserError where it cannot be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST_FILE)
    except OSError as error:
        raise UserError(
            Sentence("{file} cannot be read ({reason}).", file=file, reason=reason_of(error)), "Check the name."
        ) from error


def import_head(library: WritableLibrary, file: Path) -> int:
    """Bring a head that was learned from albums in from a file; returns its id. It is not in use yet.

    UserError where the file is no such head or damaged, or was learned with another backbone than the library's. Which
    of the photos here it knows is told in each search by the albums' centres that it carries.
    """
    backbone, stored = library.backbone, read_head_file(file)
    head = PersonalHead.from_bytes(stored)
    check_backbone(head, backbone.key, backbone.general.dimension)
    name = file.name.encode(errors="replace").decode()  # names of files may hold bytes that are not text
    title = f"{library.head_store.next_title()}, from {name}"
    data = replace(head, title=title).to_bytes(with_names=True)
    return library.head_store.keep_personal(backbone.key, title, data, NOTHING, None)


def report_of(library: OpenLibrary, head_id: int) -> LearningReport:
    """How a version was learned and tested; UserError where that is not known."""
    stored = _version(library, head_id)
    if stored.report is None:
        raise UserError("This head came from elsewhere, without its report.", "Learn your own albums to get one.")
    return report_from_text(stored.report, head_id)


def _version(library: OpenLibrary, head_id: int) -> StoredPersonalHead:
    stored = library.head_store.personal_version(library.backbone.key, head_id)
    if stored is None:
        raise UserError(
            Sentence("The model in use has no head with the number {head_id}.", head_id=head_id),
            "Choose one of those that it has.",
            "head list",
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
