"""Noise in a real library's catalog: every command, and the window's opening, end in an answer or in a sentence."""

import pytest

from guie_desktop.library.backups import make_copy
from guie_desktop.paths import LibraryPaths
from tests.damage_drill import drill, offsets_in, whole_answers

pytestmark = pytest.mark.slow

TRIED = 4
"""Offsets, spread over the file; tests/benchmarks/damage.py tries all."""


def test_noise_ends_in_an_answer_or_in_a_sentence(learned_marks: LibraryPaths, indexed_marks: LibraryPaths) -> None:
    make_copy(learned_marks)
    photo = next((indexed_marks.root.parent / "photos" / "red").iterdir())
    answers = whole_answers(learned_marks, photo)
    offsets = offsets_in(learned_marks.catalog)
    for offset in offsets[:: len(offsets) // TRIED]:
        for outcome in drill(learned_marks, photo, offset, answers):
            assert outcome.kind != "traceback", (offset, outcome)
            if "is damaged" in outcome.said:
                assert "Put back the copy of" in outcome.said, (offset, outcome)
