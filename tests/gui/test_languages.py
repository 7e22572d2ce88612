"""Every view in other languages: nothing is left in English, all has room, and is mirrored where it must be."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from platform import platform

import pytest
from babel import Locale
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.look.icons import themed_icon
from guie_desktop.gui.look.spoken import tell_screen_readers
from guie_desktop.gui.look.theme import Theme
from guie_desktop.language import PSEUDO, speak
from guie_desktop.paths import LibraryPaths
from tests.gui.backbones.states import LITE, LONG, PENDING, SIGLIP
from tests.gui.dialogs import DIALOGS
from tests.gui.looks import flaws
from tests.gui.mirrored import not_mirrored, places
from tests.gui.scenes import SCENES, browsing, chosen, hits_decided, not_connected
from tests.gui.stage import ALBUMS, FOLDERS, LONG_NAME, SEARCHES, SHARED, SIZES, Scene, Stage
from tests.gui.untranslated import Kept, left_in_english

OF_THE_USER = (
    LONG_NAME,
    *(search.name for search in SEARCHES),
    *(album.name for album in ALBUMS),
    *(part for shared in SHARED for part in (shared.address, shared.name)),
    *(str(part) for folder in FOLDERS for part in (folder.path, folder.path.name)),
    *("A journey to the sea and back, by train", "By the sea", "Summer", "Winter", "Album"),
    *("by the sea.jpg", "by the sea (copy).jpg", "/home/someone/Backup", "/home/someone/Pictures"),
    *("A journey to the sea in the summer", "Family", "Nineteen hundred and ninety-nine", "For the neighbours"),
    *("Birds of prey", "Lynx", "Nothing to everything", "Sketches", "Cats", "Birds"),
    *("chelsea", "coffee", "rocket", "astronaut", "a cup of coffee beside a spoon", "/usr/share", "A long name"),
    *("6 albums, 159 photos", "A journey"),
    *(f"{LONG_NAME}, 7.CR2 and {LONG_NAME}, 7.xmp", "/media/old drive"),
    *("_edited", ".jpeg", ".jpg", ".CR2", ".xmp", ".mov"),
)
"""Names of albums, folders, photos and models' files, and what was typed."""
OF_THE_WORLD = (
    "guie-desktop",
    *(model.title for model in (LITE, SIGLIP, PENDING, LONG)),
    *(model.licence for model in (LITE, SIGLIP, PENDING, LONG)),
    *("NIKON D90", "A lens of 18 to 105 mm", "0.02 s", "GB", "GPU"),
    *("English", "Deutsch", "Python", "Qt", platform()),
    *(
        "Y / N",
        "Ctrl+Shift+Z or Ctrl+Y",
        "(Left)",
        "(Right)",
        "Esc",
        "Return",
        "Space",
        "Del",
        "PgUp",
        "PgDown",
        "Home",
        "End",
        "Tab",
    ),
    *Locale("en", "GB").months["format"]["wide"].values(),
)
"""Names of the program, of models and cameras, units, keys, and months, which are those of the country."""
KEPT = Kept(OF_THE_USER + OF_THE_WORLD)

LANGUAGES = [PSEUDO, "de"]
WITH_TILES = (browsing, chosen, hits_decided, not_connected)
"""What has all that stands on tiles; elsewhere their pictures may come in another size first."""
LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@contextmanager
def speaking(tag: str, direction: Qt.LayoutDirection | None = None) -> Iterator[None]:
    """Speak a language, in its own direction or in another one."""
    language = speak(tag)
    own = RIGHT if language.right_to_left else LEFT
    QApplication.setLayoutDirection(own if direction is None else direction)
    yield
    QApplication.setLayoutDirection(LEFT)
    speak("en")


@contextmanager
def set_up(qapp: QApplication) -> Iterator[Stage]:
    """A window in the language that is spoken."""
    tell_screen_readers()
    stage = Stage(Theme(qapp))
    stage.dress(Qt.ColorScheme.Light)
    yield stage
    stage.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="module", params=LANGUAGES)
def abroad(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Stage]:
    with speaking(request.param), set_up(qapp) as stage:
        yield stage


@pytest.fixture
def pseudo() -> Iterator[None]:
    with speaking(PSEUDO):
        yield


def play(stage: Stage, scene: Scene, qtbot: QtBot) -> None:
    stage.clear()
    stage.settle(qtbot)
    scene(stage)
    stage.settle(qtbot)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_a_view_is_translated_and_has_room(abroad: Stage, scene: Scene, qtbot: QtBot) -> None:
    wrong: list[str] = []
    for size in SIZES:
        abroad.window.resize(size)
        play(abroad, scene, qtbot)
        at = f"{abroad.window.width()}x{abroad.window.height()}"
        wrong += [f"{at}: {flaw}" for flaw in flaws(abroad.window)]
    if abroad.window.isRightToLeft():
        wrong += left_in_english(abroad.window, KEPT)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("make", DIALOGS, ids=lambda make: make.__name__)
def test_a_dialog_is_translated_and_has_room(abroad: Stage, make: Callable[[Stage], QDialog], qtbot: QtBot) -> None:
    dialog = make(abroad)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    assert dialog.width() <= dialog.screen().availableGeometry().width()
    wrong = flaws(dialog)
    if dialog.isRightToLeft():
        wrong += left_in_english(dialog, KEPT)
    assert not wrong, "\n".join(wrong)


def test_all_that_can_be_done_is_translated(pseudo: None, start: Callable[..., Conductor], tmp_path: Path) -> None:
    conductor = start(LibraryPaths(tmp_path / "library"), reads=False)
    kept = Kept((*OF_THE_USER, *OF_THE_WORLD, str(tmp_path / "library")))  # which is offered as a folder of pictures
    assert not (wrong := left_in_english(conductor.window, kept)), "\n".join(wrong)


def test_arrows_lead_back_to_where_lines_begin(abroad: Stage) -> None:
    back = abroad.window.search.back_button
    wanted = themed_icon("right" if abroad.window.isRightToLeft() else "left", back.palette())
    assert back.icon().pixmap(20).toImage() == wanted.pixmap(20).toImage()


def test_all_is_mirrored(qapp: QApplication, qtbot: QtBot) -> None:
    found = []
    for direction in (LEFT, RIGHT):
        with speaking("en", direction), set_up(qapp) as stage:
            shown = {}
            for scene in SCENES:
                play(stage, scene, qtbot)
                shown[scene.__name__] = places(stage.window, tiles=scene in WITH_TILES)
            found.append(shown)
    width = SIZES[0].width()
    from_left, from_right = found
    wrong = [
        f"{name}: {flaw}"
        for name, before in from_left.items()
        for flaw in not_mirrored(before, from_right[name], width)
    ]
    assert not wrong, "\n".join(wrong)
