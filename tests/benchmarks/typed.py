"""How long hits take while words are typed: names, dates and the embedded model's classifier together.

    python -m tests.benchmarks.typed [PHOTOS]

The photos, 100,000 unless said otherwise, are made up; each bears a name that people might give.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

from guie_desktop.asking import SOURCES, Query
from guie_desktop.embedding.assets import DEFAULT_MODEL, load_card
from guie_desktop.embedding.classifier import open_classifier
from guie_desktop.errors import UserError
from guie_desktop.library.database import writing
from guie_desktop.library.word_table import WordTable
from guie_desktop.search.known_words import KnownWords
from guie_desktop.search.recognised import RecognisedClasses
from guie_desktop.search.search_engine import SearchEngine
from guie_desktop.search.vocabulary import imagenet_vocabulary
from tests.benchmarks.suggestions import make_library

_NAMES = ("beach", "dog at the beach", "lighthouse", "birthday", "IMG", "holiday in Rome", "garden", "lemons")
_TYPED = ("li", "ligh", "lighthouse", "dog", "dog beach", "holi", "img_12", "lemon last year", "dog -cat")
_TIMES = 9


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("photos", type=int, nargs="?", default=100_000)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        catalog, space = make_library(Path(folder), asked.photos, 1280)
        with writing(catalog.database) as connection:
            for number, name in enumerate(_NAMES):
                renamed = "UPDATE photos SET name = CAST(? || id || '.jpg' AS BLOB) WHERE id % ? = ?"
                connection.exec_driver_sql(renamed, (f"{name}_", len(_NAMES), number))
        table = WordTable(catalog.database)
        while table.outdated_count():
            table.renew_some()
        classifier = open_classifier(load_card(DEFAULT_MODEL))
        recognised = RecognisedClasses(space.features, lambda: classifier, Path(folder))
        words = KnownWords("model", imagenet_vocabulary, recognised, lambda: ("", "")).ready()
        parts = SimpleNamespace(photos=0)
        backbone = SimpleNamespace(space=space, name="m", title="m", ready_text_search=words.ready, parts=parts)
        engine = SearchEngine(catalog, backbone)
        for text in _TYPED:
            times, found = [], 0
            for _ in range(_TIMES):
                began = time.perf_counter()
                found = _found(engine, text)
                times.append(1000 * (time.perf_counter() - began))
            print(
                f"{text:18} {found:4} hits   {statistics.median(times):5.0f} ms (median)   {max(times):5.0f} (longest)"
            )
        catalog.close()


def _found(engine: SearchEngine, text: str) -> int:
    wanted, _, unwanted = text.partition(" -")
    query = Query(text=wanted, unlike_text=unwanted, sources=frozenset(SOURCES))
    try:
        return len(engine.answer(query).hits)
    except UserError:
        return 0


if __name__ == "__main__":
    main()
