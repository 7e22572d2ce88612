"""What is told of a photo, wherever it is told: in tooltips, above the large picture, and beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from guie_desktop.asking import Hit
from guie_desktop.domain import Photo, Region
from guie_desktop.gui.desktop.file_names import readable, readable_path
from guie_desktop.gui.look.wording import FIELD_WORDS, LIKENESS_WORDS, opinions, probability_text, remarks, taken_text
from guie_desktop.language import decimal_text, ntr, size_text, tr, tr_noop

_PLACES_NAMED = 8
_SAID_ELSEWHERE = ("Name", "Likeness", "Similarity", "As learned", "As recognised")
"""What stands on the tile of a hit, or above its large picture."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is known of a photo: what it is, and what is said of it, perhaps in several lines."""

    what: str
    """To be translated where it is shown."""
    said: str
    alone: str = ""
    """The same as a sentence that needs no heading; empty where `said` is one."""


def facts_of(photo: Photo, hit: Hit | None = None) -> list[Fact]:
    """All that the library knows of a photo; of a hit also how alike it is, and where else it lies."""
    dimensions = f"{photo.width} × {photo.height}"
    facts = [
        Fact(tr_noop("Name"), readable(photo.path.name)),
        Fact(tr_noop("Folder"), readable_path(photo.path.parent)),
        Fact(tr_noop("Size"), f"{dimensions}, {size_text(photo.bytes)}"),
        Fact(tr_noop("Date"), taken_text(photo)),
        *(Fact(tr_noop("Kind"), remark) for remark in remarks(photo)),
        *([Fact(tr_noop("Rating"), ", ".join(thought))] if (thought := opinions(photo)) else []),
    ]
    if hit is not None and hit.is_recognised and hit.probability is not None:
        likely = tr("{share} likely to show what you look for", share=probability_text(hit.probability))
        return [*facts, Fact(tr_noop("As recognised"), likely), *_elsewhere(hit)]
    if hit is not None and hit.found_in is not None:
        return [*facts, Fact(tr_noop("Words found in"), tr(FIELD_WORDS[hit.found_in])), *_elsewhere(hit)]
    if hit is not None:
        alike = decimal_text(hit.score, 2)
        facts.append(Fact(tr_noop("Similarity"), alike, tr("Similarity {number}", number=alike)))
        if hit.likeness is not None:
            facts.append(Fact(tr_noop("Likeness"), tr(LIKENESS_WORDS[hit.likeness])))
    if hit is not None and hit.box is not None:
        place = tr(_place_of(hit.box))
        found = tr("Found by a part {place}", place=place)
        facts.append(Fact(tr_noop("Found by"), tr("A part {place}", place=place), found))
    if hit is not None and hit.probability is not None:
        share = probability_text(hit.probability)
        said = tr("{share} of such hits share an album with what you look for", share=share)
        facts.append(Fact(tr_noop("As learned"), said))
    return facts if hit is None else [*facts, *_elsewhere(hit)]


def _elsewhere(hit: Hit) -> Iterator[Fact]:
    if len(hit.places) > 1:
        others = "\n".join(other_places(hit))
        number = len(hit.places)
        also = ntr("The same photo in {number} place, also:", "The same photo in {number} places, also:", number)
        yield Fact(tr_noop("Also in"), others, f"{also}\n{others}")


_PLACES = (
    (tr_noop("at the top left"), tr_noop("at the top"), tr_noop("at the top right")),
    (tr_noop("at the left"), tr_noop("in the middle"), tr_noop("at the right")),
    (tr_noop("at the bottom left"), tr_noop("at the bottom"), tr_noop("at the bottom right")),
)


def _place_of(box: Region) -> str:
    """Where a part lies, to be translated."""
    left, top, width, height = box
    return _PLACES[min(2, int(3 * (top + height / 2)))][min(2, int(3 * (left + width / 2)))]


def describe(photo: Photo, hit: Hit | None = None) -> str:
    """Name, folder, size and date of a photo, one a line; of a hit also how alike it is, and where else it lies."""
    return "\n".join(fact.alone or fact.said for fact in facts_of(photo, hit))


def summary(photo: Photo, hit: Hit | None = None) -> tuple[str, ...]:
    """The same on one line, and again in fewer words; how alike a hit is stands elsewhere."""
    facts = [fact for fact in facts_of(photo, hit) if fact.what not in _SAID_ELSEWHERE]
    kept = ((), ("Also in",), ("Also in", "Folder"))
    return tuple(" · ".join(_on_one_line(fact) for fact in facts if fact.what not in left_out) for left_out in kept)


def _on_one_line(fact: Fact) -> str:
    return (fact.alone or fact.said).replace(":\n", " ").replace("\n", ", ")


def other_places(hit: Hit) -> list[str]:
    """Where a hit lies besides the place that is shown; many are counted and not named."""
    others = [readable_path(place) for place in hit.places[1:]]
    named, more = others[:_PLACES_NAMED], len(others) - _PLACES_NAMED
    return [*named, ntr("and {number} other", "and {number} others", more)] if more > 0 else named
