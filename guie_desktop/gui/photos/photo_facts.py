"""What is told of a photo, wherever it is told: in tooltips, above the large picture, and beside it."""

from dataclasses import dataclass

from guie_desktop.domain import Hit, Photo
from guie_desktop.gui.desktop.file_names import readable, readable_path
from guie_desktop.gui.look.wording import counted, opinions, probability_text, remarks, taken_text
from guie_desktop.language import size_text

_PLACES_NAMED = 8


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is known of a photo: what it is, and what is said of it, perhaps in several lines."""

    what: str
    said: str
    alone: str = ""
    """The same as a sentence that needs no heading; empty where `said` is one."""


def facts_of(photo: Photo, hit: Hit | None = None) -> list[Fact]:
    """All that the library knows of a photo; of a hit also how alike it is, and where else it lies."""
    dimensions = f"{photo.width} × {photo.height}"
    facts = [
        Fact("Name", readable(photo.path.name)),
        Fact("Folder", readable_path(photo.path.parent)),
        Fact("Size", f"{dimensions}, {size_text(photo.bytes)}"),
        Fact("Date", taken_text(photo)),
        *(Fact("Kind", remark) for remark in remarks(photo)),
        *([Fact("Rating", ", ".join(said))] if (said := opinions(photo)) else []),
    ]
    if hit is not None:
        alike = f"{hit.score:.2f}"
        facts.append(Fact("Similarity", alike, f"Similarity {alike}"))
    if hit is not None and hit.probability is not None:
        shared = f"{probability_text(hit.probability)} of such hits share an album with what you look for"
        facts.append(Fact("As learned", shared))
    if hit is not None and len(hit.places) > 1:
        others = "\n".join(other_places(hit))
        facts.append(Fact("Also in", others, f"The same photo in {counted(len(hit.places), 'place')}, also:\n{others}"))
    return facts


def describe(photo: Photo, hit: Hit | None = None) -> str:
    """Name, folder, size and date of a photo, one a line; of a hit also how alike it is, and where else it lies."""
    return "\n".join(fact.alone or fact.said for fact in facts_of(photo, hit))


def summary(photo: Photo, hit: Hit | None = None) -> tuple[str, ...]:
    """The same on one line, and again in fewer words; how alike a hit is stands elsewhere."""
    facts = [fact for fact in facts_of(photo, hit) if fact.what not in ("Name", "Similarity", "As learned")]
    kept = ((), ("Also in",), ("Also in", "Folder"))
    return tuple(" · ".join(_on_one_line(fact) for fact in facts if fact.what not in left_out) for left_out in kept)


def _on_one_line(fact: Fact) -> str:
    return (fact.alone or fact.said).replace(":\n", " ").replace("\n", ", ")


def other_places(hit: Hit) -> list[str]:
    """Where a hit lies besides the place that is shown; many are counted and not named."""
    others = [readable_path(place) for place in hit.places[1:]]
    named, more = others[:_PLACES_NAMED], len(others) - _PLACES_NAMED
    return [*named, f"and {counted(more, 'other')}"] if more > 0 else named
