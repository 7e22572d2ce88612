"""The style sheet of the window, filled in with a scheme's colours."""

from string import Template
from typing import Any

from PySide6.QtWidgets import QWidget

from guie_desktop.paths import shipped

_SHEET = Template("""
QWidget { outline: 0; dialogbuttonbox-buttons-have-icons: 0; }
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: 4px 6px; }
QPushButton, QComboBox {
    background: $surface; color: $text; border: 1px solid $strong_border; border-radius: 6px;
    padding: 5px 12px; min-height: 18px;
}
QPushButton:hover, QComboBox:hover { background: $hover; }
QPushButton:pressed { background: $border; }
QPushButton:focus, QComboBox:focus, QToolButton:focus { border: 2px solid $accent; }
QPushButton:focus, QComboBox:focus { padding: 4px 11px; }
QPushButton:disabled, QComboBox:disabled { color: $muted; border-color: $border; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: $accent; border-color: $text; }
QPushButton[primary="true"]:disabled { background: $border; color: $muted; border-color: $border; }
QPushButton[primary="true"]:focus { border: 3px double $on_accent; padding: 3px 10px; }  /* $accent would not show */
QPushButton[quiet="true"] { background: transparent; border-color: transparent; color: $muted; padding: 2px 8px; }
QPushButton[quiet="true"]:hover { background: $hover; }
QPushButton[quiet="true"]:focus { border: 2px solid $accent; padding: 1px 7px; }
QPushButton[accent="true"] { color: $accent; }
QComboBox { combobox-popup: 0; }  /* else the list is a menu, whose frame this sheet cuts to one row */
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url("$chevron"); width: 12px; height: 12px; }
QCheckBox::indicator, QListWidget::indicator {
    background: $surface; border: 1px solid $strong_border; border-radius: 3px; width: 14px; height: 14px;
}
QCheckBox::indicator:checked, QListWidget::indicator:checked {
    background: $accent; border-color: $accent; image: url("$check");
}
QCheckBox::indicator:hover { border-color: $text; }
QCheckBox { border: 2px solid transparent; border-radius: 4px; padding: 1px; }
QCheckBox:focus { border-color: $accent; }
QComboBox QAbstractItemView {
    background: $surface; border: 1px solid $border; padding: 4px;
    selection-background-color: $accent_soft; selection-color: $text;
}
QComboBox QAbstractItemView::item, #completions::item { padding: 5px 6px; }
#completions {
    background: $surface; border: 1px solid $border;
    selection-background-color: $accent_soft; selection-color: $text;
}
QToolButton { background: transparent; color: $text; border: 2px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $border; }
QToolButton:checked { background: $accent_soft; border-bottom-color: $accent; border-radius: 0; }
QToolButton:checked:focus { border-color: $accent; border-radius: 6px; }
QToolButton:disabled { color: $muted; }
QMenuBar { background: $window; color: $text; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: $accent_soft; }
QToolButton::menu-indicator { image: none; }
QPushButton::menu-indicator {
    image: url("$chevron"); width: 12px; height: 12px; subcontrol-origin: padding; subcontrol-position: center right;
    right: 5px;
}
QMenu { background: $surface; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QProgressBar { background: $border; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider::groove:horizontal { background: $border; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal {
    background: $surface; border: 2px solid $strong_border; width: 12px; height: 12px;
    margin: -6px 0; border-radius: 8px;
}
QSlider::handle:horizontal:hover { border-color: $accent; }
QSlider::handle:horizontal:focus { border-color: $accent; background: $accent; }
QSplitter::handle { background: $border; }
QScrollBar:vertical { background: transparent; width: 14px; margin: 0; }
QScrollBar::handle:vertical { background: $strong_border; border-radius: 4px; min-height: 36px; margin: 3px; }
QScrollBar::handle:vertical:hover { background: $muted; }
QScrollBar:horizontal { background: transparent; height: 14px; margin: 0; }
QScrollBar::handle:horizontal { background: $strong_border; border-radius: 4px; min-width: 36px; margin: 3px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QLabel[muted="true"] { color: $muted; }
QLabel[heading="true"] { font-weight: 600; }
QLabel[title="true"] { font-size: 20px; font-weight: 600; }
QTableView { background: $surface; border: 1px solid $border; border-radius: 6px; gridline-color: $border;
    selection-background-color: $accent_soft; selection-color: $text; }
QTableView::item { padding: 0 6px; }
QTableView:focus { border: 2px solid $accent; }
QHeaderView::section {
    background: $window; color: $muted; border: 0; border-bottom: 1px solid $border; padding: 6px 8px;
}
QPlainTextEdit { background: $surface; border: 1px solid $strong_border; border-radius: 6px; padding: 4px; }
QPlainTextEdit:focus { border: 2px solid $accent; }
#search_panel { background: $surface; border: 1px solid $border; border-radius: 10px; }
#banner { background: $warning_soft; border-radius: 6px; }
#banner QLabel { color: $warning_text; }
#offer { background: $accent_soft; border-radius: 6px; }
#model_row { background: $surface; border: 1px solid $border; border-radius: 8px; }
#setting[below="true"] { border: 0; border-top: 1px solid $border; }
#model_row[chosen="true"] { border: 2px solid $accent; }
QLabel[accent="true"] { color: $accent; }
QLineEdit {
    background: $window; color: $text; placeholder-text-color: $muted; border: 1px solid $border; border-radius: 6px;
    padding: 5px 8px; min-height: 18px;
}
QLineEdit:focus { border: 2px solid $accent; padding: 4px 7px; }
#album_button { padding: 2px 8px 2px 0; }
#chip { background: $accent_soft; border-radius: 6px; }
#chip[unlike="true"] { background: $warning_soft; }
#chip[off="true"] { background: transparent; border: 1px dashed $strong_border; }
#filter_chip { background: $accent_soft; border-radius: 6px; }
#filter_chip[off="true"] { background: transparent; border: 1px dashed $strong_border; }
QPushButton[filter="true"] {
    background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 2px 6px; min-height: 16px;
}
QPushButton[filter="true"]:hover { background: $hover; }
QPushButton[filter="true"]:checked { background: transparent; border-color: transparent; }  /* the chip is lit */
QPushButton[filter="true"]:!checked { color: $muted; }
QPushButton[filter="true"]:focus { border: 2px solid $accent; padding: 1px 5px; }
QPushButton[source="true"] { border-radius: 10px; padding: 1px 10px; min-height: 16px; }
QPushButton[source="true"]:!checked { color: $muted; border-style: dashed; }
#line_list { background: transparent; border: 0; show-decoration-selected: 0; }
#album_name { background: $surface; padding: 2px 6px; min-height: 0; }
#albums_heading { border: 1px solid transparent; border-radius: 6px; }
#albums_heading[target="true"] { background: $accent_soft; border-color: $accent; }
#suggestions { background: $surface; border: 0; border-top: 1px solid $border; }
#figure { background: $surface; border: 1px solid $border; border-radius: 8px; }
QLabel[figure="true"] { font-size: 26px; font-weight: 600; }
#chart { background: transparent; border: 0; }
#segments { background: $border; border: 0; border-radius: 7px; }
QPushButton[segment="true"] {
    background: transparent; border: 1px solid transparent; padding: 3px 10px; min-height: 16px;
}
QPushButton[segment="true"]:hover { background: $hover; }
QPushButton:checked { background: $accent_soft; border-color: $accent; }
QPushButton:checked:focus { border-color: $text; }
QPushButton[segment="true"]:checked { background: $surface; border-color: $strong_border; }
QPushButton[segment="true"]:focus { border: 2px solid $accent; padding: 2px 9px; }
#nothing_here { background: $accent_soft; border-radius: 6px; }
#choice_list { background: $surface; border: 1px solid $border; border-radius: 6px; padding: 3px; }
#choice_list::item { padding: 5px 8px; border-radius: 4px; color: $text; }
#choice_list::item:hover { background: $hover; }
#choice_list::item:selected { background: $accent_soft; }
#scroll_area { background: transparent; border: 2px solid transparent; border-radius: 6px; }
#scroll_area[ringed="true"]:focus { border-color: $accent; }
#photo_grid { background: transparent; border: 0; }
#selection_bar { background: $surface; border-top: 1px solid $border; }
#status_line { border-top: 1px solid $border; }
""")


def style_sheet(colours: Any) -> str:
    """The sheet in these colours (a theme.Colours)."""
    chevron, check = ((shipped("resources") / f"{name}.svg").as_posix() for name in ("chevron-down", "check"))
    names = type(colours).__dataclass_fields__
    return _SHEET.substitute({name: getattr(colours, name) for name in names}, chevron=chevron, check=check)


def set_style(widget: QWidget, name: str, on: bool) -> None:
    """Set a property that the sheet asks for; Qt looks at it only when it is told to."""
    if widget.property(name) != on:
        widget.setProperty(name, on)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
