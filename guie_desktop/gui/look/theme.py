"""Spacing and colour of the whole window, decided once for light and dark."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication

from guie_desktop.gui.look.icons import recolour_icon
from guie_desktop.gui.look.style_sheet import style_sheet
from guie_desktop.settings import ThemeChoice

# The grid of all distances: 4 px.
TIGHT = 4
NO_LIMIT = 16_777_215
"""Qt's own, for a widget's width."""
GAP = 8
WIDE = 16
ROUND = 6
"""Radius of controls and pictures."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one scheme; text on its surface meets WCAG AA (4.5:1)."""

    window: str
    surface: str
    hover: str
    border: str
    strong_border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    warning_soft: str
    warning_text: str


LIGHT = Colours(
    window="#f4f5f7",
    surface="#ffffff",
    hover="#e8eaee",
    border="#d9dce2",
    strong_border="#868c98",
    text="#1b1d22",
    muted="#5a606c",
    accent="#2459d3",
    on_accent="#ffffff",
    accent_soft="#dde7fc",
    warning_soft="#fdf0d2",
    warning_text="#5b3d00",
)
DARK = Colours(
    window="#1a1c1f",
    surface="#24272b",
    hover="#30343a",
    border="#3a3e45",
    strong_border="#7b828e",
    text="#eceef1",
    muted="#a5abb6",
    accent="#8ab0ff",
    on_accent="#0e1b38",
    accent_soft="#2a3a5e",
    warning_soft="#453517",
    warning_text="#ffe1a3",
)


def palette_of(colours: Colours) -> QPalette:
    """The palette from which every self-painted widget takes its colours."""
    palette = QPalette()
    role = QPalette.ColorRole
    chosen = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.hover,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.BrightText: colours.on_accent,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.Midlight: colours.accent_soft,
        role.Mid: colours.border,
        role.Dark: colours.strong_border,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
    }
    for which, colour in chosen.items():
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        faint = QColor(colours.muted)
        faint.setAlphaF(0.6)
        palette.setColor(QPalette.ColorGroup.Disabled, which, faint)
    return palette


_SCHEMES: dict[ThemeChoice, Qt.ColorScheme] = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """Dresses the application and follows the desktop between light and dark."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.colours, self._is_dressed = LIGHT, False
        self._application = application
        application.setStyle("Fusion")
        self._hints = application.styleHints()
        self._chosen = Qt.ColorScheme.Unknown
        self._hints.colorSchemeChanged.connect(self._follow)
        self.use(self._hints.colorScheme())

    @Slot(object)
    def choose(self, choice: ThemeChoice) -> None:
        """Light or dark whatever the desktop has, or as the desktop has it."""
        self._chosen = _SCHEMES[choice]
        self._hints.setColorScheme(self._chosen)  # so that frames and the system's own dialogs follow as well
        self._follow()

    @Slot()
    def _follow(self) -> None:
        is_free = self._chosen == Qt.ColorScheme.Unknown
        self.use(self._hints.colorScheme() if is_free else self._chosen)

    @Slot(Qt.ColorScheme)
    def use(self, scheme: Qt.ColorScheme) -> None:
        """Put on light or dark; everything on screen follows."""
        colours = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        if colours is self.colours and self._is_dressed:
            return
        self.colours, self._is_dressed = colours, True
        self._application.setPalette(palette_of(self.colours))
        self._application.setStyleSheet(style_sheet(self.colours))
        for widget in self._application.allWidgets():
            if isinstance(widget, QAbstractButton):
                recolour_icon(widget)
