"""The page of all that was learned: which version searches, and the way back from each."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from guie_desktop.domain import FITTED_HEAD, GENERAL_HEAD
from guie_desktop.gui.learning.wording import OF_FIVE, head_facts, head_name
from guie_desktop.gui.look.theme import GAP, TIGHT
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.overlay_page import OverlayPage
from guie_desktop.gui.widgets.row_list import RowList
from guie_desktop.language import tr
from guie_desktop.learned import HeadState


class HeadRow(QFrame):
    """One head and what can be done with it."""

    use_asked = Signal(int)
    report_asked = Signal(int)
    export_asked = Signal(object)

    def __init__(self, head: HeadState) -> None:
        super().__init__()
        self.head = head
        self.setObjectName("model_row")
        self.setProperty("chosen", head.in_use)
        name = head_name(head)
        title = plain_label(name, style="heading", wrap=True)
        standing = plain_label(tr("In use"), style="accent")
        facts = plain_label(head_facts(head), style="muted", wrap=True)
        facts.setToolTip(tr(OF_FIVE) if head.after is not None and head.id > GENERAL_HEAD else "")
        self.use_button = push_button(tr("Use"))
        self.use_button.setAccessibleName(tr("Use: {name}", name=name))
        self.use_button.clicked.connect(lambda: self.use_asked.emit(head.id))
        self.report_button = push_button(tr("Report"))
        self.report_button.setAccessibleName(tr("Report: {name}", name=name))
        self.report_button.clicked.connect(lambda: self.report_asked.emit(head.id))
        self.export_button = push_button(tr("Export…"))
        self.export_button.setAccessibleName(tr("Export: {name}", name=name))
        self.export_button.clicked.connect(lambda: self.export_asked.emit(head))
        texts = QVBoxLayout()
        texts.setSpacing(TIGHT)
        for label in (title, standing, facts):
            texts.addWidget(label)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.report_button, self.export_button, self.use_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(GAP)
        layout.addLayout(texts)
        layout.addLayout(buttons)
        # Only now: what has no parent yet would be shown as a window of its own.
        standing.setVisible(head.in_use)
        self.use_button.setVisible(not head.in_use)
        self.report_button.setVisible(head.id > GENERAL_HEAD and not head.imported)
        self.export_button.setVisible(head.id not in (GENERAL_HEAD, FITTED_HEAD))


class HeadsPage(OverlayPage):
    """The newest first, then the general one, then what that can be where there is a choice."""

    use_asked = Signal(int)
    report_asked = Signal(int)
    export_asked = Signal(object)
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(plain_label(tr("Versions"), style="title"), parent)
        self.rows: list[HeadRow] = []
        self._shown: tuple[HeadState, ...] | None = None
        promise = tr(
            "Changing the version takes a moment and touches no photo. Nothing is lost: you can always go back."
        )
        self.area = RowList(tr("Versions"))
        self.import_button = push_button(
            tr("Import…"), "add", tooltip=tr("What somebody else has learned, from one file")
        )
        self.import_button.clicked.connect(self.import_asked)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.import_button)
        self.column.addWidget(plain_label(promise, style="muted", wrap=True))
        self.column.addWidget(self.area, 1)
        self.column.addLayout(bottom)
        self.begin_at(self.area)

    def show_heads(self, heads: tuple[HeadState, ...]) -> None:
        """Show these; the place on the page is kept."""
        if heads == self._shown:
            return
        self._shown = heads
        held = self.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
        self.rows = [HeadRow(head) for head in heads]
        for row in self.rows:
            row.use_asked.connect(self.use_asked)
            row.report_asked.connect(self.report_asked)
            row.export_asked.connect(self.export_asked)
        self.area.show_rows(self.rows)
        if held:
            self.setFocus()
