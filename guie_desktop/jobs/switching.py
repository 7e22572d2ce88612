"""Changing what is searched with, another backbone or another head; search goes on with the old one until then."""

from collections.abc import Generator

from guie_desktop.domain import GENERAL_HEAD
from guie_desktop.embedding.assets import ModelCard, load_card
from guie_desktop.jobs.background import in_background
from guie_desktop.jobs.pace import Pace
from guie_desktop.jobs.reading import PhotoReader
from guie_desktop.jobs.refitting import fill, refresh_general_head, renew_space
from guie_desktop.jobs.scanning import Tally
from guie_desktop.jobs.weight_installation import fetch_if_needed
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.messages import Progress
from guie_desktop.workspace.general_heads import row_of
from guie_desktop.workspace.head_versions import check_version
from guie_desktop.workspace.open_library import WritableLibrary
from guie_desktop.workspace.precision_choice import fastest_precision


def use_head(library: WritableLibrary, head_id: int) -> Generator[Progress, None, None]:
    """Search with this version from now on, 0 being none; until its index is whole, with the one before.

    What has an id below zero is a general head, which takes the place of the general head alone: what was learned from
    albums stays in use beside it.
    """
    check_version(library, head_id)
    if head_id >= GENERAL_HEAD:
        yield from renew_space(library.backbone, head_id)
        return
    yield from renew_space(library.backbone, general_id=row_of(head_id))
    yield from refresh_general_head(library.backbone, is_settled=True)  # the library may have grown meanwhile


def switch_model(library: WritableLibrary, name: str) -> Generator[Progress, None, Tally]:
    """Make this the library's backbone; returns what was read for it.

    Each yield is a safe place to stop: until the end the old backbone is in use, and a later call goes on from there.
    The old one keeps features, heads and index, so going back takes a moment. UserError where the weights are not to be
    had.
    """
    card = load_card(name)
    tally = Tally()
    library.plan_switch(name)
    if name == library.backbone.name:
        return tally
    yield from fetch_if_needed(card, library.paths)
    # What a library has without a choice, as with the model that it began with, is in the default precision.
    if not library.choices.precision_of(name) and _has_nothing_of(library, card):
        precision = yield from in_background(lambda: fastest_precision(library, card), Pace("model").progress)
        library.choices.choose_precision(name, precision)
    backbone = library.open_backbone(name)
    while library.catalog.is_pending(backbone.key):
        before = tally.embedded + tally.added + tally.changed
        yield from PhotoReader(library, backbone, tally).read_all()
        if tally.embedded + tally.added + tally.changed == before:
            break  # what is left cannot be read now
    yield from refresh_general_head(backbone, is_settled=True)
    yield from fill(backbone.space)
    yield from fill(backbone.parts)
    library.use(backbone)
    return tally


def _has_nothing_of(library: WritableLibrary, card: ModelCard) -> bool:
    return FeatureStore(library.catalog, library.key_of(card)).is_empty()
