"""General heads that were trained elsewhere: which of them a library has taken in, and which it may take in."""

import numpy as np

from guie_desktop.domain import FITTED_HEAD
from guie_desktop.embedding.assets import list_cards
from guie_desktop.embedding.backbone import without_precision
from guie_desktop.embedding.general_head import GENERAL_MAGIC, GeneralHead
from guie_desktop.embedding.head_file import unreadable_head
from guie_desktop.errors import UserError
from guie_desktop.learned import HeadState
from guie_desktop.library.head_store import StoredGeneralHead
from guie_desktop.sentences import Sentence
from guie_desktop.workspace.open_library import OpenLibrary


def is_general(stored: bytes) -> bool:
    """Whether this is the file of a general head, whole or damaged."""
    return stored.startswith(GENERAL_MAGIC)


def row_of(head_id: int) -> int:
    """The number in the catalog, from 1 on, of a general head with this id; 0 for the fitted one."""
    return FITTED_HEAD - head_id


def id_of(row: int) -> int:
    """The id of the general head with this number in the catalog."""
    return FITTED_HEAD - row


def general_states(library: OpenLibrary) -> tuple[HeadState, ...]:
    """Those that were taken in, the newest first, and the fitted one last; nothing where none was taken in."""
    backbone = library.backbone
    trained = library.head_store.trained_generals(backbone.key)
    if not trained:
        return ()
    fitted = library.head_store.latest_general(backbone.key)
    photos = 0 if fitted is None else fitted.fitted_on
    in_use = backbone.general.origin is None  # also where the chosen one is damaged
    chosen = 0 if in_use else backbone.general_id
    last = HeadState(FITTED_HEAD, "Fitted to this library", 0.0, in_use, "", 0, photos, None, None, imported=False)
    return (*(_state(stored, chosen) for stored in trained), last)


def check_general(library: OpenLibrary, head_id: int) -> None:
    """UserError where there is no such general head for the backbone in use, or it is damaged."""
    if head_id != FITTED_HEAD:
        general_version(library, head_id)


def general_version(library: OpenLibrary, head_id: int) -> GeneralHead:
    """One that was taken in; UserError where there is no such one for the backbone in use, or it is damaged."""
    stored = library.head_store.trained_general(library.backbone.key, row_of(head_id))
    if stored is None:
        raise UserError(
            Sentence("The model in use has no general head with the number {number}.", number=row_of(head_id)),
            "Choose one of those that it has.",
            "head list",
        )
    return GeneralHead.from_bytes(stored.data)


def read_general(library: OpenLibrary, stored: bytes) -> GeneralHead:
    """A general head from its file; UserError where this library cannot take it in.

    It is damaged, was fitted to another library, takes what another backbone gives, or is here already.
    """
    head = GeneralHead.from_bytes(stored)
    if head.origin is None:
        raise UserError(
            "This general head was fitted to another library, and says nothing of this one.",
            "Take in one that was trained, or that was learned from albums.",
        )
    backbone = library.backbone
    _check_backbone(head.origin.backbone_key, backbone.key, backbone.title)
    if head.dimension != backbone.general.dimension:
        raise unreadable_head()
    for kept in library.head_store.trained_generals(backbone.key):
        if _is_same(head, kept):
            raise UserError(
                Sentence("This general head is here already, with the number {number}.", number=kept.id),
                "Use it from the list of versions.",
                f"head use general-{kept.id}",
            )
    return head


def _check_backbone(trained_with: str, used: str, title: str) -> None:
    wanted, here = without_precision(trained_with), without_precision(used)
    if wanted == here:
        return
    name = wanted.rpartition("-")[0]
    if name == here.rpartition("-")[0]:
        raise UserError(
            Sentence(
                "This general head was trained with other features of {model} ({told}, not {used}): "
                "its weights or the version of the program differ.",
                model=title,
                told=f"{trained_with[:60]!a}",
                used=used,
            ),
            "Take in one that was trained with these.",
        )
    card = next((card for card in list_cards() if card.name == name), None)
    if card is None:
        raise UserError(
            Sentence(
                "This general head was trained with another model ({told}) than the library uses ({used}).",
                told=f"{trained_with[:60]!a}",
                used=used,
            ),
            "Take in one that was trained with the model in use.",
        )
    raise UserError(
        Sentence(
            "This general head was trained with {model}, and the library uses {used}.", model=card.title, used=title
        ),
        Sentence("Switch the library to {model} first.", model=card.title),
        f"model use {card.name}",
    )


def _is_same(head: GeneralHead, kept: StoredGeneralHead) -> bool:
    try:
        other = GeneralHead.from_bytes(kept.data).projection
    except UserError:
        return False
    pairs = ((head.projection.mean, other.mean), (head.projection.matrix, other.matrix))
    return all(np.array_equal(np.asarray(one), np.asarray(two)) for one, two in pairs)


def _state(stored: StoredGeneralHead, chosen: int) -> HeadState:
    try:
        head = GeneralHead.from_bytes(stored.data)
    except UserError:
        return HeadState(id_of(stored.id), "Damaged", stored.made_at, False, "", 0, 0, None, None, imported=True)
    assert head.origin is not None
    return HeadState(
        id=id_of(stored.id),
        title=head.name,
        made_at=stored.made_at,
        in_use=stored.id == chosen,
        loss=head.origin.preset,
        albums=head.origin.classes,
        photos=head.origin.photos,
        before=head.before,
        after=head.after,
        imported=True,
    )
