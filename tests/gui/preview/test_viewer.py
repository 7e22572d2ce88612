"""The large view in a whole window: its keys, its film strip, what it tells of a photo, and how it is left."""

from pathlib import Path

from PIL import Image
from PIL.ExifTags import IFD, Base
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from guie_desktop.domain import Place
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.preview.tool_line import KEYS, MARKING, ZOOMED
from guie_desktop.gui.shell.geometry import restore_geometry
from guie_desktop.gui.widgets.actions import listed_keys
from tests.drawing import draw_scene
from tests.gui.driving import LEFT, WORKER_MS, go_to, make_album
from tests.photo_notes import bag, titled, xmp

KEY = Qt.Key


def look_at(conductor: Conductor, qtbot: QtBot, name: str) -> int:
    row = go_to(conductor, name)
    qtbot.keyClick(conductor.window.browsing.grid, KEY.Key_Return)
    qtbot.waitUntil(lambda: conductor.window.preview.area.has_large_picture, timeout=WORKER_MS)
    return row


def press(conductor: Conductor, qtbot: QtBot, *keys: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    for key in keys:
        qtbot.keyClick(conductor.window.preview, key, held or Qt.KeyboardModifier.NoModifier)


def test_keys_zoom_pan_and_turn_and_the_scale_is_told(conductor: Conductor, qtbot: QtBot) -> None:
    view = conductor.window.preview
    row = look_at(conductor, qtbot, "chelsea 0.jpg")
    assert view.tools.hint.text == KEYS[0]
    press(conductor, qtbot, KEY.Key_1)
    assert view.tools.scale.text() == "100%"
    press(conductor, qtbot, KEY.Key_2, KEY.Key_Plus, KEY.Key_Plus)
    assert view.area.is_zoomed
    assert view.tools.hint.text == ZOOMED[0]
    before = view.area.picture_rect()
    press(conductor, qtbot, KEY.Key_Down)
    assert view.area.picture_rect().top() < before.top()
    assert conductor.window.browsing.chosen_rows() == [row]  # it was moved, and not left
    press(conductor, qtbot, KEY.Key_R)
    press(conductor, qtbot, KEY.Key_PageDown)
    assert view.area.turns == 0
    press(conductor, qtbot, KEY.Key_PageUp)
    assert view.area.turns == 1  # remembered for this photo
    press(conductor, qtbot, KEY.Key_R, held=Qt.KeyboardModifier.ShiftModifier)
    assert view.area.turns == 0
    press(conductor, qtbot, KEY.Key_Escape)
    assert not view.isVisible()
    told = {line.what: line.keys for line in listed_keys(conductor.window.actions())}
    assert told["Choose a part to look for"] == "P"
    assert told["Slide show"] == "F9"


def test_marking_a_part_is_a_mode_that_esc_leaves(conductor: Conductor, qtbot: QtBot) -> None:
    view = conductor.window.preview
    look_at(conductor, qtbot, "astronaut 0.jpg")
    qtbot.mouseClick(view.tools.part, LEFT)
    assert view.tools.hint.text == MARKING[0]
    rect = view.area.picture_rect()
    qtbot.mousePress(view.area, LEFT, pos=rect.topLeft())
    qtbot.mouseMove(view.area, rect.center() - QPoint(9, 9))
    qtbot.mouseMove(view.area, rect.center())
    qtbot.mouseRelease(view.area, LEFT, pos=rect.center())
    assert view.similar.accessibleName() == "Find this part"
    assert conductor.selection.part == view.area.part
    press(conductor, qtbot, KEY.Key_Escape)
    assert view.isVisible()
    assert not view.tools.part.isChecked()
    assert conductor.selection.part is None
    assert view.similar.accessibleName() == "Find similar"


def test_full_screen_shows_the_picture_alone_and_esc_leads_back(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    view = window.preview
    look_at(conductor, qtbot, "astronaut 0.jpg")
    press(conductor, qtbot, KEY.Key_F11)
    assert window.isFullScreen()
    assert not view.tools.isVisible()
    assert not view.strip.isVisible()
    press(conductor, qtbot, KEY.Key_Escape)
    assert not window.isFullScreen()
    assert view.tools.isVisible()
    assert view.strip.isVisible()
    press(conductor, qtbot, KEY.Key_F11)
    remembered = conductor.settings().geometry
    conductor.preview.close()
    assert not window.isFullScreen()
    restore_geometry(window, remembered)
    assert not window.isFullScreen()  # a program that was quit there starts with its photos beside each other


def test_a_slide_show_goes_on_pauses_and_ends(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    last = window.browsing.photos.rowCount() - 1
    conductor.preview.open(window.browsing, last)
    press(conductor, qtbot, KEY.Key_F9)
    slides = conductor.preview.slides
    assert window.isFullScreen()
    press(conductor, qtbot, *[KEY.Key_Down] * 9)
    assert slides.seconds == 1
    qtbot.waitUntil(
        lambda: window.browsing.grid.currentIndex().row() == 0, timeout=WORKER_MS
    )  # after the last the first
    press(conductor, qtbot, KEY.Key_Space)
    assert slides.is_paused
    press(conductor, qtbot, KEY.Key_Space)
    assert not slides.is_paused
    assert "Slide show, 1 second a photo" in window.preview.tools.hint.text
    press(conductor, qtbot, KEY.Key_Escape)
    assert not slides.is_on
    assert not window.isFullScreen()
    assert window.preview.isVisible()
    assert conductor.settings().slide_seconds == 1


def test_the_film_strip_goes_to_a_photo_and_can_be_hidden(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    view = window.preview
    conductor.preview.open(window.browsing, 3)
    assert view.strip.accessibleDescription().startswith("Photo 4 of ")
    qtbot.mouseClick(view.strip, LEFT, pos=view.strip.tile(5).center())
    assert window.browsing.chosen_rows() == [5]
    assert view.photo == window.browsing.photo_at(5)
    press(conductor, qtbot, KEY.Key_T)
    assert not view.strip.isVisible()
    assert not conductor.settings().film_strip


def test_the_panel_tells_what_is_known_of_a_photo(conductor: Conductor, qtbot: QtBot, tmp_path: Path) -> None:
    window = conductor.window
    notes = Image.Exif()
    notes[Base.Make], notes[Base.Model] = "Maker", "X1"
    notes.get_ifd(IFD.Exif)[Base.ISOSpeedRatings] = 400
    (tmp_path / "new").mkdir()
    packet = xmp(titled("An X &amp; a Y") + bag("dc:subject", "one", "two") + bag("Iptc4xmpExt:PersonInImage", "Anna"))
    draw_scene("dots", 5, (2400, 1800)).save(tmp_path / "new" / "noted.jpg", exif=notes, xmp=packet)
    before = window.browsing.photos.rowCount()
    conductor.browsing.add_folders((tmp_path / "new",))
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() > before, timeout=WORKER_MS)
    photo = next(p for row in range(before + 1) if (p := window.browsing.photo_at(row)) and p.path.name == "noted.jpg")
    album = make_album(conductor, qtbot, "Dots & <b>", (photo.id,))
    look_at(conductor, qtbot, "noted.jpg")
    press(conductor, qtbot, KEY.Key_I)
    panel = window.preview.info
    told = ("noted.jpg", "2400 × 1800", "Maker X1", "ISO 400", "An X & a Y", "one, two", "Anna", "Dots & <b>")
    qtbot.waitUntil(lambda: all(text in panel.toPlainText() for text in told), timeout=WORKER_MS)
    assert conductor.settings().photo_info

    # Looked at closely, all its pixels come from the worker.
    press(conductor, qtbot, KEY.Key_1)
    qtbot.waitUntil(lambda: window.preview.area.has_pixels, timeout=WORKER_MS)
    with Image.open(photo.path) as opened:
        expected = opened.getpixel((1200, 900))
    shown = window.preview.area.grab().toImage()
    place = window.preview.area.picture_rect()
    there = shown.pixelColor(QPoint(1200 + place.x(), 900 + place.y()))
    assert (there.red(), there.green(), there.blue()) == expected

    panel.anchorClicked.emit(QUrl(str(album.id)))
    assert not window.preview.isVisible()
    assert window.sidebar.place == Place(album_id=album.id)


def test_a_rating_given_there_is_told_at_once(conductor: Conductor, qtbot: QtBot) -> None:
    view = conductor.window.preview
    look_at(conductor, qtbot, "astronaut 0.jpg")
    press(conductor, qtbot, KEY.Key_I)
    press(conductor, qtbot, KEY.Key_4, held=Qt.KeyboardModifier.ControlModifier)
    assert "4 stars" in view.facts.text
    assert "4 stars" in view.info.toPlainText()
    assert view.area.has_large_picture


def test_the_menu_leaves_out_what_makes_no_sense_there(conductor: Conductor, qtbot: QtBot) -> None:
    look_at(conductor, qtbot, "astronaut 0.jpg")
    conductor.actions.open_menu(QPoint(10, 10))
    menu = conductor.window.findChild(QMenu)
    assert menu is not None
    names = [action.text() for action in menu.actions()]
    assert "Find similar" in names
    assert "Open large" not in names
    assert not conductor.actions.large.isEnabled()
    menu.close()


def test_ctrl_return_on_a_tile_that_is_not_chosen_looks_at_it(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    row = go_to(conductor, "astronaut 0.jpg")
    window.browsing.grid.clearSelection()
    assert window.browsing.chosen_count() == 0
    qtbot.keyClick(window.browsing.grid, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.preview.isVisible()
    assert window.browsing.chosen_rows() == [row]


def test_a_photo_that_is_away_says_so_also_where_its_picture_is_at_hand(conductor: Conductor, qtbot: QtBot) -> None:
    view, gallery = conductor.window.preview, conductor.window.browsing
    conductor.preview.open(gallery, 0)
    photo = view.photo
    assert photo is not None
    qtbot.waitUntil(lambda: view.sharp.picture(photo) is not None, timeout=WORKER_MS)
    assert "not connected" not in view.tools.hint.text
    assert photo.folder_id is not None
    conductor.loader.offline = frozenset({photo.folder_id})
    conductor.preview.open(gallery, 0)
    assert "not connected" in view.tools.hint.text
