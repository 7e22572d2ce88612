"""The backbones to choose from, how this library stands with each, and which one to recommend here."""

from collections.abc import Sequence

from guie_desktop.domain import ModelState
from guie_desktop.embedding.assets import DEFAULT_MODEL, ModelCard, list_cards
from guie_desktop.embedding.devices import choose_device
from guie_desktop.embedding.weights import installed_file
from guie_desktop.errors import UserError
from guie_desktop.workspace.known_power import known_power
from guie_desktop.workspace.open_library import OpenLibrary
from guie_desktop.workspace.speed_benchmark import photos_per_second

_BEST_FIRST = ("siglip-so400m-14-384", "siglip-l-16-384", "siglip2-b-16-256", "siglip-b-16-224")
"""What is recommended, by the study's own order, as far as the machine is fast enough."""
_FAST_ENOUGH = {"cpu": 2.0, "cuda": 5.0, "mps": 5.0}
"""Photos per second: on a CPU, ten thousand photos in a bit more than an hour."""


def list_models(library: OpenLibrary, *, measure: bool) -> tuple[ModelState, ...]:
    """All backbones, the one in use first; `measure` tries this machine's speed, which takes a second or two."""
    pending = library.choices.pending_model
    power = known_power(library.paths.networks) if measure else None
    cards = list_cards()
    speeds = {card.name: photos_per_second(card, power) for card in cards}
    best = recommended(cards, speeds) if measure else ""
    states = [_state_of(library, card, speeds[card.name], pending, best) for card in cards]
    return tuple(sorted(states, key=_place))


def _place(state: ModelState) -> tuple[bool, ...]:
    return (not state.in_use, not state.pending, not state.recommended, not state.embedded, not state.installed)


def recommended(cards: Sequence[ModelCard], speeds: dict[str, float]) -> str:
    """The best backbone that is fast enough here; the embedded one where none is."""
    fast_enough = _FAST_ENOUGH[choose_device("auto")]
    known = {card.name for card in cards}
    return next((name for name in _BEST_FIRST if name in known and speeds[name] >= fast_enough), DEFAULT_MODEL)


def _state_of(library: OpenLibrary, card: ModelCard, speed: float, pending: str, best: str) -> ModelState:
    return ModelState(
        name=card.name,
        title=card.title,
        good_for=card.good_for,
        licence=card.licence,
        download_bytes=card.download_bytes,
        study_mmp5=card.study_mmp5,
        photos_per_second=speed,
        words=card.words,
        knows=bool(card.knows),
        installed=installed_file(card, library.paths.weights) is not None,
        embedded=_embedded(library, card),
        in_use=card.name == library.backbone.name,
        pending=card.name == pending,
        recommended=card.name == best,
    )


def _embedded(library: OpenLibrary, card: ModelCard) -> int:
    try:
        key = library.key_of(card)
    except UserError:
        return 0
    return library.catalog.embedded_count(key)
