"""The table of models, made from their cards."""

from guie_desktop.embedding.assets import DEFAULT_MODEL, ModelCard, list_cards
from guie_desktop.language import size_text

_HEAD = (
    "| model | good for | words | download | network | licence |",
    "| --- | --- | --- | --- | --- | --- |",
)


def model_table() -> str:
    """All models in Markdown, the embedded one first, then from the quickest to the slowest."""
    cards = sorted(list_cards(), key=lambda card: (card.name != DEFAULT_MODEL, card.gflops))
    return "\n".join([*_HEAD, *map(_line, cards)])


def _line(card: ModelCard) -> str:
    words = "any" if card.words else "1,000 things by name" if card.knows else "no"
    fetched = size_text(card.download_bytes) if card.download_bytes else "comes with the program"
    network = f"{card.parameters / 1e6:.0f} M parameters, {card.gflops:.3g} GFLOPs, {card.input_size} px"
    return f"| **{card.title}**<br>`{card.name}` | {card.good_for} | {words} | {fetched} | {network} | {card.licence} |"
