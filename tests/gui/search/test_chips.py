"""The chips of a search: turned to not like, counted more, switched off, and albums among them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from guie_desktop.asking import Term
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.search.chip import Chip
from tests.gui.driving import LEFT, WORKER_MS, ids, make_album, names_found, wait_for_hits


def chips(conductor: Conductor) -> list[Chip]:
    return conductor.window.search.area.chips


def test_one_click_turns_a_chip_and_one_switches_it_off(conductor: Conductor, qtbot: QtBot) -> None:
    coffee, rocket = ids(conductor, "coffee 0.jpg", "rocket 0.jpg")
    photos = conductor.reader.photos([coffee, rocket])
    conductor.search.look_for_photos([photos[coffee], photos[rocket]])
    wait_for_hits(conductor, qtbot)
    state = conductor.search.state
    qtbot.mouseClick(chips(conductor)[1].turn_button, LEFT)
    assert state.question.query().terms == (Term(photo=rocket, unlike=True),)
    qtbot.waitUntil(lambda: _alike(conductor, "rocket") < _alike(conductor, "coffee"), timeout=WORKER_MS)
    assert chips(conductor)[1].accessibleName() == "Not like rocket 0.jpg"
    qtbot.mouseClick(chips(conductor)[1].picture, LEFT)
    assert state.question.query().terms == ()
    assert chips(conductor)[1].accessibleName() == "Not like rocket 0.jpg, switched off"
    qtbot.mouseClick(chips(conductor)[1].picture, LEFT)
    qtbot.mouseClick(chips(conductor)[1].turn_button, LEFT)
    assert state.question.query().photos == (coffee, rocket)
    for _ in range(2):
        qtbot.mouseClick(conductor.window.search.back_button, LEFT)
    assert state.question.query().terms == ()
    assert state.question.examples[1].off
    qtbot.mouseClick(conductor.window.search.forward_button, LEFT)
    assert state.question.query().terms == (Term(photo=rocket, unlike=True),)


def test_how_much_a_chip_counts_is_chosen_from_its_menu(conductor: Conductor, qtbot: QtBot) -> None:
    coffee, rocket = ids(conductor, "coffee 0.jpg", "rocket 0.jpg")
    photos = conductor.reader.photos([coffee, rocket])
    conductor.search.look_for_photos([photos[coffee], photos[rocket]])
    wait_for_hits(conductor, qtbot)
    chip = chips(conductor)[1]
    chip.customContextMenuRequested.emit(chip.rect().center())
    menu = next(one for one in chip.findChildren(QMenu) if one.parent() is chip)
    weights = next(action.menu() for action in menu.actions() if action.text() == "How much it counts")
    assert isinstance(weights, QMenu)
    next(action for action in weights.actions() if action.text() == "Three times as much").trigger()
    menu.close()
    assert conductor.search.state.question.query().terms == (Term(photo=rocket, weight=3.0),)
    qtbot.waitUntil(lambda: _alike(conductor, "rocket") > _alike(conductor, "coffee"), timeout=WORKER_MS)


def test_an_album_is_looked_for(conductor: Conductor, qtbot: QtBot) -> None:
    album = make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg", "coffee 1.jpg"))
    lines = conductor.window.sidebar.albums
    lines.similar_asked.emit(album, False)
    wait_for_hits(conductor, qtbot)
    assert names_found(conductor)[0].startswith("coffee")
    assert [chip.accessibleName() for chip in chips(conductor)] == ["Cups"]
    assert conductor.search.state.question.title == "Cups"
    qtbot.keyClick(conductor.window.found.grid, Qt.Key.Key_Escape)


def _alike(conductor: Conductor, name: str) -> float:
    """The best score of a photo whose name begins like this."""
    answer = conductor.search.answer
    hits = answer.hits if answer is not None else ()
    return max((hit.score for hit in hits if hit.path.name.startswith(name)), default=-1.0)
