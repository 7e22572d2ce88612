"""The page that tells what came of learning the albums: the outcome, a picture of it, and what would help."""

from array import array

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from guie_desktop.domain import GENERAL_HEAD
from guie_desktop.gui.learning.confusion_bars import ConfusionBars
from guie_desktop.gui.learning.curve_chart import CurveChart
from guie_desktop.gui.learning.figure import Figure
from guie_desktop.gui.learning.gain_chart import FEW, GainChart
from guie_desktop.gui.learning.section import Section
from guie_desktop.gui.learning.wording import (
    OF_FIVE,
    change,
    curve_text,
    doubt_text,
    headline,
    sure_text,
    training_summary,
)
from guie_desktop.gui.look.theme import GAP, TIGHT, WIDE
from guie_desktop.gui.photos.strip import Strip
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.widgets.buttons import push_button, set_words
from guie_desktop.gui.widgets.context_menu import offer_menu
from guie_desktop.gui.widgets.flowing import Flowing
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.margins import set_margins
from guie_desktop.gui.widgets.overlay_page import OverlayPage
from guie_desktop.gui.widgets.scroll_area import ScrollArea
from guie_desktop.gui.widgets.side_by_side import SideBySide
from guie_desktop.language import ntr, percent_text, tr
from guie_desktop.learned import LearningReport
from guie_desktop.wording.learning_report import advice_text, left_out_text, reason_text

_MOST_CONFUSED = 8


