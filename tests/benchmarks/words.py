"""How well the names that a model knows find photos: precision at 10 of each word that model and photos both know.

Where fewer than ten photos show it, at as many as there are.

python -m tests.benchmarks.words LIBRARY FOLDER

LIBRARY holds ../shared/data/grocery/train or /val, which is FOLDER; its directories are the labels. Every second word
was used to choose the classifier's sharpness and the cut-off, the others were not. What no grocery shows, animals and
buildings, tells how often photos are said to show what they do not.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from guie_desktop.asking import Answer, Query
from guie_desktop.paths import LibraryPaths
from guie_desktop.search.known_words import LIKELY
from guie_desktop.search.vocabulary import imagenet_vocabulary
from guie_desktop.workspace.open_library import OpenLibrary

PACKAGES = ("Packages/",)
SHOWN: dict[str, tuple[str, ...]] = {
    "apple": ("Fruit/Apple",),
    "banana": ("Fruit/Banana",),
    "bell pepper": ("Vegetables/Pepper",),
    "cabbage": ("Vegetables/Cabbage",),
    "carton": PACKAGES,
    "citrus": ("Fruit/Orange", "Fruit/Lemon", "Fruit/Lime", "Fruit/Red-Grapefruit", "Fruit/Satsumas"),
    "cucumber": ("Vegetables/Cucumber",),
    "drink": ("Packages/Juice", "Packages/Milk", "Packages/Oat-Milk", "Packages/Soy-Milk", "Packages/Sour-Milk"),
    "fruit": ("Fruit/",),
    "Granny Smith": ("Fruit/Apple/Granny-Smith",),
    "lemon": ("Fruit/Lemon",),
    "mushroom": ("Vegetables/Brown-Cap-Mushroom",),
    "orange": ("Fruit/Orange",),
    "pineapple": ("Fruit/Pineapple",),
    "pomegranate": ("Fruit/Pomegranate",),
    "potato": ("Vegetables/Potato",),
    "squash": ("Vegetables/Zucchini",),
    "vegetable": ("Vegetables/",),
    "zucchini": ("Vegetables/Zucchini",),
}
"""Words, and how the labels begin that they are right for."""
_ABSENT = (
    range(398),
    (404, 406, 425, 437, 483, 497, 500, 538, 634, 663, 668, 698, 832, 888, 900, 970, 972, 975, 978, 980),
)
"""Classes that no photo of groceries shows: animals; airliner, altar, barn, lighthouse, castle, church … volcano."""
FIRST = 10


@dataclass(frozen=True)
class Labelled:
    """Photos whose directory below a folder is their label."""

    folder: Path

    def is_right(self, path: Path, word: str) -> bool:
        """Whether a word is right for a photo."""
        return path.relative_to(self.folder).as_posix().startswith(SHOWN[word])

    def precision(self, answer: Answer, word: str) -> float:
        """Share of the first hits that are right, of an answer that has all photos."""
        is_right = [self.is_right(hit.path, word) for hit in answer.hits]
        return float(np.mean(is_right[: min(FIRST, sum(is_right))]))


def main() -> None:
    """Ask for each word, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    labelled = Labelled(arguments.folder.resolve())
    halves: tuple[list[float], list[float]] = ([], [])
    with OpenLibrary(LibraryPaths(arguments.library)) as library:
        ask = library.search_engine.answer
        ask(Query(text="dog"))
        for number, word in enumerate(sorted(SHOWN, key=str.casefold)):
            answer = ask(Query(text=word, top=10_000))
            precision = labelled.precision(answer, word)
            halves[number % 2].append(precision)
            likely = [hit for hit in answer.hits if hit.similar]
            right = sum(labelled.is_right(hit.path, word) for hit in likely)
            every = sum(labelled.is_right(hit.path, word) for hit in answer.hits)
            print(
                f"{word:14} {'held out' if number % 2 else 'tuned on':9} P@{FIRST} {precision:.2f}   "
                f"likely: {len(likely):4}, right: {right:4} of {every:4}   {answer.seconds * 1000:.0f} ms"
            )
        absent = [number for numbers in _ABSENT for number in numbers]
        names: dict[tuple[int, ...], str] = {}
        for thing in imagenet_vocabulary().things:
            names.setdefault(thing.classes, thing.name("en"))
        asked = [names[number,] for number in absent if (number,) in names]
        highest = {name: ask(Query(text=name, top=1)).hits[0].score for name in asked}
    tuned, held_out = (float(np.mean(half)) for half in halves)
    print(
        f"mean P@{FIRST}: {tuned:.3f} tuned on, {held_out:.3f} held out, {np.mean(halves[0] + halves[1]):.3f} together"
    )
    said = sorted((name for name, best in highest.items() if best >= LIKELY), key=lambda name: -highest[name])
    print(f"{len(highest)} things that are not there; of {len(said)} of them a photo is said to show one: {said}")


if __name__ == "__main__":
    main()
