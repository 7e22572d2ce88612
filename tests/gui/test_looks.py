"""The checks of looks themselves: what is wrong on purpose is caught, and what is right passes."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.gui.look.theme import DARK, LIGHT, Colours, Theme
from guie_desktop.gui.widgets.banner import Banner
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.choice_box import ChoiceBox
from guie_desktop.gui.widgets.flowing import Flowing
from guie_desktop.gui.widgets.labels import ElidedLabel, ShortenedLabel, plain_label
from tests.gui.looks import ENOUGH, contrast, flaws
from tests.gui.written import shown_words

SENTENCE = "Then give it any photo, and it shows you those that look alike."
SIZE = QSize(240, 120)

ON_SURFACES = [
    (text, surface) for text in ("text", "muted") for surface in ("window", "surface", "hover", "border", "accent_soft")
]
"""What tiles, lines and buttons are written on, plain, under the pointer, pressed and chosen."""
PAIRS = [
    *ON_SURFACES,
    *(("accent", surface) for surface in ("window", "surface", "hover", "accent_soft")),
    ("on_accent", "accent"),
    ("warning_text", "warning_soft"),
]
Show = Callable[..., QWidget]


@pytest.fixture
def show(theme: Theme, qtbot: QtBot) -> Show:
    """Puts widgets below each other into a small window."""

    def put(*widgets: QWidget, size: QSize = SIZE) -> QWidget:
        window = QWidget()
        qtbot.addWidget(window)
        layout = QVBoxLayout(window)
        for widget in widgets:
            layout.addWidget(widget)
        window.setMinimumSize(1, 1)
        window.resize(size)
        window.show()
        qtbot.waitExposed(window)
        return window

    return put


class Painted(QWidget):
    """Paints words as our own widgets do."""

    def __init__(self, *words: str, colour: str = "black", step: int = 20) -> None:
        super().__init__()
        self._words, self._colour, self._step = words, colour, step

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        painter.setPen(QColor(self._colour))
        for number, words in enumerate(self._words):
            area = self.rect().adjusted(0, number * self._step, 0, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextSingleLine, words)
        painter.end()


def coloured(colour: str, *, size: int = 13, bold: bool = False) -> QLabel:
    label = QLabel("Some words")
    label.setStyleSheet(f"color: {colour}; background: white; font-size: {size}px;{' font-weight: 700' * bold}")
    return label


def only(found: list[str], kind: str) -> bool:
    return bool(found) and all(flaw.startswith(kind) for flaw in found)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("white"), QColor("white")) == pytest.approx(1)
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)
    assert contrast(QColor("white"), QColor("#0000ff")) == pytest.approx(8.59, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "surface"), PAIRS)
def test_colours_can_be_told_apart(colours: Colours, text: str, surface: str) -> None:
    assert contrast(QColor(getattr(colours, text)), QColor(getattr(colours, surface))) >= ENOUGH


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("mark", ["accent", "strong_border"])
@pytest.mark.parametrize("surface", ["window", "surface"])
def test_lines_of_charts_and_controls_can_be_seen(colours: Colours, mark: str, surface: str) -> None:
    assert contrast(QColor(getattr(colours, mark)), QColor(getattr(colours, surface))) >= 3


def test_what_is_right_passes(show: Show) -> None:
    field = QLineEdit(placeholderText="Any words")
    assert not flaws(show(plain_label(SENTENCE, wrap=True), push_button("Add", "add"), field, size=QSize(300, 200)))


def test_words_without_room_are_caught(show: Show) -> None:
    for widget in (plain_label(SENTENCE), push_button(SENTENCE), QLineEdit(placeholderText=SENTENCE)):
        widget.setFixedWidth(120)
        assert only(flaws(show(widget)), "clipped: 'Then give it any photo")


def test_a_line_too_many_is_caught(show: Show) -> None:
    label = plain_label(SENTENCE, wrap=True)
    label.setFixedHeight(20)
    assert only(flaws(show(label)), "clipped")


def test_a_word_that_is_too_long_for_its_line_is_caught(show: Show) -> None:
    label = plain_label("/media/" + "x" * 80, wrap=True)
    label.setFixedWidth(120)
    assert only(flaws(show(label)), "clipped")


def test_shortened_words_need_a_tooltip(show: Show) -> None:
    right, wrong = ElidedLabel(SENTENCE), ElidedLabel(SENTENCE)
    assert not flaws(show(right))
    window = show(wrong)
    wrong.setToolTip("Something else")
    assert only(flaws(window), "shortened")
    status = ShortenedLabel(SENTENCE)
    window = show(status)
    assert only(flaws(window), "shortened")
    status.setToolTip(SENTENCE)
    assert not flaws(window)


def test_fewer_words_are_better_than_an_ellipsis(show: Show) -> None:
    label = ElidedLabel(SENTENCE, shorter=("Give it any photo", "Any photo"))
    window = show(label)
    (words,) = shown_words(window)[1]
    assert words.text == "Give it any photo"
    assert label.toolTip() == SENTENCE
    window.resize(500, 100)
    assert shown_words(window)[1][0].text == SENTENCE
    assert not label.toolTip()


def test_a_choice_without_room_is_told_by_its_tooltip(show: Show) -> None:
    box = ChoiceBox("Where to look")
    box.addItems(["Everywhere", SENTENCE])
    box.setFixedWidth(150)
    window = show(box)
    assert box.toolTip() == "Where to look"
    box.setCurrentIndex(1)
    assert not flaws(window)
    assert box.toolTip() == SENTENCE
    box.setToolTip("")
    assert only(flaws(window), "shortened")


def test_what_reaches_out_is_caught_unless_it_scrolls(show: Show) -> None:
    holder = QWidget()
    inner = QLabel("Word", holder)
    inner.move(200, 40)
    inner.resize(90, 30)
    assert only(flaws(show(holder)), "cut off")
    area = QScrollArea()
    tall = QLabel("Word")
    tall.setFixedSize(60, 400)
    area.setWidget(tall)
    assert not flaws(show(area))


def test_widgets_over_one_another_are_caught(show: Show) -> None:
    holder = QWidget()
    for left in (0, 40):
        QPushButton("Yes", holder).setGeometry(left, 0, 70, 30)
    assert only(flaws(show(holder)), "overlap")


def test_words_that_are_painted_over_one_another_are_caught(show: Show) -> None:
    assert not flaws(show(Painted("One", "Two")))
    assert only(flaws(show(Painted("One", "Two", step=4))), "overlap")
    assert only(flaws(show(Painted(SENTENCE))), "clipped")


@pytest.mark.parametrize(
    ("label", "right"),
    [
        (lambda: coloured("#767676"), True),
        (lambda: coloured("#808080"), False),
        (lambda: coloured("#8c8c8c", size=24), True),
        (lambda: coloured("#8c8c8c", size=19, bold=True), True),
        (lambda: coloured("#8c8c8c", size=19), False),
        (lambda: coloured("#b0b0b0", size=24), False),
        (lambda: coloured("white"), False),
        (lambda: Painted("Words", colour="#767676"), True),
        (lambda: Painted("Words", colour="#808080"), False),
    ],
)
def test_faint_words_are_caught(show: Show, label: Callable[[], QWidget], right: bool) -> None:
    found = flaws(show(label()))
    assert not found if right else only(found, "faint")


def test_what_is_disabled_may_be_faint(show: Show) -> None:
    label = coloured("#c0c0c0")
    label.setEnabled(False)
    assert not flaws(show(label))


def test_a_line_breaks_where_there_is_no_room(show: Show, qtbot: QtBot) -> None:
    holder = QWidget()
    buttons = [push_button(words) for words in ("Show in file manager", "Copy list", "Try again")]
    line = QHBoxLayout(holder)
    line.addLayout(Flowing(*buttons))
    window = show(holder, size=QSize(600, 120))
    assert len({button.y() for button in buttons}) == 1
    window.resize(QSize(240, 200))
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) > 1)
    assert not flaws(window)
    buttons[1].hide()
    qtbot.waitUntil(lambda: not flaws(window))


def test_the_sign_of_a_message_follows_the_scheme(show: Show, theme: Theme) -> None:
    banner = Banner()
    window = show(banner, plain_label(), size=QSize(400, 160))
    banner.tell("The disk is full.", "Free some space.")
    icon = banner.findChildren(QLabel)[0]
    light = icon.pixmap().toImage()
    theme.use(Qt.ColorScheme.Dark)
    dark = icon.pixmap().toImage()
    assert window.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert light != dark
    painted = {dark.pixelColor(x, y).name() for x in range(dark.width()) for y in range(dark.height())}
    assert DARK.warning_text in painted
    theme.use(Qt.ColorScheme.Light)
