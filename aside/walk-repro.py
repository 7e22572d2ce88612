import os
import random

import pytest

from tests.gui.test_undo_walk import *


def wanted(w, name):
    return next((i for p, i in w._ids().items() if p.name == name), None)


@pytest.mark.parametrize("seed", range(int(os.environ.get("S0", "0")), int(os.environ.get("S1", "4"))))
def test_repro(begin, seed):
    rnd = random.Random(seed)
    w = begin(with_copy=True)
    state = w.settled()

    def trash():
        i = wanted(w, "copy.jpg")
        if i is not None:
            ph = [p for p in w.conductor.reader.photos((i,)).values() if p.path.exists()]
            if ph:
                w.conductor.actions.trashing.move(ph)

    deeds = {
        "trash": trash,
        "add one": lambda: w._add_folder(0, 0),
        "add root": lambda: w._add_folder(2, 0),
        "rm0": lambda: w._remove_folder(0, 0),
        "rm1": lambda: w._remove_folder(1, 0),
        "lo0": lambda: w._leave_out(0, 0),
        "lo1": lambda: w._leave_out(1, 0),
    }
    for round in range(12):
        names = [rnd.choice(list(deeds)) for _ in range(3)]
        for n in names:
            deeds[n]()
            w.wait()
            if rnd.random() < 0.3:
                w.settled()
        w.undo_all()
        try:
            w.expect(state)
        except AssertionError as e:
            pytest.fail(f"{round} {names}: {e}")
