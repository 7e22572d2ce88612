"""How long a map of 100,000 photos takes to draw, how well it keeps neighbours, and how it moves and zooms.

xvfb-run -a -s "-screen 0 1280x800x24" python -m tests.benchmarks.map FOLDER [--photos N] [--shot FILE]

The small pictures are those of the photos in FOLDER, as in tests.benchmarks.scrolling; the embeddings are of the size
of a general head's, in groups of several sizes. There is no worker: what it does is done here, with as many threads as
NumPy takes. What is timed of the window is each painting, as Qt asks for it.
"""

import argparse
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from guie_desktop.arrays import Embeddings
from guie_desktop.gui.app import make_application
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.look.theme import Theme
from guie_desktop.gui.map.contents import DOUBLINGS, MapContents
from guie_desktop.gui.map.map_view import MapView
from guie_desktop.gui.map.names import Naming, labels
from guie_desktop.gui.map.page import MapPage
from guie_desktop.gui.map.plane import LEVELS_PER_DOUBLING, Plane, along_a_curve, scale_of
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.feature_store import evenly
from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.search.mapping.landmarks import LANDMARKS, among_landmarks, nearest, neighbours_of, without_itself
from guie_desktop.search.mapping.tsne import Neighbours, Positions, lay_out
from tests.benchmarks.scrolling import TimedPainting, make_library, memory, wait

DIMENSION, GROUPS = 352, 400
FRAME = 1 / 60
ASKED = 500
"""Photos whose neighbours on the map are compared with those in all dimensions."""


def embeddings(count: int) -> tuple[Embeddings, np.ndarray]:
    """Unit rows (N, d) around the middles of groups, and the group of each."""
    chance = np.random.default_rng(1)
    middles = chance.normal(size=(GROUPS, DIMENSION)).astype(np.float32)
    middles += 0.7 * middles[chance.integers(0, 40, GROUPS)]  # some groups are alike
    group = chance.choice(GROUPS, count, p=chance.dirichlet(np.full(GROUPS, 0.7)))
    rows = middles[group] + 2.2 * chance.normal(size=(count, DIMENSION)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float32), group


def draw(rows: Embeddings) -> Positions:
    """As jobs/drawing_map.py does, which reads the rows from an index instead."""
    start, worked = time.perf_counter(), time.process_time()

    def tell(what: str) -> None:
        print(f"{what}: {time.perf_counter() - start:.1f} s, {time.process_time() - worked:.1f} of a processor")

    landmarks = evenly(np.arange(len(rows)), LANDMARKS)
    some = rows[landmarks]
    found: list[Neighbours] = []
    for part, _ in nearest(some, some, neighbours_of(len(some)) + 1):
        found.append(without_itself(part, sum(len(one) for one in found)))
    tell(f"neighbours of {len(some):,} landmarks")
    centred = some - some.mean(axis=0)
    directions = np.linalg.eigh(centred.T @ centred)[1][:, ::-1]
    *_, positions = lay_out(np.concatenate(found), centred @ directions[:, :2])
    tell("with their layout")
    points = np.concatenate(list(among_landmarks(rows, some, positions)))
    points[landmarks] = positions
    tell("with all others")
    return points


def kept(rows: Embeddings, points: Positions, group: np.ndarray) -> None:
    """How many of the ten nearest on the map are of the same group, and how many in all dimensions."""
    asked = evenly(np.arange(len(rows)), ASKED)
    shares = []
    for apart in (-(rows[asked] @ rows.T), np.stack([((points - points[one]) ** 2).sum(axis=1) for one in asked])):
        apart[np.arange(len(asked)), asked] = np.inf
        near = np.argpartition(apart, 10, axis=1)[:, :10]
        shares.append((group[near] == group[asked][:, np.newaxis]).mean())
    print(f"of the ten nearest are of the same group: {shares[1]:.2f} on the map, {shares[0]:.2f} in all dimensions")


def contents(points: Positions, group: np.ndarray) -> MapContents:
    start = time.perf_counter()
    order = along_a_curve(points)
    points, group = points[order], group[order]
    naming = Naming([f"Group {number}" for number in range(GROUPS)], np.arange(len(points)), group, 0.5)
    named = {
        doubling: labels(points, [naming], 80 / scale_of(doubling * LEVELS_PER_DOUBLING))
        for doubling in range(DOUBLINGS)
    }
    print(f"ordered and named in {(time.perf_counter() - start) * 1000:.0f} ms, beside the window")
    return MapContents(order + 1, Plane(points, np.zeros(len(points), bool)), named, len(points))


def turn(view: MapView, notches: int, at: QPointF) -> None:
    where, buttons, keys = (
        QPointF(view.viewport().mapToGlobal(at.toPoint())),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier,
    )
    turned = QPoint(0, 120 * notches)
    event = QWheelEvent(at, where, QPoint(), turned, buttons, keys.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view.viewport(), event)


def drag(view: MapView, steps: int) -> None:
    area, point = view.viewport(), view.viewport().rect().center()
    QTest.mousePress(area, Qt.MouseButton.LeftButton, pos=point)
    for step in range(steps):
        point += QPoint(9, 5) if step % 120 < 60 else QPoint(-9, -5)
        QTest.mouseMove(area, point)
        wait(FRAME)
    QTest.mouseRelease(area, Qt.MouseButton.LeftButton, pos=point)


def measure(root: Path, shown: MapContents, shot: Path | None) -> None:
    timed = TimedPainting(MapView)
    application = make_application(["guie-desktop"])
    theme = Theme(application)
    catalog = Catalog.open_read_only(root / "catalogue.sqlite")
    thumbnails = Thumbnails(root / "thumbnails.sqlite", read_only=True)
    loader = TileLoader(FailureReporter())
    loader.open(catalog.photos, thumbnails.get)
    page = MapPage(loader)
    page.resize(1280, 800)
    page.show()
    wait(0.5)
    print("window:", memory())
    start = time.perf_counter()
    page.show_contents(shown, is_drawing=False)
    print(f"laid out in {(time.perf_counter() - start) * 1000:.0f} ms")
    view = page.gallery.view
    wait(3.0)
    if shot is not None:
        page.grab().save(str(shot))
    for level in (0, 6, 14, 22):
        view.show_all()
        view.zoom(level)
        wait(2.0)
        timed.forget()
        drag(view, 300)
        timed.tell(f"{level} steps nearer, {len(view.seen())} tiles, moved by the mouse")
    view.show_all()
    wait(1.0)
    timed.forget()
    for step in range(240):
        turn(view, 1 if step % 48 < 24 else -1, QPointF(view.viewport().rect().center()) + QPointF(90, 40))
        wait(2 * FRAME)
    timed.tell("zoomed in and out")
    print("at the end:", memory())
    loader.close()
    page.close()
    del theme


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--kept", type=Path, help="a folder in which the library is made once and kept")
    parser.add_argument("--shot", type=Path, help="a file for a picture of the map")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        root = arguments.kept or Path(work)
        if not (root / "catalogue.sqlite").exists():
            root.mkdir(parents=True, exist_ok=True)
            maker = get_context("spawn").Process(target=make_library, args=(root, arguments.folder, arguments.photos))
            maker.start()
            maker.join()
        rows, group = embeddings(arguments.photos)
        points = draw(rows)
        kept(rows, points, group)
        del rows
        measure(root, contents(points, group), arguments.shot)


if __name__ == "__main__":
    main()
