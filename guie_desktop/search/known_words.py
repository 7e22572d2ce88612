"""Words answered by a backbone's own classifier: how likely each photo shows what they name."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from guie_desktop.arrays import Keys, Scores
from guie_desktop.asking import Query
from guie_desktop.errors import UnknownWords, UserError
from guie_desktop.search.nearness import Nearness
from guie_desktop.search.ranking import Ranking
from guie_desktop.search.recognised import RecognisedClasses
from guie_desktop.search.vocabulary import Part, Understood, Vocabulary
from guie_desktop.sentences import Sentence

LIKELY = 0.3
"""The probability from which on a photo counts as showing it: of 417 things that no grocery shows, such as animals and
churches, 416 have none that reaches it among 2,640 photos of groceries (model_assets/README.md)."""
_UNLIKE = 0.5
"""How much words that are not wanted count beside photos, as counterexamples do."""
_LEAST = 1e-7
_HEAD = "classes"
_TOLD = 40
"""So many signs of words that are not known are said again."""


class KnownWords:
    """The words that a classifier knows, and what it recognises in the photos of a library."""

    def __init__(
        self,
        model: str,
        vocabulary: Callable[[], Vocabulary],
        recognised: RecognisedClasses,
        better: Callable[[], tuple[str, str]],
    ) -> None:
        """`model` is what people call the backbone; `vocabulary` reads the names, once they are asked for.

        `better` makes a sentence about a model that knows all words, and the command that chooses it; it may take a
        second.
        """
        self._model, self._read_vocabulary, self._recognised, self._better = model, vocabulary, recognised, better

    def ready(self) -> "KnownWords":
        """Itself, in step with the library; UserError where the weights hold no classifier."""
        for _ in self._recognised.catch_up():
            pass
        return self

    def ranking(self, query: Query, by_photos: Callable[[Query], Ranking]) -> Ranking:
        """How a query with words ranks the library; `by_photos` ranks it by photos alone, where there are any.

        UnknownWords where the words name nothing that is known; UserError where only words are given that are not
        wanted.
        """
        like, unlike = self._understood(query.text), self._understood(query.unlike_text)
        known = tuple(part.words for part in (*like.parts, *unlike.parts))
        unknown = (*like.unknown, *unlike.unknown)
        photos = replace(query, text="", unlike_text="")
        if photos.has_examples:
            alike = by_photos(photos)
            scores = self._with_photos(alike, 1.0, like.parts, unlike.parts)
        elif photos.terms and like.parts:  # all of which it is not to be like
            against = tuple(replace(term, unlike=False) for term in photos.terms)
            alike = by_photos(replace(photos, terms=against))
            scores = self._with_photos(alike, -_UNLIKE, like.parts, unlike.parts)
        elif like.parts:
            return Ranking(
                near=Nearness(self._recognised.keys, self._chances(like.parts, unlike.parts)),
                features=self._recognised.features,
                cutoff=LIKELY,
                probability=lambda score: score,
                head=_HEAD,
                known=known,
                unknown=unknown,
                knows=self._read_vocabulary().class_count,
                is_recognition=True,
            )
        else:
            raise UserError("There is nothing to search for.", "Give at least one photo, or words.")
        return replace(
            alike,
            near=scores.near,
            vector=None,
            cutoff=scores.passing,
            probability=lambda _: None,
            scale=None,
            known=known,
            unknown=unknown,
            knows=self._read_vocabulary().class_count,
        )

    def _understood(self, text: str) -> Understood:
        """What a text names; UnknownWords where it is nothing that is known."""
        understood = self._read_vocabulary().understand(text)
        if understood.parts or not text:
            return understood
        offer, command = self._better()
        known = Sentence(
            "{model} knows {number} things by name.", model=self._model, number=self._read_vocabulary().class_count
        )
        raise UnknownWords(
            Sentence("“{words}” is not known.", words=text if len(text) <= _TOLD else f"{text[:_TOLD]}…"),
            Sentence("{known} {offer}", known=known, offer=Sentence(offer)),
            command,
            tuple(thing.name("en") for thing in self._read_vocabulary().nearest(text)),
        )

    def _chances(self, like: Sequence[Part], unlike: Sequence[Part]) -> Scores:
        """How likely (N,) photos show all that is named, and nothing of what is not wanted.

        Of several things it is the geometric mean: the classifier looks for the one thing that a picture is of, so it
        gives all of them together 1 at most.
        """
        logs = np.zeros(len(self._recognised.keys), np.float32)
        for part in like:
            logs += self._recognised.log_probabilities(part.classes) / np.float32(len(like))
        for part in unlike:
            logs += np.log1p(-np.minimum(np.exp(self._recognised.log_probabilities(part.classes)), 1 - _LEAST))
        chances: Scores = np.exp(logs)
        return chances

    def _with_photos(self, alike: Ranking, weight: float, like: Sequence[Part], unlike: Sequence[Part]) -> "_Together":
        """Scores by likeness to photos, which has this weight, and by words.

        Each is measured in its standard deviations over the library, so that neither outweighs the other; 1 is what is
        just alike and surely shows what is named.
        """
        keys = self._recognised.keys
        held, likeness = alike.near.rough(among=keys)
        order = np.argsort(held)
        held, likeness = held[order], likeness[order]
        together = _Together(held, alike.cutoff is not None)
        together.add(likeness, weight, 1.0, alike.cutoff or 0.0)
        places = np.searchsorted(keys, held)
        for parts, share in ((like, 1.0), (unlike, -_UNLIKE)):
            for one in parts:
                logs = self._recognised.log_probabilities(one.classes)[places]
                together.add(logs, share / len(parts), 0.0, math.log(LIKELY))
        return together


class _Together:
    """A sum of several scores of the same photos, each in its standard deviations."""

    def __init__(self, keys: Keys, has_cutoff: bool) -> None:
        self._keys, self._has_cutoff = keys, has_cutoff
        self._sum: Scores = np.zeros(len(keys), np.float32)
        self._best = self._passing = 0.0

    def add(self, scores: Scores, weight: float, best: float, passing: float) -> None:
        """Add scores (N,) with a weight; `best` is the highest that there may be, `passing` what counts as similar."""
        if not len(scores):
            return
        mean, deviation = float(scores.mean()), max(float(scores.std()), _LEAST)
        self._sum += np.float32(weight) * ((scores - np.float32(mean)) / np.float32(deviation))
        if weight > 0:
            self._best += weight * (best - mean) / deviation
            self._passing += weight * (passing - mean) / deviation

    @property
    def near(self) -> Nearness:
        """All of them by key; 1 where all that is wanted is the best."""
        return Nearness(self._keys, self._sum / np.float32(max(self._best, _LEAST)))

    @property
    def passing(self) -> float | None:
        """The score of what just passes all that is wanted; None where likeness has no cut-off yet."""
        return self._passing / max(self._best, _LEAST) if self._has_cutoff else None
