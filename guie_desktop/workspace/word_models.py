"""The model to choose where a word is not known: the smallest of those that understand any words."""

from guie_desktop.embedding.assets import list_cards
from guie_desktop.embedding.weights import installed_file
from guie_desktop.library.catalog import Catalog
from guie_desktop.paths import LibraryPaths
from guie_desktop.sentences import Sentence
from guie_desktop.workspace.known_power import power_at_hand
from guie_desktop.workspace.speed_benchmark import photos_per_second

_MEGABYTE = 1_000_000
_MINUTE, _HOUR = 60.0, 3600.0


def offer_of_words(paths: LibraryPaths, catalog: Catalog) -> tuple[str, str]:
    """A sentence about the smallest model with a text tower, and the command that chooses it; may take a second."""
    card = min((card for card in list_cards() if card.words), key=lambda card: (card.download_bytes, card.gflops))
    seconds = catalog.counts().photos / photos_per_second(card, power_at_hand(paths.networks))
    values = {"model": card.title, "size": round(card.download_bytes / _MEGABYTE), "time": _time(seconds)}
    if installed_file(card, paths.weights) is not None:
        offer = Sentence(
            "{model} is on this computer and understands any words; it reads your photos in about {time}.",
            model=values["model"],
            time=values["time"],
        )
    else:
        offer = Sentence(
            "{model} understands any words: {size} MB to download, and about {time} to read your photos.",
            **values,
        )
    return offer, f"model use {card.name}"


def _time(seconds: float) -> Sentence:
    if seconds < 2 * _MINUTE:
        return Sentence("two minutes")
    if seconds < 2 * _HOUR:
        return Sentence("{minutes} minutes", minutes=round(seconds / _MINUTE))
    return Sentence("{hours} hours", hours=round(seconds / _HOUR))
