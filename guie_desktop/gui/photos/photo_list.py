"""The photos that the grid shows, as a Qt model: an array of ids, and what the loader knows of each."""

import time
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QObject,
    Qt,
    Signal,
)

from guie_desktop.asking import Hit
from guie_desktop.domain import Frame, Photo, Verdict
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.look.wording import FIELD_WORDS, LIKENESS_WORDS, marks, probability_text, recognised_words
from guie_desktop.gui.photos.photo_facts import describe
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.photos.tiles import NO_HEADINGS, Headings, Tiles
from guie_desktop.gui.photos.timeline import Timeline
from guie_desktop.gui.widgets.model_index import NO_PARENT, Index
from guie_desktop.language import ntr, short_date_text, tr, tr_noop
from guie_desktop.library.id_differences import Step
from guie_desktop.library.ordered_photos import OrderedPhotos

_TURN = 0.006
"""Seconds that a part of a rearrangement takes; a long one is spread over several turns of the event loop."""
LESS_ALIKE = tr_noop("Less alike")
OFFLINE = tr_noop("Not connected: this is the picture that the library keeps of it.")


class PhotoList(QAbstractListModel):
    """Ids in the order in which they are shown; with hits, also how alike they are."""

    rearranging = Signal()
    rearranged = Signal()

    def __init__(self, loader: TileLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.loader = loader
        self._photos = _unshaped(array("q"))
        self._timeline: Timeline | None = None
        self._count = 0
        self._hits: dict[int, Hit] = {}
        self._frames: dict[int, Frame] = {}
        self._split: int | None = None
        self.captions: Mapping[int, str] = {}
        """Photo ids to what is said of them in place of their names."""
        self.verdicts: Mapping[int, Verdict] = {}
        """Photo ids to what was decided of them."""
        self.stack_sizes: Mapping[int, int] = {}
        """Photo ids to how many photos there are in their stacks, of all that are in one."""
        self.dated = False
        """Whether notes tell when a photo was taken."""
        self.goes_on = False
        """Whether these are the first of more photos, which come when the user is near their end."""
        self.verdict_words: Mapping[Verdict, str] = {"member": tr("In the album"), "not": tr("Not in the album")}
        """What a tick and a cross on a tile mean."""
        self.group_headings = NO_HEADINGS
        """Where the photos are in groups: the rows with which these begin, and what is said of each."""

    @property
    def ids(self) -> "array[int]":
        """The ids as shown; not to be changed."""
        return self._photos.ids

    @property
    def split(self) -> int | None:
        """The row at which the hits that pass the cut-off end; None where nothing was searched."""
        return self._split

    @property
    def frames(self) -> Mapping[int, Frame]:
        """Of the hits that are videos, by photo id, which of their pictures was found."""
        return self._frames

    def photo(self, row: int) -> Photo | None:
        """The photo in this row, if it was loaded."""
        photo = self.loader.photo(self.ids[row])
        return None if photo is None else self.as_shown(photo)

    def as_shown(self, photo: Photo) -> Photo:
        """The photo; where it is a video that was found, with the picture by which it was."""
        frame = self._frames.get(photo.id)
        return photo if frame is None else replace(photo, frame=frame)

    def hit(self, row: int) -> Hit | None:
        """The hit in this row; None where nothing was searched."""
        return self.hit_of(self.ids[row])

    def hit_of(self, photo_id: int) -> Hit | None:
        """The hit that shows this photo; None where nothing was searched."""
        return self._hits.get(photo_id)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The hits as shown; none where nothing was searched."""
        return tuple(self._hits.values())

    def tiles(self, wanted: int) -> Tiles:
        """The shapes of the photos; headings where they are ordered by date, and where less alike ones begin."""
        return Tiles(np.frombuffer(self._photos.shapes, np.float32), self._headings(wanted))

    def _headings(self, wanted: int) -> Headings:
        if self._split is not None and 0 < self._split < self._count:
            return Headings(np.array([self._split]), lambda _row: tr(LESS_ALIKE))
        if len(self.group_headings.rows):
            return self.group_headings
        timeline = self._timeline
        if timeline is None or not self._count:
            return NO_HEADINGS
        level = timeline.level(wanted)
        words = partial(timeline.words, level=level)
        return Headings(timeline.starts(level), words, are_dates=True, go_on=self.goes_on)

    def years(self) -> Iterator[tuple[int, str]]:
        """The rows with which years begin, and the years; none where the order is another one."""
        if self._timeline is not None:
            for row in self._timeline.starts("year").tolist():
                yield row, self._timeline.words(row, "year")

    def _take(self, photos: OrderedPhotos) -> None:
        if photos.taken is not self._photos.taken:
            self._timeline = None if photos.taken is None else Timeline(photos.taken, self._timeline)
        self._photos = photos

    def show_ids(self, ids: "array[int]") -> None:
        """Show these photos, in tiles of one shape."""
        self.show_ordered(_unshaped(ids))

    def show_ordered(self, photos: OrderedPhotos) -> None:
        """Show these photos."""
        self.beginResetModel()
        self._take(photos)
        self._count = len(photos.ids)
        self._hits, self._frames, self._split = {}, {}, None
        self.group_headings = NO_HEADINGS
        self.endResetModel()

    def show_grouped(self, photos: OrderedPhotos, headings: Headings) -> None:
        """Show these photos in groups, each below its heading."""
        self.show_ordered(photos)
        self.beginResetModel()
        self.group_headings = headings
        self.endResetModel()

    def show_hits(self, hits: Sequence[Hit], *, divided: bool = True) -> None:
        """Show these hits; where they are divided, those that pass the cut-off first."""
        ordered = sorted(hits, key=lambda hit: not hit.similar) if divided else list(hits)
        self.beginResetModel()
        shapes = array("f", (hit.shape for hit in ordered))
        self._take(OrderedPhotos(array("q", (hit.photo_id for hit in ordered)), shapes))
        self._count = len(ordered)
        self._hits = {hit.photo_id: hit for hit in ordered}
        self._frames = {hit.photo_id: hit.frame for hit in ordered if hit.frame is not None}
        self._split = sum(hit.similar for hit in ordered) if divided else None
        self.endResetModel()

    def rearrange(self, new: OrderedPhotos, steps: Sequence[Step]) -> Iterator[None]:
        """Make the photos shown into the new ones, keeping selection and place; each turn does a part of it."""
        old = self._photos
        left = len(steps)
        while left:
            self.rearranging.emit()
            until = time.perf_counter() + _TURN
            while left and time.perf_counter() < until:
                left -= 1
                # From the last to the first, so that the rows of those not yet done stay what they were.
                self._announce(steps[left])
            self._take(old.spliced(steps[left].old_at, new, steps[left].new_at) if left else new)
            self.rearranged.emit()
            yield

    def correct(self, new: OrderedPhotos) -> None:
        """The same photos in the same order, of which more may be known by now, such as their shapes."""
        if new != self._photos:
            self.rearranging.emit()
            self._take(new)
            self.rearranged.emit()

    def _announce(self, step: Step) -> None:
        # Qt asks for the number of rows between these calls, and for nothing else: the ids are exchanged afterwards.
        if step.removed:
            self.beginRemoveRows(NO_PARENT, step.old_at, step.old_at + step.removed - 1)
            self._count -= step.removed
            self.endRemoveRows()
        if step.inserted:
            self.beginInsertRows(NO_PARENT, step.old_at, step.old_at + step.inserted - 1)
            self._count += step.inserted
            self.endInsertRows()

    # --- QAbstractListModel

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """How many photos are shown."""
        return 0 if parent.isValid() else self._count

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every photo can be chosen and dragged out."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        return flag.ItemIsSelectable | flag.ItemIsEnabled | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name and tooltip of a photo; what was not loaded is empty."""
        wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        if role not in wanted or index.row() >= len(self.ids):
            return None
        photo = self.photo(index.row())
        if photo is None:
            return ""
        if role == Qt.ItemDataRole.DisplayRole:
            return readable(photo.path.name)
        described = describe(photo, self.hit(index.row()))
        if self.loader.is_offline(photo):
            described += f"\n{tr(OFFLINE)}"
        if caption := self.captions.get(photo.id):
            described = f"{caption}\n{described}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join([*described.splitlines(), *self._seen_on_tile(index.row())])
        # Escaped, as a file may be called "<b>".
        return f"<qt>{escape(described)}</qt>".replace("\n", "<br>")

    def _seen_on_tile(self, row: int) -> Iterator[str]:
        """In words what a tile shows by a tick or a cross, and by the line above it."""
        if (verdict := self.verdicts.get(self.ids[row])) is not None:
            yield self.verdict_words[verdict]
        if size := self.stack_sizes.get(self.ids[row]):
            yield ntr("Stack of {number} photo", "Stack of {number} photos", size)
        if self._split is not None and self._split <= row:
            yield tr(LESS_ALIKE)


def _unshaped(ids: "array[int]") -> OrderedPhotos:
    return OrderedPhotos(ids, array("f", bytes(4 * len(ids))))


def tile_note(photo: Photo | None, hit: Hit | None, *, dated: bool = False) -> str:
    """What stands beside the name on a tile: what a photo is that is no plain and whole one, and how alike a hit is.

    With `dated` also when a photo was taken.
    """
    notes = marks(photo) if photo is not None else []
    if dated and photo is not None:
        notes.append(short_date_text(photo.taken))
    alike = similarity(hit) if hit is not None else ""
    return " · ".join([*notes, alike] if alike else notes)


def similarity(hit: Hit) -> str:
    """How alike a hit is, in few words; where that is not known by its score, and of what is not alike nothing."""
    if hit.found_in is not None:
        return tr(FIELD_WORDS[hit.found_in])
    if hit.likeness is not None:
        return tr(LIKENESS_WORDS[hit.likeness])
    if hit.is_recognised and hit.probability is not None:
        return recognised_words(hit.probability) if hit.similar else ""
    if hit.likely is not None or hit.probability is None:
        return ""  # a score says little by itself; the tooltip has it
    return probability_text(hit.probability)
