"""Words that a classifier knows rank photos, alone and with others, in every scope."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from guie_desktop.asking import Answer, Filter, Query, Term
from guie_desktop.embedding.classifier import Classifier
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.projection import Projection
from guie_desktop.errors import UnknownWords, UserError
from guie_desktop.search.known_words import LIKELY, KnownWords
from guie_desktop.search.part_space import PartSpace
from guie_desktop.search.recognised import RecognisedClasses
from guie_desktop.search.search_engine import SearchEngine
from guie_desktop.search.space import Space
from guie_desktop.search.vocabulary import Thing, Vocabulary
from tests.search.given_photos import DIMENSION, GivenPhotos
from tests.search.large import make_little_too_much
from tests.search.test_search_engine import GivenBackbone

DOG, CAT, BOAT, CHURCH = range(4)


def thing(number: int, *names: str, german: str = "", classes: tuple[int, ...] = ()) -> Thing:
    english = tuple((name,) for name in names)
    return Thing(names[0], classes or (number,), {"en": english, "de": ((german,),) if german else ()})


VOCABULARY = Vocabulary(
    [
        thing(DOG, "dog", german="Hund"),
        thing(CAT, "cat"),
        thing(BOAT, "boat"),
        thing(CHURCH, "church"),
        thing(-1, "animal", classes=(DOG, CAT)),
    ]
)


def shows(**parts: float) -> list[float]:
    """A feature of a photo that shows this: of each class, how much."""
    row = [0.0] * DIMENSION
    for name, share in parts.items():
        row[{"dog": DOG, "cat": CAT, "boat": BOAT}[name]] = share
    return row


PHOTOS = np.array(
    [
        shows(dog=1),  # 0
        shows(dog=0.9, cat=0.1),  # 1
        shows(cat=1),  # 2
        shows(boat=1),  # 3
        shows(boat=0.6, dog=0.6),  # 4
        shows(boat=0.9),  # 5
    ],
    np.float32,
)


class Given(GivenBackbone):
    """A backbone with a classifier of four classes, one for each of its first four numbers."""

    def __init__(self, space: Space, words: KnownWords, parts: PartSpace) -> None:
        super().__init__(space, parts)
        self.words = words

    def ready_text_search(self) -> KnownWords:
        return self.words.ready()


@pytest.fixture
def made(tmp_path: Path) -> Iterator[GivenPhotos]:
    photos = GivenPhotos(tmp_path, PHOTOS)
    yield photos
    photos.catalog.close()


def answered(made: GivenPhotos, query: Query, *, cutoff: float | None = None) -> Answer:
    classifier = Classifier(np.eye(DIMENSION, 4, dtype=np.float32), np.zeros(4, np.float32), sharpness=8.0)
    recognised = RecognisedClasses(made.space.features, lambda: classifier, made.folder.parent)
    words = KnownWords("Given", lambda: VOCABULARY, recognised, lambda: ("Another knows more.", "model use another"))
    space = made.space
    if cutoff is not None:
        head = GeneralHead("general", Projection.of(DIMENSION), cutoff, fitted_on=6)
        space = Space(head, "1", made.space.features)
        for _ in space.reconcile():
            pass
    return SearchEngine(made.catalog, Given(space, words, made.parts)).answer(query)


def numbers(answer: Answer, *, similar: bool = False) -> list[int]:
    return [int(hit.path.stem) for hit in answer.hits if hit.similar or not similar]


def test_a_name_ranks_by_how_likely_photos_show_it(made: GivenPhotos) -> None:
    answer = answered(made, Query(text="Hund"))
    assert numbers(answer)[:3] == [0, 1, 4]
    assert numbers(answer, similar=True) == [0, 1, 4]
    assert answer.head == "classes"
    assert (answer.known, answer.unknown, answer.knows) == (("Hund",), (), 4)
    for hit in answer.hits:
        feature = PHOTOS[int(hit.path.stem)].astype(np.float64)[:4] * 8
        assert hit.is_recognised
        assert hit.probability == hit.score == pytest.approx(np.exp(feature[DOG]) / np.exp(feature).sum(), abs=2e-2)
        assert hit.similar == (hit.score >= LIKELY)


def test_a_kind_is_the_sum_of_its_classes(made: GivenPhotos) -> None:
    answer = answered(made, Query(text="animals"))
    assert set(numbers(answer)[:3]) == {0, 1, 2}
    chances = {int(hit.path.stem): hit.score for hit in answer.hits}
    dogs, cats = (
        {int(hit.path.stem): hit.score for hit in answered(made, Query(text=word)).hits} for word in ("dog", "cat")
    )
    assert chances == pytest.approx({number: dogs[number] + cats[number] for number in chances}, abs=1e-2)


def test_where_nothing_shows_it_that_is_said(made: GivenPhotos) -> None:
    answer = answered(made, Query(text="church"))
    assert answer.nothing_similar
    assert len(answer.hits) == 6
    assert not answered(made, Query(text="cat")).nothing_similar


def test_several_names_are_best_shown_together(made: GivenPhotos) -> None:
    answer = answered(made, Query(text="a dog and a boat"))
    assert numbers(answer)[0] == 4
    assert numbers(answer, similar=True) == [4]
    assert answer.known == ("dog", "boat")


def test_what_is_not_wanted_is_left_out(made: GivenPhotos) -> None:
    assert numbers(answered(made, Query(text="animal", unlike_text="cat")), similar=True)[-1] != 2
    assert 2 not in numbers(answered(made, Query(text="animal", unlike_text="cat")), similar=True)
    with pytest.raises(UserError, match="nothing to search for"):
        answered(made, Query(unlike_text="cat"))


def test_words_look_among_what_passes_the_filter(made: GivenPhotos) -> None:
    album = made.albums.create("Album", made.ids(1, 3, 5))
    assert numbers(answered(made, Query(text="dog", which=Filter(albums=(album,)))))[0] == 1
    assert set(numbers(answered(made, Query(text="dog", which=Filter(albums=(album,)))))) == {1, 3, 5}
    assert len(answered(made, Query(text="dog", top=2)).hits) == 2
    made.catalog.remove_folder(made.folder_id)
    assert answered(made, Query(text="dog")).hits == ()


def test_photos_and_words_are_weighed_together(made: GivenPhotos) -> None:
    boats = Query(photos=tuple(made.ids(5)))
    alone = numbers(answered(made, boats))
    assert alone[:2] == [3, 4]
    with_dogs = answered(made, Query(photos=tuple(made.ids(5)), text="dog"))
    assert numbers(with_dogs)[0] == 4
    assert with_dogs.known == ("dog",)
    assert not any(hit.is_recognised for hit in with_dogs.hits)
    without = answered(made, Query(photos=tuple(made.ids(5)), unlike_text="dog"))
    assert numbers(without)[0] == 3
    scores = {int(hit.path.stem): hit.score for hit in without.hits}
    assert scores[4] < scores[3] - 0.2


def test_where_rows_are_compared_in_part_photos_and_words_rank_alike(
    made: GivenPhotos, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query(photos=tuple(made.ids(5)), text="dog", unlike_text="cat")
    scanned = answered(made, query).hits
    make_little_too_much(monkeypatch, made.space.index)
    asked = answered(made, query).hits
    assert [hit.path for hit in asked] == [hit.path for hit in scanned]
    assert [hit.score for hit in asked] == pytest.approx([hit.score for hit in scanned], abs=1e-2)


def test_photos_that_are_not_wanted_beside_words_count_against_a_hit(made: GivenPhotos) -> None:
    against = made.folder / "4.jpg"
    query = Query(text="dog", terms=(Term(image=against, unlike=True),))
    scores = {int(hit.path.stem): hit.score for hit in answered(made, query).hits}
    plain = {int(hit.path.stem): hit.score for hit in answered(made, Query(text="dog")).hits}
    assert {0, 1} == set(sorted(scores, key=lambda number: -scores[number])[:2])
    assert plain[4] > LIKELY > scores[4]


def test_photos_and_words_have_a_cut_off_where_photos_have_one(made: GivenPhotos) -> None:
    assert all(hit.similar for hit in answered(made, Query(photos=tuple(made.ids(5)), text="dog")).hits)
    answer = answered(made, Query(photos=tuple(made.ids(5)), text="dog"), cutoff=0.5)
    similar = numbers(answer, similar=True)
    assert 4 in similar
    assert 2 not in similar


def test_a_word_that_is_not_known_is_told_and_what_is_near(made: GivenPhotos) -> None:
    with pytest.raises(UnknownWords) as told:
        answered(made, Query(text="bot"))
    assert told.value.instead == ("boat",)
    assert told.value.sentence == "“bot” is not known. Given knows 4 things by name. Another knows more."
    assert str(told.value).endswith("Run: guie-desktop model use another Nearest that it knows: boat.")
    with pytest.raises(UnknownWords, match=r"“w{40}…” is not known"):
        answered(made, Query(text="w" * 10_000))
    answer = answered(made, Query(text="red dog"))
    assert (answer.known, answer.unknown) == (("dog",), ("red",))
