"""The versions of what was learned: which one searches, their reports, and their way to a file and back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.domain import FITTED_HEAD, GENERAL_HEAD
from guie_desktop.gui.backend.failure_reporter import Help
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.steps import asking
from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.learning.learn_area import LearnArea
from guie_desktop.gui.learning.wording import version_text
from guie_desktop.gui.widgets.dialogs import choose_file, choose_new_file, confirm_with_choice
from guie_desktop.language import tr, tr_noop
from guie_desktop.learned import HeadState, LearningReport
from guie_desktop.messages import ExportHead, Failed, Heads, ImportHead, Learned, ListHeads, ReadReport, UseHead

_SUFFIX = "guie-head"
_IMPORTING = "importing what was learned"
_IN_THE_FILE = tr_noop(
    "The file holds what was learned and how it was tested. It holds no photos, but whoever has it can tell "
    "what kinds of photos were told apart."
)


class HeadsController(QObject):
    """What the pages of versions and of a report do, which may not be made yet."""

    told = Signal(object)
    """All heads, as the worker has told them."""
    use_told = Signal(int, object)
    """The id of the one that searches, and the ids of all."""
    changed = Signal()
    """Another head searches now."""
    report_read = Signal(object)

    def __init__(self, area: LearnArea, services: Services, say: Callable[[str], None]) -> None:
        """`say` tells the user something in passing."""
        super().__init__(area)
        self._area, self._say = area, say
        self._client, self._reporter, self._undo = services.client, services.reporter, services.undo
        self._before_learning = GENERAL_HEAD
        self.heads: tuple[HeadState, ...] = ()
        self._for_others = False
        self._client.on(Heads, self.take)

    @property
    def in_use(self) -> HeadState | None:
        """The head that searches now; None while it is not known."""
        return next((head for head in self.heads if head.in_use), None)

    @property
    def is_personal(self) -> bool:
        """Whether search goes by what was learned from albums."""
        return self.in_use is not None and self.in_use.id != GENERAL_HEAD

    def refresh(self, *, is_looked_at: bool = False) -> None:
        """Ask the worker how things stand; what nobody looks at may fail unnoticed."""
        failed = self._reporter.refuse if is_looked_at else _leave_unsaid
        self._client.ask(ListHeads(), then=self.take, failed=failed)

    def take(self, heads: Heads) -> None:
        """The worker's answer, or its news."""
        before, general = self.in_use, self._general
        self.heads, self._for_others = heads.heads, heads.for_others
        self.told.emit(heads.heads)
        self.show_use()
        after = self.in_use
        if before is not None and after is not None and before.id != after.id:
            is_left = after.id == GENERAL_HEAD and all(head.id != before.id for head in self.heads)
            again = tr("Your albums are to be learned for this model, too.")
            self._say(again if is_left else self._sentence_on(after.id))
            self.changed.emit()
        elif before is not None and general != self._general:
            self.changed.emit()

    def show_use(self) -> None:
        """Say on the left side and in the report which head searches."""
        learned = any(head.id != GENERAL_HEAD for head in self.heads)
        self._area.show_head(self.in_use, others=learned, elsewhere=self._for_others and not learned)
        in_use = self.in_use.id if self.in_use is not None else GENERAL_HEAD
        self.use_told.emit(in_use, {head.id for head in self.heads})

    @Slot()
    def use_general(self) -> None:
        """Search as if nothing was learned."""
        self.use(GENERAL_HEAD)

    @Slot(int)
    def use(self, head_id: int) -> None:
        """Search with this head."""
        used = self._used() if head_id >= GENERAL_HEAD else self._general
        there, back = (asking(self._client, UseHead(one), self.take) for one in (head_id, used))
        self._undo.do(self._sentence_on(head_id), there, back)

    @Slot()
    def note_learning(self) -> None:
        """What is learned from now on may come to be used in the place of what is used now."""
        self._before_learning = self._used()

    @Slot(object)
    def note_learned(self, report: LearningReport) -> None:
        """The user learned the albums; where search goes by that now, it can be taken back."""
        if report.head is not None:
            steps = (asking(self._client, UseHead(one), self.take) for one in (self._before_learning, report.head))
            self._undo.note(self._sentence_on(report.head), *steps)

    def _used(self) -> int:
        return self.in_use.id if self.in_use is not None else GENERAL_HEAD

    @property
    def _general(self) -> int:
        """The general head that is in use, alone or beside what was learned."""
        return next((head.id for head in self.heads if head.in_use and head.id < GENERAL_HEAD), FITTED_HEAD)

    def _sentence_on(self, head_id: int) -> str:
        if head_id == FITTED_HEAD:
            return tr("Search now uses the general ranking that was fitted to this library.")
        title = next((head.title for head in self.heads if head.id == head_id != GENERAL_HEAD), None)
        if title is None:
            return tr("Search now uses the general ranking.")
        return tr("Search now uses “{version}”.", version=version_text(title))

    def _sentence_on_taken_in(self, head: HeadState) -> str:
        if not self.is_personal:
            return self._sentence_on(head.id)
        # Its weight beside the general ranking was found with the one before.
        return tr("Search now uses “{version}”, too: learn your albums again beside it.", version=head.title)

    @Slot(int)
    def read_report(self, head_id: int) -> None:
        """Read how a head was tested; report_read follows."""
        self._client.ask(ReadReport(head_id), then=self._take_report)

    @Slot(object)
    def export(self, head: HeadState) -> None:
        """Ask what goes into the file, and where it goes."""
        confirm_with_choice(
            self._area.window(),
            tr("Export “{version}”?", version=version_text(head.title)),
            tr(_IN_THE_FILE),
            tr("Choose a file…"),
            choice=tr("Include the names of the albums"),
            then=partial(self._choose_export, head),
        )

    @Slot()
    def choose_import(self) -> None:
        """Let the user choose a file that holds a head."""
        choose_file(self._area.window(), tr("Import what was learned elsewhere"), _head_files(), self._import)

    def _take_report(self, learned: Learned) -> None:
        self.report_read.emit(learned.report)

    def _choose_export(self, head: HeadState, with_names: bool) -> None:
        signs = (sign if sign.isalnum() or sign in " -_," else "_" for sign in version_text(head.title))
        name = "".join(signs).strip() or tr("Albums")
        write = partial(self._export, head, with_names=with_names)
        title = tr("Export what was learned")
        choose_new_file(self._area.window(), title, name, _head_files(), suffix=_SUFFIX, then=write)

    def _export(self, head: HeadState, path: Path, *, with_names: bool) -> None:
        def done(heads: Heads) -> None:
            self.take(heads)
            file = readable_path(path)
            way_back = tr("This cannot be undone here: remove {file}.", file=file)
            self._undo.note_final(tr("Written to {file}.", file=file), way_back)

        def refused(refusal: Failed) -> None:
            again = partial(self._choose_export, head, with_names)
            self._reporter.refuse(refusal, Help(tr("Choose another place…"), again))

        self._client.ask(ExportHead(head.id, path, with_names), then=done, failed=refused)

    @Slot(int)
    def export_by_id(self, head_id: int) -> None:
        """The same for the head with this id."""
        for head in self.heads:
            if head.id == head_id:
                self.export(head)

    def _import(self, path: Path) -> None:
        known, general = {head.id for head in self.heads}, self._general

        def refused(refusal: Failed) -> None:
            self._reporter.refuse(refusal, Help(tr("Choose another file…"), self.choose_import), _IMPORTING)

        def done(heads: Heads) -> None:
            self._reporter.over.emit(_IMPORTING)
            self.take(heads)
            new = [head for head in self.heads if head.id not in known and head.id != FITTED_HEAD]
            if new and new[0].id < GENERAL_HEAD:
                steps = (asking(self._client, UseHead(one), self.take) for one in (general, new[0].id))
                self._undo.note(self._sentence_on_taken_in(new[0]), *steps)
            elif new:
                name = version_text(new[0].title)
                way_back = tr(
                    "This cannot be undone: “{version}” stays in the list, and search goes by it only where you "
                    "choose so.",
                    version=name,
                )
                added = tr("“{version}” was added. Choose Use to search with it.", version=name)
                self._undo.note_final(added, way_back)

        self._client.ask(ImportHead(path), then=done, failed=refused)


def _leave_unsaid(_: Failed) -> None:
    pass


def _head_files() -> str:
    """What file dialogs offer."""
    return f"{tr('What was learned')} (*.{_SUFFIX});;{tr('All files')} (*)"
