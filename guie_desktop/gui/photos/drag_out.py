"""Drags the chosen photos of a gallery: to other programs as files, onto albums as photos of the library."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt
from PySide6.QtGui import QDrag, QPainter, QPalette, QPixmap

from guie_desktop.disk.same_file import objection_at_a_glance
from guie_desktop.gui.photos.checked_files import check_files
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.photo_mime import add_ids, files_as_mime
from guie_desktop.language import number_text, tr, tr_noop

_WIDTH = 120
_MOST_FILES = 1000
"""That are offered to other programs; more would have to be waited for before the drag begins."""
_TOO_MANY = tr_noop("Drop them on an album; for other programs, which get {most} files at most this way, use Copy.")


def drag_out(gallery: Gallery, tell: Callable[[str], None], outdated: Callable[[], None]) -> None:
    """Start the drag; returns when it has ended.

    `tell` gets a sentence where only albums can take so many photos, or where other programs do not get some of them:
    a file that is not as it was may be another picture. Then `outdated` is called as well.
    """
    ids = gallery.chosen_ids()
    if len(ids) <= _MOST_FILES:
        photos = gallery.chosen_photos()
        if not photos:
            return
        checked = check_files(photos, tr_noop("Not given to other programs: {files}."), object_to=objection_at_a_glance)
        mime = files_as_mime(checked.good) if checked.good else QMimeData()
        if checked.refusal is not None:
            tell(checked.refusal.title)
            outdated()
    else:
        mime = QMimeData()
        tell(tr(_TOO_MANY, most=_MOST_FILES))
    add_ids(mime, ids)
    drag = QDrag(gallery.grid)
    drag.setMimeData(mime)
    first = gallery.loader.photo(ids[0])
    picture = gallery.loader.picture(first) if first is not None else None
    if picture is not None:
        drag.setPixmap(_with_number(picture, len(ids), gallery.palette()))
    drag.exec(Qt.DropAction.CopyAction)


def _with_number(picture: QPixmap, number: int, palette: QPalette) -> QPixmap:
    """The picture, small, and how many go with it."""
    smooth = Qt.TransformationMode.SmoothTransformation
    small = picture.scaledToWidth(min(round(_WIDTH * picture.devicePixelRatio()), picture.width()), smooth)
    if number > 1:
        painter = QPainter(small)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = number_text(number)
        width = max(24.0, painter.fontMetrics().horizontalAdvance(text) + 14.0)
        area = QRectF(QPointF(6, 6), QPointF(6 + width, 30))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(area, 12, 12)
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
    return small
