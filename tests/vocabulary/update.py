"""Makes things.en.tsv and kinds.tsv.gz of resources/ from WordNet 3.0: `python -m tests.vocabulary.update [FOLDER]`.

FOLDER holds WordNet's files (data.noun, index.noun, noun.exc), as Debian's package wordnet-base installs them. Which
kinds of things have a name is written in resources/things.de.tsv, and what they are called in German; the classes and
their order are those of timm's `imagenet_synsets.txt`. WordNet's licence lies beside what is made of it.
"""

import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import timm

RESOURCES = Path(__file__).parent.parent.parent / "resources"
WORDNET = Path("/usr/share/wordnet")

_COMMON_SENSES = 3
"""A name that stands for a class only beside another one must be one of so many senses of the word: a head is seldom a
promontory."""
_MISLEADING = {
    *("02071294 killer", "02268443 darning needle", "02268443 sewing needle", "02457408 ai", "02687172 carrier"),
    *("02860847 bob", "02894605 bulwark", "02894605 groin", "02917067 bullet", "03110669 trump", "03188531 napkin"),
    *("03425413 island dispenser", "03452741 grand", "03457902 nursery", "03494278 harp", "03496892 reaper"),
    *("03532672 claw", "03666591 igniter", "03666591 ignitor", "03840681 sweet potato", "03977966 wagon"),
    *("04070727 icebox", "04074963 remote", "04116512 rubber", "04335435 trolley", "04347754 sub", "04461696 wrecker"),
    *("04467665 rig", "04467665 semi", "04548362 pocketbook", "06359193 site", "13133613 spike", "00015388 brute"),
    *("03051540 wear", "03309808 material", "03497657 lid", "04565375 arm", "07609840 sweet", "02880546 string"),
    *("03151077 pall", "01621127 hooter", "04403638 scope", "04555897 ticker", "07929519 java"),
}
"""Offset and name: what nobody means who types it."""
_ALSO = {
    "02084071": "puppy|doggy",
    "02121808": "kitten|kitty|pussycat",
    "02374451": "pony|foal",
    "02324045": "bunny",
    "01578575": "crow|raven",
    "01662784": "tortoise",
    "07715561": "pumpkin",
    "03051540": "clothes",
    "03380867": "shoe",
    "04490091": "lorry",
    "04489008": "trousers|pants",
    "04256520": "settee",
    "03790512": "motorbike",
    "09428293": "beach|sea|ocean|shore",
    "09332890": "lake",
    "02992529": "cell phone|smartphone|iPhone",
    "03642806": "notebook",
    "04404412": "TV|TV set|television set",
    "04447861": "toilet|loo",
    "04065272": "camper van|motor home",
    "04254680": "football",
    "04356056": "sunglasses",
    "03461385": "supermarket",
    "04070727": "fridge",
    "07684084": "baguette",
    "07720875": "capsicum|paprika",
    "09193705": "mountain peak|summit",
    "04033995": "duvet|bedcover",
    "07930864": "teacup|mug",
    "03063599": "mug",
    "02917067": "high-speed train",
    "03887697": "kitchen roll",
    "03482405": "laundry basket",
    "02704792": "duck boat",
    "09472597": "volcanic eruption",
    "04310018": "steam train",
    "03014705": "treasure chest",
    "04507155": "parasol",
}
"""What people also say; offset to names."""

_USUAL = {"07705931": "fruit", "02402425": "cow", "04272054": "glasses", "01696633": "crocodile"}
"""What is said rather than WordNet's first name."""

_ALSO_CLASSES = {
    "02818832": (520, 564, 831),  # beds: a crib, a four-poster, a day bed
    "04468005": (466, 547, 565, 705, 820),  # trains: what pulls them, and the cars
    "04379243": (526, 532, 736),
    "02691156": (404, 895),
    "04460130": (437, 442, 900),
    "02402425": (345, 346),
    "02411705": (348, 349),
    "04555897": (531, 826),
    "04272054": (836, 837),
    "04356056": (836, 837),
    "04355933": (836, 837),
    "03797390": (504, 968),
    "07930864": (504, 968),
    "03063599": (504, 968),
    "03790512": (665, 670),
    "02324045": (330, 331, 332),
    "03642806": (620, 681),
    "03832673": (620, 681),
    "03782006": (664, 782),
    "04152593": (664, 782),
    "03710637": (638, 639),
    "03710721": (638, 639),
    "03773504": (657, 744),
    "04008634": (657, 744),
    "02808440": (435, 876),
    "12992868": (947, *range(991, 998)),
    "09428293": (977, 978),
}
"""Numbers of the classes, where WordNet puts what belongs together elsewhere, or two classes show one thing."""

_TOO_LONG = 2
"""Words of a name that nobody types."""
_PLANT, _TREE, _FLOWER = "00017222", "13104059", "11669921"


