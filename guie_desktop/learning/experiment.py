"""Asking the same photos of every contender; importing this imports torch."""

from collections.abc import Callable, Sequence
from itertools import count

import numpy as np

from guie_desktop.embedding.general_head import fit_general_head
from guie_desktop.embedding.head import Floats
from guie_desktop.learning.contenders import Contender, Measured
from guie_desktop.learning.courses import Course, Labelled, courses_of
from guie_desktop.learning.evaluation import precisions
from guie_desktop.learning.geometry import Geometry
from guie_desktop.learning.interval import interval_of
from guie_desktop.learning.near_duplicates import near_duplicate_groups
from guie_desktop.learning.plain_head import pooled, train_plain
from guie_desktop.learning.recipe import Recipe
from guie_desktop.learning.trainer import Tell, one_thread, train

_FIRST_SEED = 42
_AT_ONCE = 512


class Experiment:
    """All contenders on the same photos, divided in the same way."""

    def __init__(self, labelled: Labelled, seeds: int) -> None:
        """The first backbone says which photos are near-duplicates."""
        self._labelled = labelled
        self._seeds = range(_FIRST_SEED, _FIRST_SEED + seeds)
        self._lessons = {backbone: labelled.lessons(backbone) for backbone in labelled.features}
        first = next(iter(self._lessons))
        groups = near_duplicate_groups(labelled.features[first])
        self.left_out = self._lessons[first].left_out
        """Labels that are not learned, each with a sentence."""
        self._courses = courses_of(labelled, self._lessons[first], groups)
        asked = [np.empty(0, np.int64), *(course.asked for course in self._courses)]
        judged = [np.empty(0, bool), *(course.has_match(labelled) for course in self._courses)]
        self._judged = np.concatenate(judged)
        self._groups = groups[np.concatenate(asked)][self._judged]
        self._dimensions: dict[Contender, int] = {}
        self._answers: dict[Contender, Floats] = {}
        """(S, 2, Q): for each seed, mMP@5 and precision at 1 of each query."""

    @property
    def queries(self) -> int:
        """Photos that are asked for; 0 where there is too little to learn from."""
        return int(self._judged.sum())

    @property
    def unmatched(self) -> int:
        """Photos that cannot be asked for, because no photo that is searched has their label."""
        return len(self._judged) - self.queries

    def carry_out(self, contenders: Sequence[Contender], tell: Tell) -> None:
        """Ask all of them, each with all seeds where there is something to train."""
        contenders = list(dict.fromkeys(contenders))
        total = sum(len(self._seeds_of(contender)) * len(self._courses) for contender in contenders)
        numbers = count()

        def ask(contender: Contender, seed: int, course: Course) -> Floats:
            number = next(numbers)
            return self._ask(contender, seed, course, lambda share: tell((number + share) / total))

        for contender in contenders:
            by_seed = [
                np.concatenate([ask(contender, seed, course) for course in self._courses], axis=1)
                for seed in self._seeds_of(contender)
            ]
            self._answers[contender] = np.stack(by_seed)[:, :, self._judged]

    def figures(self, contenders: Sequence[Contender]) -> tuple[Measured, ...]:
        """Of a study whose contenders were all asked."""
        first: dict[str, Contender] = {}
        for contender in contenders:
            first.setdefault(contender.method, contender)
        return tuple(self._measured(contender, first[contender.method]) for contender in contenders)

    def _seeds_of(self, contender: Contender) -> range:
        return self._seeds if contender.loss else self._seeds[:1]

    def _ask(self, contender: Contender, seed: int, course: Course, tell: Tell) -> Floats:
        """(2, Q): mMP@5 and precision at 1 of the course's queries."""
        rows, belongs = self._labelled.features[contender.backbone], self._labelled.belongs.astype(np.float32)
        with one_thread():
            embed = self._embedding(contender, seed, course, tell)
            index, queries = embed(rows[course.searched]), embed(rows[course.asked])
        self._dimensions[contender] = index.shape[1]
        parts = []
        for start in range(0, len(queries), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            relevant = belongs[course.asked[some]] @ belongs[course.searched].T > 0
            parts.append(np.stack(precisions(queries[some] @ index.T, relevant)))
        tell(1.0)
        return np.concatenate(parts, axis=1)

    def _embedding(self, contender: Contender, seed: int, course: Course, tell: Tell) -> Callable[[Floats], Floats]:
        """From unit features (N, D) to what is compared by its cosine (N, d)."""
        searched = self._labelled.features[contender.backbone][course.searched]
        taught = course.taught(self._lessons[contender.backbone])
        match contender.method:
            case "raw":
                return lambda rows: rows
            case "pooled":
                return pooled
            case "general":
                return fit_general_head(searched).apply
            case "plain":
                return train_plain(taught, contender.loss, seed, tell).embed
            case "ours":
                return train(taught, Geometry.of(searched), Recipe(loss=contender.loss, seed=seed), tell).embed

    def _measured(self, contender: Contender, reference: Contender) -> Measured:
        answers = self._answers[contender]
        of_seeds = answers[:, 0].mean(axis=1)
        mmp5, p1 = answers.mean(axis=0)
        ahead = None
        if contender != reference:
            ahead = interval_of(mmp5 - self._answers[reference][:, 0].mean(axis=0), self._groups, _FIRST_SEED)
        return Measured(
            contender=contender,
            dimension=self._dimensions[contender],
            seeds=len(answers) if contender.loss else 0,
            mmp5=interval_of(mmp5, self._groups, _FIRST_SEED),
            p1=interval_of(p1, self._groups, _FIRST_SEED),
            spread=float(of_seeds.std(ddof=1)) if len(of_seeds) > 1 else 0.0,
            ahead=ahead,
        )
