"""The same search by two rankings side by side, with the moves between them on the tiles."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guie_desktop.asking import Answer, Hit
from guie_desktop.gui.look.theme import TIGHT
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.widgets.labels import ElidedLabel
from guie_desktop.gui.widgets.margins import set_margins
from guie_desktop.gui.widgets.page import Page
from guie_desktop.language import ntr, number_text, tr, tr_in


class ComparisonView(Page):
    """The general ranking on the left, what was learned on the right."""

    def __init__(self, loader: TileLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.general, self.learned = Gallery(loader), Gallery(loader)
        self._headings = ElidedLabel(), ElidedLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for gallery, heading, name in zip(
            (self.general, self.learned), self._headings, (tr("General ranking"), tr("What was learned")), strict=True
        ):
            font = heading.font()
            font.setBold(True)
            heading.setFont(font)
            gallery.grid.setAccessibleName(tr("Photos that were found: {ranking}", ranking=name))
            top = QHBoxLayout()
            set_margins(top, 20, TIGHT, 16, 0)
            top.addWidget(heading)
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addLayout(top)
            column.addWidget(gallery, 1)
            layout.addLayout(column, 1)
        self._follows = False
        for moved, other in ((self.general, self.learned), (self.learned, self.general)):
            moved.grid.verticalScrollBar().valueChanged.connect(partial(self._scroll_along, moved, other))
        self.begin_at(self.learned)

    def _scroll_along(self, moved: Gallery, other: Gallery, value: int) -> None:
        """Both show the same ranks, as far as both reach: a rank is seldom equally far down in both."""
        ranks, reached = moved.grid.rows_in_view(), len(other.grid.rows)
        if self._follows or not ranks or not reached:
            return
        into = value - moved.grid.geometry_now.rect(ranks.start).top()
        there = other.grid.geometry_now.rect(min(ranks.start, reached - 1)).top()
        self._follows = True
        other.grid.verticalScrollBar().setValue(there + into if value else 0)
        self._follows = False

    def show_answers(self, general: Answer, learned: Answer) -> None:
        """Show both, and on the right how far each photo has moved."""
        names = tr("General"), tr("Learned")
        for gallery, heading, name, answer in zip(
            (self.general, self.learned), self._headings, names, (general, learned), strict=True
        ):
            alike = 0 if answer.nothing_similar else sum(hit.similar for hit in answer.hits)
            many = ntr("{number} look-alike", "{number} look-alikes", alike)
            heading.set_text(f"{name} · {many if alike else tr('nothing like this')}")
            gallery.show_hits(answer.hits)
        self.learned.set_badges(rank_moves(general.hits, learned.hits))


def rank_moves(before: Sequence[Hit], after: Sequence[Hit]) -> dict[int, str]:
    """Photo id to how far it went up or down; "new" where it was not among the hits."""
    places = {hit.photo_id: place for place, hit in enumerate(before)}
    moves = {}
    for place, hit in enumerate(after):
        up = places.get(hit.photo_id, place) - place
        if hit.photo_id not in places:
            moves[hit.photo_id] = tr_in("a photo", "new")
        elif up:
            moves[hit.photo_id] = f"{'▲' if up > 0 else '▼'} {number_text(abs(up))}"
    return moves
