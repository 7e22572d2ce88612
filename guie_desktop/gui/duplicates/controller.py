"""The page of duplicates: looks for them, moves to the trash what goes, remembers what is none."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Slot

from guie_desktop.domain import Photo
from guie_desktop.duplicates import DuplicateGroup, FoundLast, KeepChoices
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.steps import Ended, asking
from guie_desktop.gui.duplicates.folders_dialog import FoldersDialog
from guie_desktop.gui.duplicates.keeping import Keeping
from guie_desktop.gui.duplicates.page import DuplicatesPage
from guie_desktop.gui.duplicates.wording import differences_of, heading_of, summary
from guie_desktop.gui.photos.checked_files import CheckedFiles, check_files
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.photos.trashing import Trashing
from guie_desktop.gui.widgets.dialogs import confirm
from guie_desktop.language import ntr, tr, tr_noop
from guie_desktop.library.duplicates import pairs_of
from guie_desktop.messages import (
    DuplicatesFound,
    Failed,
    FindDuplicates,
    KeepSo,
    PartDuplicates,
    Parted,
    UniteDuplicates,
)

_NONE = {
    "exact": tr_noop("There are no copies."),
    "same": tr_noop("There are no other versions of the same picture."),
    "burst": tr_noop("There are no bursts."),
}
_NO_MERE_COPIES = tr_noop("There are no mere copies; those of photos with other versions are under “Same picture”.")
_UNKNOWN = tr_noop("The search for duplicates did not end, so there may be some. The arrow looks again.")
_LOOKING = tr_noop("Looking for duplicates; the line below tells how far it is.")


class DuplicatesController(QObject):
    """What the page of duplicates does."""

    def __init__(self, loader: TileLoader, trashing: Trashing, services: Services) -> None:
        self.page = page = DuplicatesPage(loader)
        super().__init__(page)
        self._trashing, self._undo = trashing, services.undo
        self._client, self._reader = services.client, services.reader
        self._background, self._reporter = services.background, services.reporter
        self._keeping = Keeping()
        self._found = FoundLast((), {}, KeepChoices())
        self._shown: tuple[DuplicateGroup, ...] = ()
        self._group_of: list[DuplicateGroup] = []
        """The group of each row."""
        self._has_looked = self._is_looking = self._is_known = False
        self._uncompared = 0
        page.kind_chosen.connect(lambda _kind: self._show())
        page.rule_chosen.connect(lambda rule: self._choose(replace(self._keeping.choices, rule=rule)))
        page.folders_asked.connect(self._ask_for_folders)
        page.look_asked.connect(self.look)
        page.toggled.connect(self._toggle)
        page.trash_asked.connect(lambda: self._trash(self._shown))
        page.trash_group_asked.connect(lambda: self._with_current(lambda group, _: self._trash((group,))))
        page.part_asked.connect(lambda: self._with_current(self._part))
        page.leave_out_asked.connect(lambda: self._with_current(self._leave_out))

    @Slot()
    def open(self) -> None:
        """Show the page; the first time what is new is looked for at once."""
        self._read()
        self.page.open_asked.emit()
        if not self._has_looked:
            self.look()

    @Slot()
    def look(self) -> None:
        """Look for duplicates in the whole library."""
        if self._is_looking:
            return
        self._has_looked = self._is_looking = True
        self.page.look.setEnabled(False)

        def ended(found: DuplicatesFound | None = None) -> None:
            self._is_looking, self._is_known = False, found is not None
            self._uncompared = found.uncompared if found is not None else self._uncompared
            self.page.look.setEnabled(True)
            self._read()

        def failed(failure: Failed) -> None:
            ended()
            self._reporter.refuse(failure)

        self._client.ask(FindDuplicates(), then=ended, failed=failed, cancelled=ended)
        self._show()

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """The library was read again; the groups follow while they are looked at."""
        if self.page.isVisible():
            self._read()

    def _read(self) -> None:
        self._background.run(self._reader.duplicates, self._take, self._reporter.report)

    def _take(self, found: FoundLast) -> None:
        changed = found != self._found
        self._found = found
        self._keeping.follow(found.choices, found.detail)
        self.page.show_rule(found.choices.rule)
        if changed or not self._shown:
            self._show()

    def _show(self) -> None:
        """Show the groups of the chosen kind."""
        self._shown = tuple(group for group in self._found.groups if group.kind == self.page.kind)
        self._group_of = [group for group in self._shown for _ in group.photos]
        differences: dict[int, list[str]] = {}
        for group in self._shown:
            differences |= differences_of(group)
        told, can_go = self._told()
        self.page.show_groups(self._shown, self._headings(), differences, told, can_go=can_go)
        self.page.show_marks(self._keeping.marks(self._shown))

    def _headings(self) -> dict[int, str]:
        """By the row of the first photo of each group."""
        found, row = {}, 0
        for group in self._shown:
            found[row] = heading_of(group, self._keeping.going(group))
            row += len(group.photos)
        return found

    def _told(self) -> tuple[str, bool]:
        if not self._shown:
            return self._why_none(), False
        going = [photo for group in self._shown for photo in self._keeping.going(group)]
        told = [summary(len(self._shown), going)]
        if self._uncompared and self.page.kind != "exact":
            told.append(
                ntr(
                    "{number} photo has no small picture yet, and was not compared.",
                    "{number} photos have no small pictures yet, and were not compared.",
                    self._uncompared,
                )
            )
        return "  ".join(told), bool(going)

    def _why_none(self) -> str:
        if self._is_looking:
            return tr(_LOOKING)
        if not self._is_known:
            return tr(_UNKNOWN)
        if self.page.kind == "exact" and any(group.kind == "same" for group in self._found.groups):
            return tr(_NO_MERE_COPIES)
        return tr(_NONE[self.page.kind])

    @Slot(int)
    def _toggle(self, row: int) -> None:
        group, photo = self._at(row)
        if not self._keeping.toggle(group, photo):
            protected = self._keeping.choices.is_protected(photo)
            self._undo.say(
                tr("It stays, for its folder is protected.") if protected else tr("One photo of a group has to stay.")
            )
            return
        self.page.show_marks(self._keeping.marks(self._shown))
        self.page.gallery.set_headings(self._headings())
        told, can_go = self._told()
        self.page.tell(told, can_go=can_go)

    def _at(self, row: int) -> tuple[DuplicateGroup, Photo]:
        group, photo_id = self._group_of[row], self.page.gallery.photos.ids[row]
        return group, next(photo for photo in group.photos if photo.id == photo_id)

    def _with_current(self, then: Callable[[DuplicateGroup, Photo], None]) -> None:
        if 0 <= self.page.current_row < len(self._group_of):
            then(*self._at(self.page.current_row))

    # --- how the photos that stay are chosen

    def _choose(self, choices: KeepChoices) -> None:
        self._keeping.follow(choices, self._found.detail)
        self._found = replace(self._found, choices=choices)
        self._client.ask(KeepSo(choices))
        self._show()

    @Slot()
    def _ask_for_folders(self) -> None:
        folders = sorted({photo.path.parent for group in self._found.groups for photo in group.photos})
        dialog = FoldersDialog(folders, self._keeping.choices, self.page.window())
        dialog.wanted.connect(self._choose)
        dialog.open()

    # --- what is no duplicate

    def _part(self, group: DuplicateGroup, _photo: Photo) -> None:
        sentence = tr("These photos count as no duplicates.")
        self._remember(sentence, pairs_of(group.contents))

    def _leave_out(self, group: DuplicateGroup, photo: Photo) -> None:
        own = photo.content_hash
        pairs = [frozenset((own, other)) for other in group.contents if other != own]
        self._remember(tr("This photo counts as no duplicate."), pairs or pairs_of(group.contents))

    def _remember(self, sentence: str, pairs: Sequence[frozenset[bytes]]) -> None:
        new: tuple[frozenset[bytes], ...] = ()

        def keep(parted: Parted) -> None:
            nonlocal new
            new = parted.pairs

        def unite(ended: Ended) -> None:
            asking(self._client, UniteDuplicates(new))(ended)

        self._undo.do(sentence, asking(self._client, PartDuplicates(tuple(pairs)), keep), unite)

    # --- to the trash

    def _trash(self, groups: Sequence[DuplicateGroup]) -> None:
        """Move what goes to the trash, of the groups whose photos that stay are there and are what they were."""
        staying = [photo for group in groups for photo in group.photos if photo.id in self._keeping.staying(group)]

        def take(checked: CheckedFiles) -> None:
            if checked.refusal is not None:
                self._reporter.report(checked.refusal)
            good = {photo.id for photo in checked.good}
            self._confirm([group for group in groups if self._keeping.staying(group) <= good])

        refused = tr_noop("Nothing goes of some groups, for what is to stay of them cannot be relied on: {files}.")
        self._background.run(partial(check_files, staying, refused), take, self._reporter.report)

    def _confirm(self, groups: Sequence[DuplicateGroup]) -> None:
        going = [photo for group in groups for photo in self._keeping.going(group)]
        if not going:
            return
        heirs = self._keeping.heirs(groups)
        confirm(
            self.page.window(),
            ntr("Move {number} duplicate to the trash?", "Move {number} duplicates to the trash?", len(going)),
            tr(
                "Of each group at least one photo stays. It is put into the albums of those that go, and gets their "
                "stars and flags. You can undo this, or get the files back from your desktop's trash."
            ),
            tr("Move to trash"),
            lambda: self._trashing.move(going, heirs),
            is_default=True,
        )