class ReportPage(OverlayPage):
    """Shows one report; parts of which it has nothing are left out."""

    use_asked = Signal(int)
    general_asked = Signal()
    export_asked = Signal(int)
    versions_asked = Signal()

    def __init__(self, loader: TileLoader, parent: QWidget | None = None) -> None:
        self.headline = plain_label(style="title", wrap=True)
        super().__init__(self.headline, parent)
        self.report: LearningReport | None = None
        self.reason = plain_label(wrap=True)
        self.facts = plain_label(style="muted", wrap=True)
        self.five = Figure(tr("of the five nearest photos belong to the same album"), tr(OF_FIVE))
        self.first = Figure(
            tr("of the very first hits belong to the same album"), tr("The same, for the nearest photo alone.")
        )
        self.kept = Figure(
            tr("of the ranking of other photos stays as it was"),
            tr("Photos that are in no album: how many of their ten nearest are the same as before."),
        )
        self.figures = SideBySide(self.five, self.first, self.kept, least=190, spacing=GAP)
        self.chart = GainChart()
        self.all_button = push_button("")
        self.all_button.setProperty("quiet", True)
        self.all_button.clicked.connect(self._show_all_albums)
        self.curve = CurveChart()
        self.confusions = ConfusionBars(tr("Albums that are taken for one another"))
        self.strip = Strip(loader, tr("Photos that look as if they belonged to another album"))
        self._make_buttons()
        self._make_page()

    def _make_buttons(self) -> None:
        self.use_button = push_button(tr("Search with it"), "check", primary=True)
        self.use_button.clicked.connect(lambda: self.use_asked.emit(self._head))
        self.general_button = push_button(
            tr("Use general ranking"), tooltip=tr("Search by the general ranking, as before")
        )
        self.general_button.clicked.connect(self.general_asked)
        self.export_button = push_button(
            tr("Export…"), "open", tooltip=tr("Write what was learned to a file, without photos")
        )
        self.export_button.clicked.connect(lambda: self.export_asked.emit(self._head))
        self.versions_button = push_button(tr("Versions…"))
        self.versions_button.clicked.connect(self.versions_asked)

    def _make_page(self) -> None:
        buttons = Flowing(self.use_button, self.general_button, self.export_button, self.versions_button)
        self.advice = Section(tr("What would help"))
        self.albums = Section(tr("Album by album"), self.chart, self.all_button)
        self.confused = Section(tr("Most often taken for one another"), self.confusions)
        self.growth = Section(tr("What more photos bring"), self.curve)
        self.doubts = Section(tr("Are these in the right album?"), self.strip)
        self.left_out = Section(tr("Not learned"))
        page = QWidget()
        layout = QVBoxLayout(page)
        set_margins(layout, 0, 0, GAP, 0)
        layout.setSpacing(WIDE)
        words = QVBoxLayout()
        words.setSpacing(TIGHT)
        for label in (self.reason, self.facts):
            words.addWidget(label)
        layout.addLayout(words)
        layout.addLayout(buttons)
        self.pair = SideBySide(self.confused, self.growth, least=300, spacing=24)
        for part in (self.figures, self.advice, self.albums, self.pair, self.doubts, self.left_out):
            layout.addWidget(part)
        layout.addStretch(1)
        self.area = ScrollArea(page, tr("Report"))
        offer_menu(self.area, self._fill_menu)
        self.column.addWidget(self.area, 1)
        self.begin_at(self.area)

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addAction(tr("Copy as text"), self._copy)

    def _copy(self) -> None:
        """Put the sentences and the numbers of the charts on the clipboard."""
        charts = (
            (chart.accessibleName(), chart.accessibleDescription()) for chart in self._charts() if chart.isVisible()
        )
        words = (self.headline.text(), self.reason.text(), self.facts.text(), self.advice.lines.text())
        numbers = (figure.accessibleName() for figure in (self.five, self.first, self.kept))
        parts = (*words, "\n".join(numbers), *("\n".join(chart) for chart in charts))
        QGuiApplication.clipboard().setText("\n\n".join(filter(None, parts)))

    def _charts(self) -> tuple[QWidget, ...]:
        return self.chart, self.confusions, self.curve

    @property
    def _head(self) -> int:
        return self.report.head if self.report is not None and self.report.head is not None else GENERAL_HEAD

    def show_report(self, report: LearningReport) -> None:
        """Show this report from its beginning."""
        self.report = report
        self.headline.setText(headline(report))
        self.reason.setText(reason_text(report.reason))
        self.facts.setText(training_summary(report))
        self._show_figures(report)
        self.advice.show_lines([advice_text(advice) for advice in report.advice])
        self.albums.setVisible(bool(report.tests))
        self.chart.show_tests(report.tests)
        set_words(
            self.all_button, ntr("Show {number} album", "Show all {number} albums", len(report.tests)), has_icon=False
        )
        self.all_button.setVisible(len(report.tests) > FEW)
        worst = report.confused[:_MOST_CONFUSED]
        self.confused.show_lines([tr("Share of the five nearest photos that are in the other album:")] if worst else [])
        self.confusions.show_confusions(worst)
        self.growth.show_lines([curve_text(report.curve)] if report.curve else [])
        self.curve.show_curve(report.curve, report.before.mmp5 if report.before else None)
        self.pair.setVisible(bool(report.confused or report.curve))
        self.doubts.setVisible(bool(report.label_issues))
        self.strip.show_ids(array("q", (issue.photo_id for issue in report.label_issues)))
        self.strip.set_captions({one.photo_id: doubt_text(one) for one in report.label_issues})
        self.left_out.show_lines(f"{album}: {left_out_text(reason)}" for album, reason in report.left_out)
        self.area.verticalScrollBar().setValue(0)

    def show_use(self, in_use: int, known: set[int]) -> None:
        """Say what can be done, while this head of those that are known is in use."""
        exists = self._head in known and self._head != GENERAL_HEAD
        self.use_button.setVisible(exists and in_use != self._head)
        self.general_button.setVisible(exists and in_use == self._head)
        self.export_button.setVisible(exists)
        self.versions_button.setVisible(len(known) > 1)

    @Slot()
    def _show_all_albums(self) -> None:
        self.chart.show_all()
        self.all_button.hide()

    def _show_figures(self, report: LearningReport) -> None:
        before, after = report.before, report.after
        self.figures.setVisible(before is not None and after is not None)
        if before is not None and after is not None:
            self.five.show_number(change(before.mmp5, after.mmp5), sure_text(before, after))
            self.first.show_number(change(before.p1, after.p1))
            self.kept.setVisible(after.unlabelled is not None)
            self.kept.show_number("" if after.unlabelled is None else percent_text(after.unlabelled))