@dataclass(frozen=True)
class Synset:
    """Some names of one thing, and what it is a kind of (offsets)."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]


class WordNet:
    """The nouns of WordNet, by the offset of their synset."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.synsets = {line.split()[0]: _synset(line) for line in self._lines("data.noun")}

    def senses(self) -> Iterator[tuple[str, list[str]]]:
        """Each noun with its synsets, the most common first."""
        for line in self._lines("index.noun"):
            parts = line.split()
            yield parts[0].replace("_", " "), parts[-int(parts[2]) :]

    @cached_property
    def irregular_plurals(self) -> Mapping[str, list[str]]:
        """Singular to plurals that no rule makes."""
        found = defaultdict(list)
        for line in self._lines("noun.exc"):
            plural, *singulars = line.replace("_", " ").split()
            for singular in singulars:
                found[singular].append(plural)
        return found

    def above(self, offset: str) -> Iterator[str]:
        """The synset itself and all that it is a kind of, the nearest first."""
        seen, level = {offset}, [offset]
        while level:
            yield from level
            level = [kind for one in level for kind in self.synsets[one].kinds if kind not in seen]
            level = list(dict.fromkeys(level))
            seen.update(level)

    def _lines(self, name: str) -> Iterator[str]:
        with (self._folder / name).open(encoding="utf-8") as file:
            yield from (line for line in file if not line.startswith("  "))


def _synset(line: str) -> Synset:
    parts = line.partition(" | ")[0].split()
    count = int(parts[3], 16)
    names = tuple(parts[4 + 2 * number].replace("_", " ") for number in range(count))
    pointers = parts[5 + 2 * count :]
    kinds = (pointers[at + 1] for at in range(0, len(pointers), 4) if pointers[at] in ("@", "@i"))
    return Synset(names, tuple(kinds))


def class_offsets() -> list[str]:
    """The classes of ImageNet-1k, in the order of every classifier."""
    synsets = Path(timm.__file__).parent / "data" / "_info" / "imagenet_synsets.txt"
    return [name.removeprefix("n") for name in synsets.read_text().split()]


def named_things() -> list[str]:
    """The things that have a name: all classes, and the kinds of which they are."""
    lines = (RESOURCES / "things.de.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if not line.startswith("#")]


def english_things(wordnet: WordNet) -> list[str]:
    """A line for each thing: offset, numbers of its classes, names with irregular plurals."""
    below: dict[str, list[int]] = defaultdict(list)
    for number, offset in enumerate(class_offsets()):
        for kind in wordnet.above(offset):
            below[kind].append(number)
    senses = dict(wordnet.senses())
    lines = []
    for offset in named_things():
        usual = [_USUAL[offset]] if offset in _USUAL else []
        names = [*usual, *_names(wordnet, senses, offset), *filter(None, _ALSO.get(offset, "").split("|"))]
        forms = ("/".join([name, *wordnet.irregular_plurals.get(name.lower(), ())]) for name in dict.fromkeys(names))
        lines.append(f"{offset}\t{_ranges(_ALSO_CLASSES.get(offset) or below[offset])}\t{', '.join(forms)}")
    return lines


def _names(wordnet: WordNet, senses: Mapping[str, Sequence[str]], offset: str) -> list[str]:
    first, *others = wordnet.synsets[offset].names
    common = [name for name in others if offset in senses[name.lower()][:_COMMON_SENSES]]
    return [first, *(name for name in common if f"{offset} {name}" not in _MISLEADING)]


def _ranges(numbers: Sequence[int]) -> str:
    """Ascending numbers as "3,5-9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(f"{first}-{last}" if last > first else str(first) for first, last in runs)


def kinds_of_others(wordnet: WordNet) -> list[str]:
    """A line for each thing that has a name: offset, and words that are none of ours and mean something of its kind."""
    ours = set(named_things())
    known = {name.lower() for offset in ours for name in wordnet.synsets[offset].names}
    known |= {name.lower() for names in (*_ALSO.values(), *_USUAL.values()) for name in names.split("|")}
    found: dict[str, list[str]] = defaultdict(list)
    for word, senses in wordnet.senses():
        if word in known or word.count(" ") >= _TOO_LONG or not word.replace(" ", "").replace("-", "").isalpha():
            continue
        if all(name[0].isupper() for name in wordnet.synsets[senses[0]].names if name.lower() == word):
            continue  # a proper name
        kind = next(filter(None, (_kind(wordnet, sense, ours) for sense in senses[:_COMMON_SENSES])), None)
        if kind is not None:
            found[kind].append(word)
    return [f"{kind}\t{', '.join(sorted(words))}" for kind, words in sorted(found.items())]


def _kind(wordnet: WordNet, offset: str, ours: set[str]) -> str | None:
    above = list(wordnet.above(offset))
    is_flower = _PLANT in above and _TREE not in above
    return next((one for one in above if one in ours), _FLOWER if is_flower else None)


_HEAD = "# Made by tests/vocabulary/update.py from WordNet 3.0 (wordnet-licence.txt).\n"


def main() -> None:
    """Write both files."""
    wordnet = WordNet(Path(sys.argv[1]) if len(sys.argv) > 1 else WORDNET)
    things = "".join(f"{line}\n" for line in english_things(wordnet))
    (RESOURCES / "things.en.tsv").write_text(_HEAD + things, encoding="utf-8")
    kinds = "".join(f"{line}\n" for line in kinds_of_others(wordnet))
    # Without a time in it, so that the same words make the same file.
    (RESOURCES / "kinds.tsv.gz").write_bytes(gzip.compress((_HEAD + kinds).encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
